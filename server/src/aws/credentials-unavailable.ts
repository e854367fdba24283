import type { Fix } from '@dashboard/contract/vocabulary.ts'
import { awsFailure, type AwsFailure } from './failure.ts'
import type { Access } from './connection.ts'

/**
 * `refused`: AWS said no, or the credentials are of another account; the account's people can mend it. `unanswered`: AWS
 * was not reached or throttles. `ours`: vault, database or the installation's own identity. Only the first says anything
 * about the account.
 */
export type UnavailableKind = 'refused' | 'unanswered' | 'ours'

interface Facts {
  kind: UnavailableKind
  /** One sentence for a person; holds no secret, no SQL and no host name. */
  reason: string
  fix?: Fix | null
  /** What was tried; it may have been replaced meanwhile. */
  access: Access
  cause?: unknown
}

/** There are no credentials to sign a call with. It says nothing about the call, so no scope may be blamed for it. */
export class CredentialsUnavailable extends Error {
  override readonly name = 'CredentialsUnavailable'
  readonly kind: UnavailableKind
  readonly reason: string
  readonly fix: Fix | null
  readonly access: Access

  constructor({ kind, reason, fix, access, cause }: Facts) {
    super(reason, { cause })
    this.kind = kind
    this.reason = reason
    this.fix = fix ?? null
    this.access = access
  }
}

/** The lease error in what a call threw; the SDK and the retries may have wrapped it. */
export const credentialsUnavailable = (error: unknown): CredentialsUnavailable | undefined => {
  let next = error
  for (let depth = 0; next instanceof Error && depth < 8; depth += 1) {
    if (next instanceof CredentialsUnavailable) return next
    next = next.cause
  }
  return undefined
}

const isAnswer = (error: unknown): boolean => {
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
  return status !== undefined && status >= 400 && status < 500
}

/** Our own clock is wrong, whoever signs. */
const isClockSkew = (code: string, error: unknown): boolean =>
  ['RequestExpired', 'RequestInTheFuture', 'RequestTimeTooSkewed'].includes(code) ||
  /Signature (?:expired|not yet current)/.test((error as { message?: string }).message ?? '')

const nobodyAnswers = ({ code, retryable }: AwsFailure): boolean =>
  // A name that does not resolve: at STS that is our network, never a service that the region lacks.
  retryable || code === 'ENOTFOUND'

/** Why AssumeRole, signed by the installation itself, gave no session. */
export const assumeRoleFailed = (error: unknown, access: Extract<Access, { kind: 'iam_role' }>) => {
  const failure = awsFailure(error, 'sts:AssumeRole')
  const make = (kind: UnavailableKind, reason: string, fix: Fix | null = null) =>
    new CredentialsUnavailable({ kind, reason, fix, access, cause: error })
  if (nobodyAnswers(failure)) return make('unanswered', failure.reason)
  if (failure.status === 'DENIED_BY_SCP') return make('refused', failure.reason, failure.fix)
  if (failure.status === 'ACCESS_DENIED')
    return make('refused', `AWS refuses ${access.roleArn}.`, {
      summary: `Check that ${access.roleArn} exists, that its trust policy names this installation and the ExternalId of this connection, and that this installation is allowed sts:AssumeRole on it. Validating the account shows the trust policy.`,
      missingActions: ['sts:AssumeRole'],
    })
  if (isAnswer(error) && ['ValidationError', 'RegionDisabledException'].includes(failure.code))
    return make('refused', failure.reason)
  return make('ours', `This installation's own AWS identity cannot be used (${failure.code}).`)
}

const keyFix: Fix = { summary: 'Check the access key: it may be wrong, inactive or deleted. Replace the credential.' }
/** Our own credentials are refused, or have ended. */
export const renewIdentityFix: Fix = {
  summary:
    "Renew this installation's own AWS identity: sign in again (`aws sso login`), or check the role of its instance, task or pod, or its access key; outside the partition aws, set AWS_REGION. It is tried again by itself.",
}

/** Where the default chain found nothing. `code` is the chain's own. */
export const noIdentityFix = (code: string): Fix => ({
  summary: `This installation has no AWS identity of its own (${code}). Start it with AWS_PROFILE, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or on an instance (IMDSv2), task or pod that has a role.`,
})

/** Why GetCallerIdentity, signed with the account's own key or our own identity, gave no identity. */
export const identityFailed = (error: unknown, access: Access) => {
  const failure = awsFailure(error, 'sts:GetCallerIdentity')
  const make = (kind: UnavailableKind, reason: string, fix: Fix | null = null) =>
    new CredentialsUnavailable({ kind, reason, fix, access, cause: error })
  if (nobodyAnswers(failure)) return make('unanswered', failure.reason)
  if (isClockSkew(failure.code, error))
    return make('ours', `The clock of this installation differs from AWS's (${failure.code}).`)
  if (isAnswer(error))
    return make(
      'refused',
      failure.reason,
      failure.fix ?? (access.kind === 'instance_profile' ? renewIdentityFix : keyFix),
    )
  return make('ours', `This installation could not ask AWS (${failure.code}).`)
}

/** The credentials work, in another account. */
export const wrongAccount = (found: string, wanted: string, access: Access) =>
  new CredentialsUnavailable({
    kind: 'refused',
    reason: `The credentials belong to account ${found}, not to ${wanted}.`,
    fix: { summary: `Use credentials of ${wanted}, or connect ${found} instead.` },
    access,
  })

/** The default chain gave nothing. */
export const ownIdentityMissing = (error: unknown, access: Access) =>
  new CredentialsUnavailable({
    kind: 'ours',
    reason: 'This installation has no AWS identity of its own.',
    fix: noIdentityFix(awsFailure(error, 'sts:GetCallerIdentity').code),
    access,
    cause: error,
  })

/** Somebody paused the connection or it is retired; with a cause, nobody could tell. */
export const connectionHeld = (access: Access, cause?: unknown) =>
  new CredentialsUnavailable({
    kind: 'ours',
    reason:
      cause === undefined
        ? 'The account is paused or retired: nothing is called in it.'
        : 'It could not be read whether the account is paused; the log of this installation says why.',
    fix: cause === undefined ? { summary: 'Resume the account to have it read again.' } : null,
    access,
    cause,
  })

/** The vault or the database did not give the stored key. */
export const keyUnreadable = (error: unknown, access: Access) =>
  new CredentialsUnavailable({
    kind: 'ours',
    reason: 'The stored access key could not be read; the log of this installation says why.',
    access,
    cause: error,
  })
