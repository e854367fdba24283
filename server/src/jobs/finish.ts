import { sql, type SQL } from 'drizzle-orm'
import type { ScopeStatus } from '@dashboard/contract/vocabulary.ts'
import type { Transaction } from '../db/database.ts'
import { publish } from '../events/bus.ts'

export interface ScopeResult {
  scopeId: number
  fence: number
  status: ScopeStatus
  seen: number
  created: number
  changed: number
  deleted: number
}

const tell = async (tx: Transaction, rows: { id: string }[]): Promise<void> => {
  for (const { id } of rows) await publish(tx, { type: 'job', id })
}

/**
 * Everybody who needs several of these locks takes them in this order, each kind by id: scopes, then what jobs ask of
 * them, then jobs. Two transactions can then wait for each other only in one direction.
 */
export const lockScopes = async (tx: Transaction, which: SQL): Promise<number[]> => {
  const { rows } = await tx.execute<{ id: string }>(sql`select id from scope where ${which} order by id for update`)
  return rows.map((row) => Number(row.id))
}

/** Counts a finished scope towards every job that asked for it before the scan was claimed. */
export const finishInJobs = async (tx: Transaction, result: ScopeResult): Promise<void> => {
  const { rows } = await tx.execute<{ id: string }>(sql`
    with answered as (
      update job_scope set finished_at = now()
      where scope_id = ${result.scopeId} and finished_at is null and after_fence <= ${result.fence}
      returning job_id
    ), counting as (
      select id from job where id in (select job_id from answered) order by id for update
    )
    update job set
      done = done + 1,
      by_status = by_status || jsonb_build_object(${result.status}::text, coalesce((by_status ->> ${result.status}::text)::int, 0) + 1),
      seen = seen + ${result.seen}, created = created + ${result.created},
      changed = changed + ${result.changed}, deleted = deleted + ${result.deleted},
      started_at = coalesce(started_at, now()),
      status = case when status = 'cancelled' then status when done + 1 >= total then 'completed' else 'running' end,
      ended_at = case when done + 1 >= total then coalesce(ended_at, now()) else ended_at end
    from counting where job.id = counting.id
    returning job.id`)
  await tell(tx, rows)
}

/** Takes scopes, locked already, out of the jobs that still wait for them. */
export const removeFromJobs = async (tx: Transaction, scopeIds: readonly number[]): Promise<void> => {
  const { rows } = await tx.execute<{ id: string }>(sql`
    with dropped as (
      delete from job_scope where scope_id = any(${sql.param([...scopeIds])}::bigint[]) and finished_at is null returning job_id
    ), counted as (
      select job_id, count(*)::int as scopes from dropped group by job_id
    ), counting as (
      select id from job where id in (select job_id from counted) order by id for update
    )
    update job set
      total = total - scopes,
      status = case when status in ('queued', 'running') and done >= total - scopes then 'completed' else status end,
      ended_at = case when done >= total - scopes then coalesce(ended_at, now()) else ended_at end
    from counted join counting on counting.id = counted.job_id where job.id = counted.job_id
    returning job.id`)
  await tell(tx, rows)
}
