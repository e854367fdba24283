import { errorCodes, type ErrorCode, type Mender } from '@dashboard/contract/errors.ts'
import type { Fix } from '@dashboard/contract/vocabulary.ts'

interface Details {
  message?: string
  fix?: Fix | null
  issues?: { path: string; message: string }[]
  /** Seconds, sent as `Retry-After`. */
  retryAfter?: number
  cause?: unknown
}

/** The one error our own code throws across rooms: a stable `code`, a `cause`, and who can mend it. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly status: number
  readonly mendedBy: Mender
  readonly fix: Fix | undefined
  readonly issues: { path: string; message: string }[] | undefined
  readonly retryAfter: number | undefined

  constructor(code: ErrorCode, details: Details = {}) {
    const facts = errorCodes[code]
    super(details.message ?? facts.message, { cause: details.cause })
    this.code = code
    this.status = facts.status
    this.mendedBy = facts.mendedBy
    this.fix = details.fix ?? undefined
    this.issues = details.issues
    this.retryAfter = details.retryAfter
  }
}

export const notFound = (what: string): AppError =>
  new AppError('NOT_FOUND', { message: `There is no ${what} with this id.` })
