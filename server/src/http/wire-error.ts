import { ORPCError } from '@orpc/client'
import { ValidationError } from '@orpc/contract'
import { errorCodes, type ErrorBody, type ErrorCode } from '@dashboard/contract/errors.ts'
import { AppError } from '../errors.ts'
import { redactExcerpt } from '../log/redact.ts'

/** PostgreSQL's classes and Node's codes for "nobody is there": waiting helps, and nothing was written. */
const databaseAway = /^(?:08...|57P0.|53...|ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|ETIMEDOUT)$/

const chain = (error: unknown): unknown[] => {
  const causes: unknown[] = []
  for (let next = error; next instanceof Error && causes.length < 8; next = next.cause) causes.push(next)
  return causes
}

/** Files and AWS fail with the same codes: only a socket to the database is meant. */
const isElsewhere = (cause: object): boolean =>
  '$metadata' in cause ||
  ((cause as { code?: unknown }).code === 'ENOENT' && (cause as { syscall?: unknown }).syscall !== 'connect')

const isDatabaseAway = (error: unknown): boolean =>
  chain(error).some((cause) => {
    const { code, message } = cause as { code?: unknown; message?: string }
    if (isElsewhere(cause as object)) return false
    return (
      (typeof code === 'string' && databaseAway.test(code)) ||
      /timeout exceeded when trying to connect|Connection terminated/.test(message ?? '')
    )
  })

/** The schema quotes unknown field names, and somebody may have pasted a secret where a name goes. */
const quoted = (text: string): string => redactExcerpt(text, 500)

const issuesOf = (error: ValidationError): { path: string; message: string }[] =>
  error.issues.slice(0, 50).map((issue) => ({
    path: quoted((issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.')),
    message: quoted(issue.message),
  }))

/** Express's and body-parser's errors, by their `type`. */
const parserCodes: Record<string, ErrorCode> = {
  'entity.parse.failed': 'MALFORMED_JSON',
  'entity.too.large': 'PAYLOAD_TOO_LARGE',
  'encoding.unsupported': 'UNSUPPORTED_MEDIA_TYPE',
  'charset.unsupported': 'UNSUPPORTED_MEDIA_TYPE',
}

const fromOrpc = (error: ORPCError<string, unknown>): AppError => {
  if (error.cause instanceof ValidationError && error.code === 'BAD_REQUEST')
    return new AppError('INVALID_INPUT', { issues: issuesOf(error.cause), cause: error })
  if (error.cause instanceof AppError) return error.cause
  if (error.status === 404) return new AppError('UNKNOWN_ROUTE', { cause: error })
  if (error.status >= 400 && error.status < 500) return new AppError('MALFORMED_REQUEST', { cause: error })
  return new AppError('INTERNAL', { cause: error })
}

/** Anything thrown anywhere as the one error the API answers with. */
export const toAppError = (error: unknown): AppError => {
  if (error instanceof AppError) return error
  if (isDatabaseAway(error)) return new AppError('DATABASE_UNAVAILABLE', { cause: error })
  if (error instanceof ORPCError) return fromOrpc(error)
  const { type, status } = error as { type?: unknown; status?: unknown }
  const parsed = typeof type === 'string' ? parserCodes[type] : undefined
  if (parsed !== undefined) return new AppError(parsed, { cause: error })
  if (status === 404) return new AppError('NOT_FOUND', { cause: error })
  if (error instanceof URIError || (typeof status === 'number' && status >= 400 && status < 500))
    return new AppError('MALFORMED_REQUEST', { cause: error })
  return new AppError('INTERNAL', { cause: error })
}

/** The error as it goes over the wire. An internal one says nothing of its cause. */
export const errorBody = (error: AppError, requestId: string): ErrorBody => ({
  code: error.code,
  message: error.code === 'INTERNAL' ? errorCodes.INTERNAL.message : error.message,
  requestId,
  ...(error.fix === undefined ? {} : { fix: error.fix }),
  ...(error.issues === undefined ? {} : { issues: error.issues }),
})
