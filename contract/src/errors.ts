import { z } from 'zod'
import { Fix } from './vocabulary.ts'

/** Who can mend it. */
export type Mender = 'user' | 'aws' | 'operator' | 'internal'

interface ErrorFacts {
  /** HTTP status. */
  status: number
  mendedBy: Mender
  /** What to do, as documented; the message of one occurrence may say more. */
  message: string
}

/** Every code the API answers with. Codes are stable: clients may switch on them. */
export const errorCodes = {
  INVALID_INPUT: {
    status: 400,
    mendedBy: 'user',
    message: 'Some fields are not as described; `issues` names each one.',
  },
  MALFORMED_JSON: { status: 400, mendedBy: 'user', message: 'The body is not valid JSON.' },
  MALFORMED_REQUEST: {
    status: 400,
    mendedBy: 'user',
    message: 'The request cannot be read: check its path, query and headers.',
  },
  UNAUTHENTICATED: {
    status: 401,
    mendedBy: 'user',
    message: 'Sign in: send a valid access token as `Authorization: Bearer`.',
  },
  INVALID_LOGIN: { status: 401, mendedBy: 'user', message: 'Email or password is wrong.' },
  SESSION_ENDED: { status: 401, mendedBy: 'user', message: 'The session has ended; sign in again.' },
  FORBIDDEN: { status: 403, mendedBy: 'user', message: 'Your role does not allow this.' },
  CROSS_SITE_REQUEST: {
    status: 403,
    mendedBy: 'user',
    message: 'This route only answers requests from the application itself.',
  },
  PASSWORD_CHANGE_REQUIRED: {
    status: 403,
    mendedBy: 'user',
    message: 'Replace the one-time password first: POST /api/auth/password.',
  },
  NOT_FOUND: { status: 404, mendedBy: 'user', message: 'There is nothing under this identifier.' },
  UNKNOWN_ROUTE: { status: 404, mendedBy: 'user', message: 'No such route; /api/openapi.json lists them all.' },
  ACCOUNT_EXISTS: {
    status: 409,
    mendedBy: 'user',
    message: 'This AWS account is connected already; update that connection instead.',
  },
  ACCOUNT_NOT_ACTIVE: {
    status: 409,
    mendedBy: 'user',
    message: 'The connection is not active; resume or validate it first.',
  },
  ACCOUNT_PAUSED: {
    status: 409,
    mendedBy: 'user',
    message: 'The account is paused or retired: nothing is called in it. Resume it first.',
  },
  ORGANIZATION_EXISTS: {
    status: 409,
    mendedBy: 'user',
    message: 'This organization is read already, through this connection or another one.',
  },
  ORGANIZATION_NOT_IN_USE: {
    status: 422,
    mendedBy: 'user',
    message: 'The account is in no organization; connect the management account or a delegated administrator.',
  },
  CREDENTIAL_IN_USE: {
    status: 409,
    mendedBy: 'user',
    message: 'An account uses this credential; give the account another one first.',
  },
  CREDENTIAL_TYPE_MISMATCH: {
    status: 409,
    mendedBy: 'user',
    message: 'This operation does not apply to the way the account is connected.',
  },
  JOB_NOT_RUNNING: { status: 409, mendedBy: 'user', message: 'The job has ended already.' },
  NOTHING_TO_CONFIRM: {
    status: 409,
    mendedBy: 'user',
    message: 'Nothing of this scope waits for a confirmation.',
  },
  NOTHING_TO_DISCOVER: {
    status: 409,
    mendedBy: 'user',
    message: 'No active account matches: connect or validate one, or widen the selection.',
  },
  VIEW_EXISTS: {
    status: 409,
    mendedBy: 'user',
    message: 'You have a view of this name for this page already; choose another name, or change that one.',
  },
  TOO_MANY_VIEWS: { status: 409, mendedBy: 'user', message: 'You have 200 saved views; delete one first.' },
  PAYLOAD_TOO_LARGE: { status: 413, mendedBy: 'user', message: 'The body is larger than 64 KiB.' },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    mendedBy: 'user',
    message: 'Send JSON with `Content-Type: application/json`.',
  },
  WEAK_PASSWORD: {
    status: 422,
    mendedBy: 'user',
    message: 'Choose a password of at least 12 characters that is not on the list of common ones.',
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    mendedBy: 'user',
    message: 'Too many attempts; wait as long as `Retry-After` says.',
  },
  AWS_ACCESS_DENIED: {
    status: 422,
    mendedBy: 'user',
    message: 'AWS denied the call; `fix` has the missing action and the statement that grants it.',
  },
  AWS_CREDENTIALS_INVALID: { status: 422, mendedBy: 'user', message: 'AWS does not accept these credentials.' },
  AWS_IDENTITY_MISSING: {
    status: 422,
    mendedBy: 'operator',
    message: 'This installation has no AWS identity of its own to assume roles with.',
  },
  AWS_THROTTLED: { status: 503, mendedBy: 'aws', message: 'AWS is throttling; try again shortly.' },
  AWS_UNAVAILABLE: { status: 503, mendedBy: 'aws', message: 'AWS did not answer; nothing was changed. Try again.' },
  VAULT_UNAVAILABLE: {
    status: 503,
    mendedBy: 'operator',
    message: 'The vault cannot be read now; nothing was changed.',
  },
  DATABASE_UNAVAILABLE: {
    status: 503,
    mendedBy: 'operator',
    message: 'The database does not answer; nothing was changed. It is retried.',
  },
  NOT_READY: { status: 503, mendedBy: 'operator', message: 'The process is starting or stopping; try again shortly.' },
  INTERNAL: {
    status: 500,
    mendedBy: 'internal',
    message: 'Something went wrong on our side; the request id finds it in the log.',
  },
} as const satisfies Record<string, ErrorFacts>

export type ErrorCode = keyof typeof errorCodes

/** The one error shape of the API. */
export const ErrorBody = z.object({
  code: z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]),
  message: z.string(),
  requestId: z.string(),
  fix: Fix.optional(),
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
})
export type ErrorBody = z.infer<typeof ErrorBody>
