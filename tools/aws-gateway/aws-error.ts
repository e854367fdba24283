import type { Protocol } from './protocol.ts'
import type { Headers } from './wire.ts'

/** The faults AWS itself answers before a service has seen the call. */
export type Fault =
  | 'missing-token'
  | 'incomplete-signature'
  | 'unknown-key'
  | 'invalid-token'
  | 'expired-token'
  | 'signature-mismatch'
  | 'time-skew'
  | 'body-mismatch'
  | 'denied'
  | 'throttled'
  | 'internal'
  | 'unavailable'
  | 'not-implemented'

/** A refusal in AWS's words; `render-error.ts` gives it the protocol's shape. */
export class AwsError extends Error {
  readonly code: string
  readonly status: number
  /** Headers beside the usual ones: `retry-after`. */
  readonly headers: Headers

  constructor(code: string, status: number, message: string, headers: Headers = []) {
    super(message)
    this.code = code
    this.status = status
    this.headers = headers
  }
}

type Answer = [code: string, status: number, message: string]
type Family = 'query' | 'ec2' | 's3' | 'json' | 'rest-json'

const invalidToken = 'The security token included in the request is invalid.'
const expiredToken = 'The security token included in the request is expired'
const notValidated = 'AWS was not able to validate the provided access credentials'
const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'
const unavailable = 'The request has failed due to a temporary failure of the server.'

/** Source: the "Common Errors" page of each service, and S3's and EC2's own error lists. An empty message is filled in by the caller. */
const answers: Record<Fault, Record<Family, Answer>> = {
  'missing-token': {
    query: ['MissingAuthenticationToken', 403, 'Request is missing Authentication Token'],
    ec2: ['MissingAuthenticationToken', 403, 'Request is missing Authentication Token'],
    s3: ['AccessDenied', 403, 'Access Denied'],
    json: ['MissingAuthenticationTokenException', 400, 'Missing Authentication Token'],
    'rest-json': ['MissingAuthenticationTokenException', 403, 'Missing Authentication Token'],
  },
  'incomplete-signature': {
    query: ['IncompleteSignature', 400, ''],
    ec2: ['AuthFailure', 401, notValidated],
    s3: ['AuthorizationHeaderMalformed', 400, ''],
    json: ['IncompleteSignatureException', 400, ''],
    'rest-json': ['IncompleteSignatureException', 403, ''],
  },
  'unknown-key': {
    query: ['InvalidClientTokenId', 403, invalidToken],
    ec2: ['AuthFailure', 401, notValidated],
    s3: ['InvalidAccessKeyId', 403, 'The AWS Access Key Id you provided does not exist in our records.'],
    json: ['UnrecognizedClientException', 400, invalidToken],
    'rest-json': ['UnrecognizedClientException', 403, invalidToken],
  },
  'invalid-token': {
    query: ['InvalidClientTokenId', 403, invalidToken],
    ec2: ['AuthFailure', 401, notValidated],
    s3: ['InvalidToken', 400, 'The provided token is malformed or otherwise invalid.'],
    json: ['UnrecognizedClientException', 400, invalidToken],
    'rest-json': ['UnrecognizedClientException', 403, invalidToken],
  },
  'expired-token': {
    query: ['ExpiredToken', 403, expiredToken],
    ec2: ['RequestExpired', 400, 'Request has expired.'],
    s3: ['ExpiredToken', 400, 'The provided token has expired.'],
    json: ['ExpiredTokenException', 400, expiredToken],
    'rest-json': ['ExpiredTokenException', 403, expiredToken],
  },
  'signature-mismatch': {
    query: ['SignatureDoesNotMatch', 403, mismatch],
    ec2: ['AuthFailure', 401, notValidated],
    s3: [
      'SignatureDoesNotMatch',
      403,
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    ],
    json: ['InvalidSignatureException', 400, mismatch],
    'rest-json': ['InvalidSignatureException', 403, mismatch],
  },
  'time-skew': {
    query: ['SignatureDoesNotMatch', 403, ''],
    ec2: ['RequestExpired', 400, 'Request has expired.'],
    s3: ['RequestTimeTooSkewed', 403, 'The difference between the request time and the current time is too large.'],
    json: ['InvalidSignatureException', 400, ''],
    'rest-json': ['InvalidSignatureException', 403, ''],
  },
  'body-mismatch': {
    query: ['SignatureDoesNotMatch', 403, mismatch],
    ec2: ['AuthFailure', 401, notValidated],
    s3: [
      'XAmzContentSHA256Mismatch',
      400,
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    ],
    json: ['InvalidSignatureException', 400, mismatch],
    'rest-json': ['InvalidSignatureException', 403, mismatch],
  },
  denied: {
    query: ['AccessDenied', 403, ''],
    ec2: ['UnauthorizedOperation', 403, ''],
    s3: ['AccessDenied', 403, ''],
    json: ['AccessDeniedException', 400, ''],
    'rest-json': ['AccessDeniedException', 403, ''],
  },
  throttled: {
    query: ['Throttling', 400, 'Rate exceeded'],
    ec2: ['RequestLimitExceeded', 503, 'Request limit exceeded.'],
    s3: ['SlowDown', 503, 'Please reduce your request rate.'],
    json: ['ThrottlingException', 400, 'Rate exceeded'],
    'rest-json': ['TooManyRequestsException', 429, 'Rate exceeded'],
  },
  internal: {
    query: ['InternalFailure', 500, 'An internal error has occurred'],
    ec2: ['InternalError', 500, 'An internal error has occurred'],
    s3: ['InternalError', 500, 'We encountered an internal error. Please try again.'],
    json: ['InternalFailure', 500, 'An internal error has occurred'],
    'rest-json': ['ServiceException', 500, 'An internal error has occurred'],
  },
  unavailable: {
    query: ['ServiceUnavailable', 503, unavailable],
    ec2: ['Unavailable', 503, unavailable],
    s3: ['ServiceUnavailable', 503, 'Reduce your request rate.'],
    json: ['ServiceUnavailableException', 503, unavailable],
    'rest-json': ['ServiceUnavailableException', 503, unavailable],
  },
  'not-implemented': {
    query: ['InvalidAction', 400, ''],
    ec2: ['InvalidAction', 400, ''],
    s3: ['NotImplemented', 501, 'A header you provided implies functionality that is not implemented.'],
    json: ['UnknownOperationException', 400, ''],
    'rest-json': ['UnknownOperationException', 404, ''],
  },
}

/** The error a service of this protocol gives for a fault; `message` fills in what depends on the call. */
export function awsError(fault: Fault, protocol: Protocol, message = ''): AwsError {
  const [code, status, standard] = answers[fault][protocol === 'rest-xml' ? 'query' : protocol]
  return new AwsError(code, status, standard || message)
}
