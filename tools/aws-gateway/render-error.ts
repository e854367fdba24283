import type { AwsError } from './aws-error.ts'
import type { Call } from './call.ts'
import { header, type Headers, type WireResponse } from './wire.ts'

type Rendered = { type: string; body: string; extra?: Headers }

/** An error in the shape of the call's protocol, with the request id where that protocol carries it. */
export function renderError(call: Call, error: AwsError): WireResponse {
  const { type, body, extra = [] } = shapes[call.protocol](call, error)
  // An answer to HEAD has no body: S3 clients read the status alone.
  const bytes = Buffer.from(call.request.method === 'HEAD' ? '' : body)
  const headers: Headers = [['content-type', type], ['x-amzn-requestid', call.requestId], ...extra, ...error.headers]
  return { status: error.status, headers, body: bytes }
}

const shapes: Record<Call['protocol'], (call: Call, error: AwsError) => Rendered> = {
  query: errorResponse,
  'rest-xml': errorResponse,
  ec2: (call, error) => ({
    type: 'text/xml;charset=UTF-8',
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error>${codeAndMessage(error)}</Error></Errors><RequestID>${call.requestId}</RequestID></Response>`,
  }),
  s3: (call, error) => ({
    type: 'application/xml',
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${codeAndMessage(error)}<RequestId>${call.requestId}</RequestId><HostId>${call.requestId}</HostId></Error>`,
    extra: [['x-amz-request-id', call.requestId]],
  }),
  json: (call, error) => ({
    type: header(call.request.headers, 'content-type') ?? 'application/x-amz-json-1.1',
    body: JSON.stringify({ __type: error.code, message: error.message }),
    extra: queryCompatible(call, error),
  }),
  'rest-json': (_call, error) => ({
    type: 'application/json',
    body: JSON.stringify({ Message: error.message }),
    extra: [['x-amzn-errortype', error.code]],
  }),
}

function errorResponse(call: Call, error: AwsError): Rendered {
  const sender = error.status < 500 ? 'Sender' : 'Receiver'
  return {
    type: 'text/xml',
    body: `<ErrorResponse><Error><Type>${sender}</Type>${codeAndMessage(error)}</Error><RequestId>${call.requestId}</RequestId></ErrorResponse>`,
  }
}

/** Where the query protocol's code is not the new one without its ending. */
const oldCodes: Record<string, string> = {
  UnrecognizedClientException: 'InvalidClientTokenId',
  InvalidSignatureException: 'SignatureDoesNotMatch',
}

/** SQS spoke query before it spoke JSON: clients ask for the old codes with this header. */
function queryCompatible(call: Call, error: AwsError): Headers {
  if (!header(call.request.headers, 'x-amzn-query-mode')) return []
  const code = oldCodes[error.code] ?? error.code.replace(/Exception$/, '')
  return [['x-amzn-query-error', `${code};${error.status < 500 ? 'Sender' : 'Receiver'}`]]
}

function codeAndMessage({ code, message }: AwsError): string {
  return `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => entities[char] ?? char)
}
