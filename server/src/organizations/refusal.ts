import type { Fix } from '@dashboard/contract/vocabulary.ts'
import { credentialsUnavailable } from '../aws/credentials-unavailable.ts'
import { awsErrorCode, awsFailure, type AwsFailure } from '../aws/failure.ts'
import { AppError } from '../errors.ts'
import { organizationActions, OrganizationReadError } from './reading.ts'

/** Why an organization could not be read, in words, and what mends it. */
export interface Refusal {
  kind: 'not-in-use' | 'denied' | 'throttled' | 'unanswered' | 'failed'
  reason: string
  fix: Fix | null
}

const readFix = (accountId: string): Fix => ({
  summary: `Allow these actions to the connection's role in account ${accountId}, which must be the organization's management account or a delegated administrator.`,
  missingActions: [...organizationActions],
  statement: {
    Sid: 'AwsIntegrationDashboardOrganization',
    Effect: 'Allow',
    Action: [...organizationActions],
    Resource: '*',
  },
})

const kindOf = ({ status, code, retryable }: AwsFailure): Refusal['kind'] => {
  if (status === 'ACCESS_DENIED' || status === 'DENIED_BY_SCP') return 'denied'
  if (status === 'THROTTLED') return 'throttled'
  return retryable || code === 'CircuitOpen' ? 'unanswered' : 'failed'
}

/** Whether a reading failed at AWS, or for want of credentials. Anything else is our own and says nothing of AWS. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof OrganizationReadError || credentialsUnavailable(error) !== undefined

/** What a failed reading means. `accountId` is the account it was tried through. */
export const refusalOf = (error: unknown, accountId: string): Refusal => {
  const unavailable = credentialsUnavailable(error)
  if (unavailable !== undefined)
    return {
      kind: unavailable.kind === 'unanswered' ? 'unanswered' : 'failed',
      reason: unavailable.reason,
      fix: unavailable.fix,
    }
  const action = error instanceof OrganizationReadError ? error.action : 'organizations:DescribeOrganization'
  const cause = error instanceof OrganizationReadError ? error.cause : error
  if (awsErrorCode(cause) === 'AWSOrganizationsNotInUseException')
    return {
      kind: 'not-in-use',
      reason: `Account ${accountId} is in no organization.`,
      fix: { summary: 'Connect the management account of an organization, or a delegated administrator.' },
    }
  const failure = awsFailure(cause, action)
  const fix = failure.status === 'ACCESS_DENIED' ? readFix(accountId) : failure.fix
  return { kind: kindOf(failure), reason: failure.reason, fix }
}

/** The refusal as the API answers it to whoever asked for the reading. */
export const refused = ({ kind, reason, fix }: Refusal, cause: unknown): AppError => {
  switch (kind) {
    case 'not-in-use':
      return new AppError('ORGANIZATION_NOT_IN_USE', { message: reason, fix, cause })
    case 'denied':
      return new AppError('AWS_ACCESS_DENIED', { message: reason, fix, cause })
    case 'throttled':
      return new AppError('AWS_THROTTLED', { cause })
    case 'unanswered':
      return new AppError('AWS_UNAVAILABLE', { message: reason, cause })
    case 'failed':
      return new AppError('AWS_CREDENTIALS_INVALID', { message: reason, fix, cause })
  }
}
