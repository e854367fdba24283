import { awsError, type AwsError, type Fault } from './aws-error.ts'
import type { AuthenticatedCall, Call, Handler } from './call.ts'
import type { FindCredential } from './credentials.ts'
import { hasDeclaredBody, hasValidSignature, type ParsedAuthorization, signedAt, signsWhatItMust } from './sigv4.ts'
import { header } from './wire.ts'

/** AWS accepts a signature 15 minutes around its own clock. */
const maxSkewMs = 15 * 60 * 1000

/** Lets a call pass only with a valid Signature Version 4 of an active key; throws AwsError otherwise. */
export function authenticate(findCredential: FindCredential, next: Handler): Handler<Call> {
  return async (call) => {
    const refuse = (fault: Fault, message?: string) => awsError(fault, call.protocol, message)
    const authorization = requireAuthorization(call, refuse)
    const sessionToken = header(call.request.headers, 'x-amz-security-token')
    const credential = await findCredential(authorization.accessKeyId, sessionToken)
    if (!credential.found) throw refuse(credential.reason)
    checkTime(call, authorization, refuse)
    if (!hasValidSignature(call.request, authorization, credential.secretAccessKey)) throw refuse('signature-mismatch')
    if (!hasDeclaredBody(call.request)) throw refuse('body-mismatch')
    if (credential.expiresAt !== undefined && credential.expiresAt <= Date.now()) throw refuse('expired-token')
    return next({ ...call, principal: credential.principal } satisfies AuthenticatedCall)
  }
}

type Refuse = (fault: Fault, message?: string) => AwsError

function requireAuthorization(call: Call, refuse: Refuse): ParsedAuthorization {
  const value = header(call.request.headers, 'authorization')
  if (value === undefined) throw refuse('missing-token')
  if (!call.authorization) {
    throw refuse(
      'incomplete-signature',
      `Authorization header is not a whole AWS4-HMAC-SHA256 signature. (Length=${value.length})`,
    )
  }
  if (!signsWhatItMust(call.request, call.authorization)) throw refuse('signature-mismatch')
  return call.authorization
}

function checkTime(call: Call, authorization: ParsedAuthorization, refuse: Refuse): void {
  const at = signedAt(call.request.headers)
  const sent = header(call.request.headers, 'x-amz-date') ?? ''
  if (at === undefined)
    throw refuse(
      'incomplete-signature',
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    )
  if (!sent.startsWith(authorization.date)) throw refuse('signature-mismatch')
  const now = Date.now()
  if (Math.abs(now - at) <= maxSkewMs) return
  const verdict =
    at < now
      ? `expired: ${sent} is now earlier than ${stamp(now - maxSkewMs)}`
      : `not yet current: ${sent} is now later than ${stamp(now + maxSkewMs)}`
  throw refuse('time-skew', `Signature ${verdict} (${stamp(now)} ${at < now ? '-' : '+'} 15 min.)`)
}

function stamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/[-:]|\.\d{3}/g, '')
}
