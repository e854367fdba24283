import { type AnyColumn, sql, type SQL } from 'drizzle-orm'
import type { ResourceSort } from '@dashboard/contract/resources.ts'
import { resource } from '../db/schema.ts'

export interface Sorting {
  sort: ResourceSort
  order: 'asc' | 'desc'
}

/** What the last row of a page was sorted by, as `positionOf` tells it, and its row's id. */
export type SortPosition = readonly [value: string, rowId: number]

interface Key {
  /** What rows are sorted by. Missing values come first. */
  by: SQL
  /** The same as text, for the next page. */
  text: SQL<string>
  /** Back from that text; any text, a reader may hand in what it likes. */
  from: (text: string) => SQL
}

const byText = (by: SQL<string>): Key => ({
  by: sql`${by} collate "C"`,
  text: by,
  from: (text) => sql`${text} collate "C"`,
})

/** Microseconds since 1970: all that PostgreSQL keeps, and no text that it could refuse. */
const byTime = (column: AnyColumn): Key => ({
  by: column.notNull ? sql`${column}` : sql`coalesce(${column}, '-infinity')`,
  text: sql<string>`coalesce((extract(epoch from ${column}) * 1000000)::bigint::text, '')`,
  from: (text) =>
    /^-?\d{1,16}$/.test(text)
      ? sql`timestamptz 'epoch' + ${Number(text)}::float8 * interval '1 microsecond'`
      : sql`timestamptz '-infinity'`,
})

const keys: Record<ResourceSort, Key> = {
  name: byText(sql`lower(${resource.name})`),
  resourceType: byText(sql`${resource.resourceType}`),
  region: byText(sql`${resource.region}`),
  accountId: byText(sql`${resource.accountId}`),
  state: byText(sql`coalesce(${resource.state}, '')`),
  lastUpdated: byTime(resource.changedAt),
  discoveredAt: byTime(resource.discoveredAt),
  createdAt: byTime(resource.createdAt),
}

/** The value that a row is sorted by, for the position of the page after it. */
export const positionOf = ({ sort }: Sorting): SQL<string> => keys[sort].text

/** By value, then by id, so that equal values page without gaps. */
export const orderOf = ({ sort, order }: Sorting): SQL => {
  const direction = sql.raw(order)
  return sql`${keys[sort].by} ${direction}, ${resource.id} ${direction}`
}

/** What comes after a position. */
export const beyond = ({ sort, order }: Sorting, [value, rowId]: SortPosition): SQL =>
  sql`(${keys[sort].by}, ${resource.id}) ${sql.raw(order === 'asc' ? '>' : '<')}
    (${keys[sort].from(value)}, ${rowId}::bigint)`
