import type { AWSAccountSummary, AccountPhase, ValidationCheck } from '@dashboard/contract/accounts.ts'
import type { Job } from '@dashboard/contract/jobs.ts'
import type { ScopeStatus } from '@dashboard/contract/vocabulary.ts'

export type Tone = 'ok' | 'warn' | 'bad' | 'idle' | 'running'

/** Shapes of their own for states that share a tone with others and stand without a word. */
export type Shape = Tone | 'denied' | 'policy' | 'partial' | 'throttled' | 'none' | 'off' | 'held'

/** A state as the screen says it: the tone chooses the colour and, unless `shape` does, the shape; the word says it. */
export interface Status {
  tone: Tone
  word: string
  shape?: Shape
}

export const scopeStatus: Record<ScopeStatus, Status> = {
  NEW: { tone: 'idle', word: 'Not scanned yet' },
  SUCCEEDED: { tone: 'ok', word: 'Complete' },
  PARTIAL: { tone: 'warn', word: 'Partial', shape: 'partial' },
  ACCESS_DENIED: { tone: 'bad', word: 'Access denied', shape: 'denied' },
  DENIED_BY_SCP: { tone: 'bad', word: 'Denied by SCP', shape: 'policy' },
  THROTTLED: { tone: 'warn', word: 'Throttled', shape: 'throttled' },
  NOT_SUPPORTED: { tone: 'idle', word: 'Not supported', shape: 'none' },
  REGION_DISABLED: { tone: 'idle', word: 'Region disabled', shape: 'off' },
  FAILED: { tone: 'bad', word: 'Failed' },
}

/** So much vanished from it at once that somebody must confirm it. */
export const heldStatus: Status = { tone: 'warn', word: 'Held', shape: 'held' }

export const runningStatus: Status = { tone: 'running', word: 'Running' }

const phase: Record<AccountPhase, Status> = {
  PENDING: { tone: 'idle', word: 'Not validated yet' },
  VALIDATING: { tone: 'running', word: 'Validating' },
  CONNECTED: { tone: 'ok', word: 'Connected' },
  DEGRADED: { tone: 'warn', word: 'Degraded' },
  LOST_ACCESS: { tone: 'bad', word: 'Lost access' },
  PAUSED: { tone: 'idle', word: 'Paused', shape: 'held' },
  RETIRED: { tone: 'idle', word: 'Retired', shape: 'off' },
}

const neverReached: Status = { tone: 'bad', word: 'No access yet' }

/** An account that nothing was ever read from cannot have lost what it never had. */
export const accountStatus = (account: Pick<AWSAccountSummary, 'phase'> & { lastDiscovered?: string | null }): Status =>
  account.phase === 'LOST_ACCESS' && account.lastDiscovered === null ? neverReached : phase[account.phase]

export const checkStatus: Record<ValidationCheck['status'], Status> = {
  RUNNING: { tone: 'running', word: 'Running' },
  PASSED: { tone: 'ok', word: 'Passed' },
  WARNING: { tone: 'warn', word: 'Warning' },
  FAILED: { tone: 'bad', word: 'Failed' },
  SKIPPED: { tone: 'idle', word: 'Skipped' },
}

export const jobStatus: Record<Job['status'], Status> = {
  queued: { tone: 'idle', word: 'Queued' },
  running: { tone: 'running', word: 'Running' },
  completed: { tone: 'ok', word: 'Completed' },
  cancelled: { tone: 'idle', word: 'Cancelled' },
}

export const credentialTypeWord: Record<AWSAccountSummary['credentialType'], string> = {
  iam_role: 'IAM role',
  access_key: 'Access key',
  instance_profile: 'Own identity',
}
