import type { ValidationCheck } from '@dashboard/contract/accounts.ts'
import type { Fix } from '@dashboard/contract/vocabulary.ts'
import type { AsyncQueue } from '../../async-queue.ts'
import { credentialsUnavailable } from '../../aws/credentials-unavailable.ts'
import { awsFailure } from '../../aws/failure.ts'
import { AppError } from '../../errors.ts'
import { mendOf } from './mend.ts'

/** How one check ended. */
export interface Verdict extends Pick<ValidationCheck, 'status' | 'detail' | 'fix'> {
  /** AWS could not be asked, or did not answer in time: the check says nothing about the account. */
  unanswered?: boolean
}

export const passed = (detail: string | null = null): Verdict => ({ status: 'PASSED', detail, fix: null })
export const failed = (detail: string, fix: Fix | null = null): Verdict => ({ status: 'FAILED', detail, fix })
export const warning = (detail: string, fix: Fix | null = null): Verdict => ({ status: 'WARNING', detail, fix })
export const unanswered = (detail: string, fix: Fix | null = null): Verdict => ({
  ...failed(detail, fix),
  unanswered: true,
})

/** Runs a check, reporting it as it starts and as it ends. What it throws is its failure. */
export type Report = (id: string, label: string, run: () => Promise<Verdict>) => Promise<Verdict>

const verdictOf = (error: unknown): Verdict => {
  const lease = credentialsUnavailable(error)
  if (lease !== undefined) {
    const fix = lease.fix ?? mendOf(awsFailure(lease.cause ?? lease, 'sts:AssumeRole'))
    return lease.kind === 'refused' ? failed(lease.reason, fix) : unanswered(lease.reason, fix)
  }
  if (error instanceof AppError) return failed(error.message, error.fix ?? null)
  const failure = awsFailure(error, 'sts:AssumeRole')
  return failure.retryable ? unanswered(failure.reason, mendOf(failure)) : failed(failure.reason, mendOf(failure))
}

export const reportTo =
  (queue: AsyncQueue<ValidationCheck>): Report =>
  async (id, label, run) => {
    queue.push({ id, label, status: 'RUNNING', detail: null, latencyMs: null, fix: null })
    const started = performance.now()
    const verdict = await run().catch(verdictOf)
    const { status, detail, fix } = verdict
    queue.push({ id, label, status, detail, fix, latencyMs: Math.round(performance.now() - started) })
    return verdict
  }
