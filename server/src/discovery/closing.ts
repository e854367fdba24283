import { sql } from 'drizzle-orm'
import { findResourceType } from '@dashboard/catalog/catalog.ts'
import { maxStalenessMinutes } from '@dashboard/catalog/resource-type.ts'
import type { Fix, ScopeStatus } from '@dashboard/contract/vocabulary.ts'
import type { Database, Transaction } from '../db/database.ts'
import { finishInJobs } from '../jobs/finish.ts'
import { secondsUntilDue } from './cadence.ts'
import type { Claim } from './queue.ts'

/** What one attempt came to, apart from the resources it found. */
export interface Attempt {
  startedAt: Date
  /** Every page of the list was read without an error: only then is what was not seen believed to be gone. */
  complete: boolean
  status: ScopeStatus
  /** What broke the list off, where PARTIAL hides it: it decides when to ask again. */
  cause: ScopeStatus
  reason: string | null
  fix: Fix | null
  pages: number
  calls: number
  throttles: number
}

export interface Counts {
  seen: number
  created: number
  changed: number
  deleted: number
}

/** The lease ended and another worker has the scope: nothing was written. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

/** Locks the scope for the rest of the transaction. @throws LeaseLost when the claim no longer holds. */
export const lockClaim = async (
  tx: Transaction,
  claim: Claim,
): Promise<{ failures: number; entryDigest: string | null }> => {
  const { rows } = await tx.execute<{ fence: string; failures: number; entry_digest: string | null }>(
    sql`select fence, failures, entry_digest from scope where id = ${claim.scopeId} for update`,
  )
  const [row] = rows
  if (row === undefined || Number(row.fence) !== claim.fence) throw new LeaseLost('another worker has this scope')
  return { failures: row.failures, entryDigest: row.entry_digest }
}

/** A type that has left the catalog keeps the usual hour. */
const maxStalenessOf = (resourceType: string): number => {
  const type = findResourceType(resourceType)
  return type === undefined ? 60 : maxStalenessMinutes(type)
}

const json = (value: unknown) => (value === null ? sql`null::jsonb` : sql`${JSON.stringify(value)}::jsonb`)

/** Writes the end of an attempt into the ledger and its history, gives the lease back, and answers the jobs that wait. */
export const closeScope = async (
  tx: Transaction,
  claim: Claim,
  attempt: Attempt,
  facts: { failures: number; missing: boolean; entryDigest: string | null; counts: Counts },
): Promise<void> => {
  const { startedAt, complete, status, cause, reason, fix, pages, calls, throttles } = attempt
  const started = sql`${startedAt.toISOString()}::timestamptz`
  const maxStaleness = maxStalenessOf(claim.resourceType) * 60
  const due = secondsUntilDue(cause, { failures: facts.failures, missing: facts.missing, maxStaleness })
  await tx.execute(sql`
    update scope set
      status = ${status}, reason = ${reason}, fix = ${json(fix)},
      -- As of the first question asked: what changed during the scan may not be in it.
      last_complete = case when ${complete} then ${started} else last_complete end,
      lease_owner = null, lease_until = null, calls = ${calls}, throttles = ${throttles},
      failures = ${complete ? 0 : facts.failures + 1}, entry_digest = coalesce(${facts.entryDigest}, entry_digest),
      live = (select count(*) from resource where scope_id = ${claim.scopeId} and deleted_at is null),
      priority = case when asked.open then 0 else 10 end,
      -- Up to a tenth sooner, so that scopes once started together drift apart.
      next_due = case when asked.open then now() else now() + make_interval(secs => ${due} * (1 - random() * 0.1)) end
    from (
      select exists (
        select from job_scope where scope_id = ${claim.scopeId} and finished_at is null and after_fence > ${claim.fence}
      ) as open
    ) asked
    where id = ${claim.scopeId}`)
  const { seen, created, changed, deleted } = facts.counts
  await tx.execute(sql`
    insert into scan_run (
      scope_id, fence, started_at, finished_at, outcome, reason, pages, calls, throttles, seen, created, changed, deleted
    ) values (
      ${claim.scopeId}, ${claim.fence}, ${started}, now(), ${status}, ${reason}, ${pages}, ${calls}, ${throttles},
      ${seen}, ${created}, ${changed}, ${deleted}
    )`)
  await finishInJobs(tx, { scopeId: claim.scopeId, fence: claim.fence, status, ...facts.counts })
}

const nothing: Counts = { seen: 0, created: 0, changed: 0, deleted: 0 }

/** Ends an attempt that brought nothing to store. @throws LeaseLost */
export const closeWithoutScan = (
  db: Database,
  claim: Claim,
  end: { status: ScopeStatus; reason: string },
): Promise<void> =>
  db.transaction(async (tx) => {
    const { failures } = await lockClaim(tx, claim)
    const attempt = {
      ...end,
      cause: end.status,
      startedAt: new Date(),
      complete: false,
      fix: null,
      pages: 0,
      calls: 0,
      throttles: 0,
    }
    await closeScope(tx, claim, attempt, { failures, missing: false, entryDigest: null, counts: nothing })
  })
