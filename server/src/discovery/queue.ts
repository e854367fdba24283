import { sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'

/** A scope this worker may scan until the lease ends. */
export interface Claim {
  scopeId: number
  fence: number
  connectionId: string
  region: string
  resourceType: string
  /** Of the requests that asked for this scan, for the log. */
  requestIds: string[]
}

/** How long a claim holds without a heartbeat: longer than any pause of a healthy process, short enough to recover by. */
const leaseSeconds = 60

/** Claims up to `limit` due scopes of active accounts; concurrent workers never get the same one. */
export const claimScopes = async (db: Database, owner: string, limit: number): Promise<Claim[]> => {
  const { rows } = await db.execute<{
    id: string
    fence: string
    connection_id: string
    region: string
    resource_type: string
    request_ids: string[] | null
  }>(sql`
    with due as (
      select s.id from scope s join aws_account a on a.id = s.connection_id
      where a.status = 'active' and s.next_due <= now() and (s.lease_until is null or s.lease_until < now())
      order by s.priority, s.next_due limit ${limit} for update of s skip locked
    ), claimed as (
      update scope s set lease_owner = ${owner}, lease_until = now() + make_interval(secs => ${leaseSeconds}), fence = fence + 1, last_attempt = now()
      from due where s.id = due.id
      returning s.id, s.fence, s.connection_id, s.region, s.resource_type
    ), beginning as (
      select id from job where status = 'queued'
        and id in (select job_id from job_scope where scope_id in (select id from claimed) and finished_at is null)
      order by id for update
    ), begun as (
      update job set status = 'running', started_at = now() from beginning where job.id = beginning.id
    )
    select *, (select array_agg(distinct j.request_id) filter (where j.request_id is not null)
      from job_scope w join job j on j.id = w.job_id where w.scope_id = claimed.id and w.finished_at is null) as request_ids
    from claimed`)
  return rows.map((row) => ({
    scopeId: Number(row.id),
    fence: Number(row.fence),
    connectionId: row.connection_id,
    region: row.region,
    resourceType: row.resource_type,
    requestIds: row.request_ids ?? [],
  }))
}

/** Extends the leases of what is under way. */
export const extendLeases = async (db: Database, owner: string, scopeIds: readonly number[]): Promise<void> => {
  if (scopeIds.length === 0) return
  await db.execute(sql`
    update scope set lease_until = now() + make_interval(secs => ${leaseSeconds})
    where lease_owner = ${owner} and id = any(${sql.param([...scopeIds])}::bigint[])`)
}

/** Gives scopes back unscanned, due at once for another worker. */
export const releaseLeases = async (db: Database, owner: string): Promise<void> => {
  await db.execute(sql`update scope set lease_owner = null, lease_until = null where lease_owner = ${owner}`)
}
