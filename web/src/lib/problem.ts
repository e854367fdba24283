import type { ErrorBody } from '@dashboard/contract/errors.ts'
import type { Fix } from '@dashboard/contract/vocabulary.ts'
import type { z } from 'zod'

/** What a region of the page shows when its request failed. `requestId` is null when no server answered. */
export interface Problem {
  code: string
  message: string
  requestId: string | null
  fix: z.infer<typeof Fix> | null
  issues: { path: string; message: string }[]
}

/** A request the API refused; the body is the API's one error shape. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly data: ErrorBody

  constructor(status: number, data: ErrorBody) {
    super(data.message)
    this.status = status
    this.data = data
  }
}

/** What the form itself finds wrong with one field, before anything is sent. */
export class FieldError extends Error {
  override readonly name = 'FieldError'
  readonly path: string

  constructor(path: string, message: string) {
    super(message)
    this.path = path
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Whether a decoded body is the API's error shape; anything else came from something in between. */
export const isErrorBody = (value: unknown): value is ErrorBody =>
  isRecord(value) &&
  typeof value['code'] === 'string' &&
  typeof value['message'] === 'string' &&
  typeof value['requestId'] === 'string'

/** Turns whatever was thrown into words for the screen. */
export const problemOf = (error: unknown): Problem => {
  const data = isRecord(error) ? error['data'] : undefined
  if (isErrorBody(data)) {
    return {
      code: data.code,
      message: data.message,
      requestId: data.requestId,
      fix: data.fix ?? null,
      issues: data.issues ?? [],
    }
  }
  if (error instanceof FieldError)
    return { ...nowhere('INVALID_INPUT', error.message), issues: [{ path: error.path, message: error.message }] }
  if (error instanceof TypeError)
    return nowhere('NO_ANSWER', 'The server does not answer. Check that it runs, then try again.')
  return nowhere('UNKNOWN', error instanceof Error ? error.message : 'The answer could not be read.')
}

const nowhere = (code: string, message: string): Problem => ({ code, message, requestId: null, fix: null, issues: [] })

/** The message for one field of a form, from the API's `issues`. */
export const issueFor = (problem: Problem | null, path: string): string | undefined =>
  problem?.issues.find(
    (issue) => issue.path === path || issue.path.startsWith(`${path}.`) || issue.path.startsWith(`${path}[`),
  )?.message

/** For the field of the current password, which the API refuses as it refuses a sign-in. */
export const wrongPassword = (problem: Problem | null): string | undefined =>
  problem?.code === 'INVALID_LOGIN' ? 'The current password is wrong.' : undefined
