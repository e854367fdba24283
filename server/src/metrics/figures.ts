import { count, isNull, sql } from 'drizzle-orm'
import { resourceTypes } from '@dashboard/catalog/catalog.ts'
import { isHeldRow } from '../accounts/held.ts'
import type { Database } from '../db/database.ts'
import { awsAccount, resource } from '../db/schema.ts'
import { readCoverage } from '../discovery/coverage.ts'

/** What the database knows of the installation. */
export interface Figures {
  accounts: { status: string; phase: string; total: number }[]
  resourcesByService: Record<string, number>
  scopesByStatus: Record<string, number>
  /** Share of the scopes that are fully known, 0 to 1; null while there are none. */
  coverage: number | null
  /** What a worker would take now, and for how long the oldest has been due, in seconds. */
  scopesDue: { total: number; oldestSeconds: number }
  validationsDue: { total: number; oldestSeconds: number }
  /** Jobs that have not ended, by status, with the age of the oldest in seconds. */
  jobs: { status: string; total: number; oldestSeconds: number }[]
}

const serviceOf = new Map<string, string>(resourceTypes.map((type) => [type.resourceType, type.service]))

const complete = ['SUCCEEDED', 'NOT_SUPPORTED', 'REGION_DISABLED'] as const

/** Counted by type, which an index answers alone; types of the same service are added up. */
const readResources = async (db: Database): Promise<Record<string, number>> => {
  const rows = await db
    .select({ resourceType: resource.resourceType, total: count() })
    .from(resource)
    .where(isNull(resource.deletedAt))
    .groupBy(resource.resourceType)
  const sums: Record<string, number> = {}
  for (const { resourceType, total } of rows) {
    // Written by a newer version: one label for all of them, so that their number stays bounded.
    const service = serviceOf.get(resourceType) ?? 'other'
    sums[service] = (sums[service] ?? 0) + total
  }
  return sums
}

/** A type, not an interface: rows of a plain statement are records. */
type Due = { total: number; oldest: number }

const readScopesDue = (db: Database) =>
  db.execute<Due>(sql`
    select count(*)::int as total, coalesce(extract(epoch from now() - min(s.next_due)), 0)::float as oldest
    from scope s join aws_account a on a.id = s.connection_id
    where a.status = 'active' and s.next_due <= now() and (s.lease_until is null or s.lease_until < now())`)

const readValidationsDue = (db: Database) =>
  db.execute<Due>(sql`
    select count(*)::int as total, coalesce(extract(epoch from now() - min(next_validation)), 0)::float as oldest
    from aws_account where next_validation <= now() and not ${isHeldRow}`)

const readJobs = (db: Database) =>
  db.execute<Due & { status: string }>(sql`
    select w.status, count(j.id)::int as total, coalesce(extract(epoch from now() - min(j.created_at)), 0)::float as oldest
    from unnest(array['queued', 'running']) w(status) left join job j on j.status = w.status group by w.status`)

const dueOf = ({ rows: [row] }: { rows: Due[] }): Figures['scopesDue'] => ({
  total: row?.total ?? 0,
  oldestSeconds: row?.oldest ?? 0,
})

/** The figures of the installation that `/metrics` shows. */
export const readFigures = async (db: Database): Promise<Figures> => {
  const [accounts, resourcesByService, { scopes }, scopesDue, validationsDue, jobs] = await Promise.all([
    db
      .select({ status: awsAccount.status, phase: awsAccount.phase, total: count() })
      .from(awsAccount)
      .groupBy(awsAccount.status, awsAccount.phase),
    readResources(db),
    readCoverage(db),
    readScopesDue(db),
    readValidationsDue(db),
    readJobs(db),
  ])
  const known = complete.reduce((sum, status) => sum + (scopes.byStatus[status] ?? 0), 0)
  return {
    accounts,
    resourcesByService,
    scopesByStatus: scopes.byStatus,
    coverage: scopes.total === 0 ? null : known / scopes.total,
    scopesDue: dueOf(scopesDue),
    validationsDue: dueOf(validationsDue),
    jobs: jobs.rows.map(({ status, total, oldest }) => ({ status, total, oldestSeconds: oldest })),
  }
}
