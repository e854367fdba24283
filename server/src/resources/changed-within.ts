import { sql, type SQL } from 'drizzle-orm'
import type { ChangeKind } from '@dashboard/contract/resources.ts'
import { resource } from '../db/schema.ts'

export interface ChangeFilter {
  changedSince?: string | undefined
  changedUntil?: string | undefined
  change?: ChangeKind[] | undefined
}

const units = { m: 60_000, h: 3_600_000, d: 86_400_000 }
const span = /^(\d+)([mhd])$/

/** Milliseconds since 1970 of an instant, or of a duration back from `now`. */
const momentOf = (text: string, now: Date): number => {
  const [, amount, unit] = span.exec(text) ?? []
  if (amount === undefined) return Date.parse(text)
  return now.getTime() - Number(amount) * units[unit as keyof typeof units]
}

/** Not as text: PostgreSQL has no year 0, ISO 8601 has. */
const instant = (milliseconds: number): SQL => sql`to_timestamp(${milliseconds / 1000}::float8)`

const asksForChanges = (filter: ChangeFilter): boolean =>
  filter.changedSince !== undefined || filter.changedUntil !== undefined || filter.change !== undefined

/** Whether what is gone is listed too. */
export const includesDeleted = (filter: ChangeFilter): boolean => filter.change?.includes('DELETED') ?? false

/**
 * Resources with a version of one of the kinds within the time, both ends included. Kinds without any time mean the
 * last 24 hours.
 */
export const changedWithin = (filter: ChangeFilter, now: Date): SQL | undefined => {
  if (!asksForChanges(filter)) return undefined
  const kinds = filter.change ?? ['CREATED', 'CHANGED']
  const since = filter.changedSince ?? (filter.changedUntil === undefined ? '24h' : undefined)
  const until = filter.changedUntil
  return sql`${resource.id} in (
    select v.resource_id from resource_version v where v.kind = any(${sql.param([...kinds])}::text[])
      and ${since === undefined ? sql`true` : sql`v.at >= ${instant(momentOf(since, now))}`}
      and ${until === undefined ? sql`true` : sql`v.at <= ${instant(momentOf(until, now))}`})`
}
