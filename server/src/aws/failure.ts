import { isBrokenCircuitError } from 'cockatiel'
import { readableOf } from '@dashboard/catalog/read-policy.ts'
import type { Fix, ScopeStatus } from '@dashboard/contract/vocabulary.ts'
import { foreignAnswer } from './foreign-answer.ts'

/** What a failed AWS call means. Denied, throttled and absent stay apart from here to the screen. */
export interface AwsFailure {
  status: Exclude<ScopeStatus, 'NEW' | 'SUCCEEDED' | 'PARTIAL'>
  /** AWS's error code, or the network's. */
  code: string
  /** One sentence for a person; never holds credentials. */
  reason: string
  /** For a denial: the action that was missing. */
  missingAction: string | null
  fix: Fix | null
  /** Worth another try at once. */
  retryable: boolean
}

const denied = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationError',
  'AuthorizationErrorException',
  'Client.UnauthorizedOperation',
  'UnauthorizedOperation',
  'NotAuthorized',
  'AllAccessDisabled',
  'Forbidden',
  '403',
])
const credentialsRefused = new Set([
  'AuthFailure',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
  'MissingAuthenticationToken',
  'CredentialsProviderError',
])
/** Whether AWS refused the credentials themselves, whatever was asked. */
export const isCredentialRefusal = (code: string): boolean => credentialsRefused.has(code)

const throttled = new Set([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
])
const unsupported = new Set([
  'InvalidAction',
  'NotImplemented',
  'UnknownEndpoint',
  'UnknownOperationException',
  'UnsupportedOperation',
  'UnsupportedOperationException',
])
const regionOff = new Set(['OptInRequired', 'RegionDisabledException'])
const network = new Set([
  'ECONNABORTED',
  'ECONNRESET',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  // A name that is not there: without a connection, no name is. See `service-is-absent.ts`.
  'ENOTFOUND',
  'EPIPE',
  'EPROTO',
  // The proxy opens no tunnel.
  'ERR_PROXY_TUNNEL',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'EAI_FAIL',
  'TimeoutError',
  'NetworkingError',
])
/** Somebody else answers in AWS's place: the page of a network to sign in to, a proxy that looks into TLS. */
const otherCertificate =
  /^(?:CERT_|ERR_TLS_CERT_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_(?:GET_ISSUER|VERIFY))/

interface SdkError {
  name?: string
  Code?: string
  code?: string
  message?: string
  $metadata?: { httpStatusCode?: number }
  $fault?: string
}

/** Names that say nothing. Node's is `AggregateError` where a host has several addresses and none of them answers. */
const unnamed = new Set(['Error', 'AggregateError', 'Unknown'])

/** AWS's error code as its own documentation spells it, or the network's. */
export const awsErrorCode = (error: unknown): string => {
  const { name, Code, code } = error as SdkError
  if (Code !== undefined && Code !== '') return Code
  if (name !== undefined && !unnamed.has(name)) return name
  return code ?? 'Unknown'
}

const statement = (action: string): Fix => ({
  summary: `Allow ${action}.`,
  missingActions: [action],
  statement: {
    Sid: sidOf(action),
    Effect: 'Allow',
    Action: [action],
    Resource: readableOf(action.slice(0, action.indexOf(':'))),
  },
})

/** Statement ids are letters and digits only. */
const sidOf = (action: string): string =>
  `Allow${`:${action}`.replaceAll(/[^A-Za-z0-9]+(.)?/g, (_match, next?: string) => (next ?? '').toUpperCase())}`

/** The action AWS names in its own message, which is truer than the one we thought we called. */
const namedAction = (message: string): string | undefined =>
  /not authorized to perform:? ([a-zA-Z0-9-]+:[A-Za-z0-9]+)/.exec(message)?.[1]

const isServiceControlPolicy = (message: string): boolean => /service control policy/i.test(message)

const deniedFailure = (code: string, message: string, action: string): AwsFailure => {
  const missingAction = namedAction(message) ?? action
  if (isServiceControlPolicy(message)) {
    const summary = `A service control policy of the organization denies ${missingAction}; whoever manages the organization can exempt this role.`
    return {
      status: 'DENIED_BY_SCP',
      code,
      reason: `${missingAction} is denied by a service control policy.`,
      missingAction,
      fix: { summary, missingActions: [missingAction] },
      retryable: false,
    }
  }
  return {
    status: 'ACCESS_DENIED',
    code,
    reason: `${missingAction} is denied.`,
    missingAction,
    fix: statement(missingAction),
    retryable: false,
  }
}

const plain = (status: AwsFailure['status'], code: string, reason: string, retryable = false): AwsFailure => ({
  status,
  code,
  reason,
  missingAction: null,
  fix: null,
  retryable,
})

/**
 * Sorts an error of an AWS call into what it says about a scope. `action` is the IAM action of the call, for example
 * `ec2:DescribeVolumes`.
 */
export const awsFailure = (error: unknown, action: string): AwsFailure => {
  if (isBrokenCircuitError(error))
    return plain(
      'FAILED',
      'CircuitOpen',
      'Not asked: the calls before kept failing, so this service rests for a while here.',
    )
  const code = awsErrorCode(error)
  const message = (error as SdkError).message ?? ''
  const http = (error as SdkError).$metadata?.httpStatusCode
  if (code === foreignAnswer) return plain('FAILED', code, `Something else than AWS answered ${action}.`, true)
  if (denied.has(code) || (http === 403 && !credentialsRefused.has(code) && !throttled.has(code)))
    return deniedFailure(code, message, action)
  if (throttled.has(code) || http === 429) return plain('THROTTLED', code, `AWS throttled ${action} (${code}).`, true)
  if (regionOff.has(code)) return plain('REGION_DISABLED', code, 'The region is not enabled for this account.')
  if (unsupported.has(code)) return plain('NOT_SUPPORTED', code, `${action} is not available here (${code}).`)
  if (credentialsRefused.has(code)) return plain('FAILED', code, `AWS does not accept the credentials (${code}).`)
  if (otherCertificate.test(code))
    return plain(
      'FAILED',
      code,
      `Something else than AWS answered ${action}, with another certificate (${code}).`,
      true,
    )
  if (network.has(code)) return plain('FAILED', code, `AWS could not be reached (${code}).`, true)
  if (http !== undefined && http >= 500)
    return plain('FAILED', code, `AWS answered with an error of its own (${code}).`, true)
  return plain('FAILED', code, `${action} failed: ${code}${message === '' ? '' : `: ${message.slice(0, 300)}`}`)
}
