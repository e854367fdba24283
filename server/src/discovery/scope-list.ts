import { sql, type SQL } from 'drizzle-orm'
import { z } from 'zod'
import type { Scope } from '@dashboard/contract/scopes.ts'
import type { Fix, ScopeStatus } from '@dashboard/contract/vocabulary.ts'
import type { Database } from '../db/database.ts'
import { notFound } from '../errors.ts'
import { decodeToken, encodeToken } from '../paging.ts'

export interface ScopeFilter {
  /** Only those that this job asked for. */
  jobId?: string | undefined
  accountId?: string[] | undefined
  region?: string[] | undefined
  resourceType?: string[] | undefined
  status?: ScopeStatus[] | undefined
  held?: boolean | undefined
}

interface Row extends Record<string, unknown> {
  id: string
  rank: number
  account_id: string
  account_name: string
  region: string
  resource_type: string
  status: ScopeStatus
  running: boolean
  reason: string | null
  fix: Fix | null
  live: number
  calls: number
  throttles: number
  last_complete: Date | string | null
  last_attempt: Date | string | null
  next_due: Date | string
  failures: number
  held_since: Date | string | null
  held_missing: number
}

/** Rank, as below, and scope id. */
const Cursor = z.tuple([z.int().min(0).max(4), z.int()])

/** Those that need a person first (rank 0), then those under way, then the rest. */
const rank = sql`case
  when s.held_since is not null then 0
  when s.status in ('FAILED', 'ACCESS_DENIED', 'DENIED_BY_SCP', 'PARTIAL', 'THROTTLED') then 0
  when s.lease_until > now() then 1
  when s.status = 'NEW' then 2
  when s.status = 'SUCCEEDED' then 4
  else 3 end`

const instant = (value: Date | string): string => new Date(value).toISOString()
const instantOrNull = (value: Date | string | null): string | null => (value === null ? null : instant(value))

const present = (row: Row): Scope => ({
  id: Number(row.id),
  accountId: row.account_id,
  accountName: row.account_name,
  region: row.region,
  resourceType: row.resource_type,
  status: row.status,
  running: row.running,
  reason: row.reason,
  fix: row.fix,
  resources: row.live,
  calls: row.calls,
  throttles: row.throttles,
  lastComplete: instantOrNull(row.last_complete),
  lastAttempt: instantOrNull(row.last_attempt),
  nextDue: instant(row.next_due),
  failures: row.failures,
  held: row.held_since === null ? null : { since: instant(row.held_since), missing: row.held_missing },
})

const anyOf = (column: SQL, values: readonly string[] | undefined): SQL =>
  values === undefined ? sql`true` : sql`${column} = any(${sql.param([...values])}::text[])`

const where = (filter: ScopeFilter): SQL =>
  sql.join(
    [
      anyOf(sql`a.account_id`, filter.accountId),
      anyOf(sql`s.region`, filter.region),
      anyOf(sql`s.resource_type`, filter.resourceType),
      anyOf(sql`s.status`, filter.status),
      filter.held === true ? sql`s.held_since is not null` : sql`true`,
      filter.jobId === undefined
        ? sql`true`
        : sql`exists (select from job_scope j where j.job_id = ${filter.jobId} and j.scope_id = s.id)`,
    ],
    sql` and `,
  )

const columns = sql`s.id, ${rank} as rank, a.account_id, a.name as account_name, s.region, s.resource_type, s.status,
  coalesce(s.lease_until > now(), false) as running, s.reason, s.fix, s.live, s.calls, s.throttles,
  s.last_complete, s.last_attempt, s.next_due, s.failures, s.held_since, s.held_missing`

const from = sql`from scope s join aws_account a on a.id = s.connection_id`

/** @throws AppError NOT_FOUND */
export const getScope = async (db: Database, id: number): Promise<Scope> => {
  const { rows } = await db.execute<Row>(sql`select ${columns} ${from} where s.id = ${id}`)
  const [row] = rows
  if (row === undefined) throw notFound('scope')
  return present(row)
}

/** A page of the ledger as it stands now, those needing attention first. */
export const listScopes = async (
  db: Database,
  filter: ScopeFilter,
  page: { maxResults: number; nextToken?: string | undefined },
): Promise<{ items: Scope[]; nextToken?: string; total: number }> => {
  const after = decodeToken(Cursor, page.nextToken)
  const chosen = sql`${from} where ${where(filter)}`
  const counted = await db.execute<{ total: number }>(sql`select count(*)::int as total ${chosen}`)
  const { rows } = await db.execute<Row>(sql`
    select * from (select ${columns} ${chosen}) listed
    where ${after === undefined ? sql`true` : sql`(rank, id) > (${after[0]}, ${after[1]})`}
    order by rank, id limit ${page.maxResults + 1}`)
  const shown = rows.slice(0, page.maxResults)
  const last = rows.length > page.maxResults ? shown.at(-1) : undefined
  return {
    items: shown.map(present),
    total: counted.rows[0]?.total ?? 0,
    ...(last === undefined ? {} : { nextToken: encodeToken([last.rank, Number(last.id)]) }),
  }
}
