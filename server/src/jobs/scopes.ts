import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { JobScope } from '@dashboard/contract/jobs.ts'
import type { Fix, ScopeStatus } from '@dashboard/contract/vocabulary.ts'
import type { Database } from '../db/database.ts'
import { decodeToken, encodeToken } from '../paging.ts'

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
}

/** Rank, as below, and scope id. */
const Cursor = z.tuple([z.int().min(0).max(4), z.int()])

/** Those that need a person first, then those under way, then the rest. */
const rank = sql`case
  when s.status in ('FAILED', 'ACCESS_DENIED', 'DENIED_BY_SCP', 'PARTIAL', 'THROTTLED') then 0
  when s.lease_until > now() then 1
  when s.status = 'NEW' then 2
  when s.status = 'SUCCEEDED' then 4
  else 3 end`

const instant = (value: Date | string | null): string | null => (value === null ? null : new Date(value).toISOString())

const present = (row: Row): JobScope => ({
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
  lastComplete: instant(row.last_complete),
  lastAttempt: instant(row.last_attempt),
})

/** The scopes of a job as they stand now. */
export const listJobScopes = async (
  db: Database,
  query: { id: string; status?: ScopeStatus[] | undefined; maxResults: number; nextToken?: string | undefined },
): Promise<{ items: JobScope[]; nextToken?: string; total: number }> => {
  const after = decodeToken(Cursor, query.nextToken)
  const status = query.status === undefined ? sql`true` : sql`s.status = any(${sql.param(query.status)}::text[])`
  const scopes = sql`from job_scope j join scope s on s.id = j.scope_id join aws_account a on a.id = s.connection_id where j.job_id = ${query.id} and ${status}`
  const counted = await db.execute<{ total: number }>(sql`select count(*)::int as total ${scopes}`)
  const { rows } = await db.execute<Row>(sql`
    select * from (
      select s.id, ${rank} as rank, a.account_id, a.name as account_name, s.region, s.resource_type, s.status,
        coalesce(s.lease_until > now(), false) as running, s.reason, s.fix, s.live, s.calls, s.throttles, s.last_complete, s.last_attempt
      ${scopes}
    ) listed
    where ${after === undefined ? sql`true` : sql`(rank, id) > (${after[0]}, ${after[1]})`}
    order by rank, id limit ${query.maxResults + 1}`)
  const page = rows.slice(0, query.maxResults)
  const last = rows.length > query.maxResults ? page.at(-1) : undefined
  return {
    items: page.map(present),
    total: counted.rows[0]?.total ?? 0,
    ...(last === undefined ? {} : { nextToken: encodeToken([last.rank, Number(last.id)]) }),
  }
}
