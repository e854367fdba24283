import { lambdaOperation } from './operation-lambda.ts'
import { restOperation } from './operation-rest.ts'
import { type NamedOperation, s3Operation } from './operation-s3.ts'
import type { Protocol } from './protocol.ts'
import { header, type WireRequest } from './wire.ts'

/** IAM's prefix where it differs from the signing name. */
const iamPrefixes: Record<string, string> = { monitoring: 'cloudwatch', email: 'ses' }

/** AWS's operation and IAM's action of a request; a REST call we have no table for is named by its method. */
export function nameOperation(service: string, protocol: Protocol, request: WireRequest): NamedOperation {
  if (service === 's3') return s3Operation(request)
  const operation = operationOf(service, protocol, request)
  // API Gateway alone has actions that are called like HTTP's methods.
  if (service === 'apigateway') return { operation, action: `apigateway:${request.method}` }
  return { operation, action: `${iamPrefixes[service] ?? service}:${operation}` }
}

function operationOf(service: string, protocol: Protocol, request: WireRequest): string {
  if (protocol === 'json') return header(request.headers, 'x-amz-target')?.split('.').at(-1) ?? ''
  if (protocol === 'query' || protocol === 'ec2') return parameters(request).get('Action') ?? ''
  if (service === 'lambda') return lambdaOperation(request.method, request.path)
  return restOperation(service, request.method, request.path)
}

/** The parameters of a query call, from the body or the query string. */
export function parameters(request: WireRequest): URLSearchParams {
  return new URLSearchParams(request.body.length > 0 ? request.body.toString() : request.query)
}

const reads = /^(Describe|List|Get|Head|BatchGet|TransactGet|Query|Scan|Select|Search|Lookup|Simulate|Validate|Filter)/

/** Whether a call may change something. Unknown names count as changes: one line too many in the journal does no harm. */
export function isMutation(call: { protocol: Protocol; operation: string; request: WireRequest }): boolean {
  if (reads.test(call.operation)) return false
  const safe = call.request.method === 'GET' || call.request.method === 'HEAD'
  return !safe || call.protocol === 'query' || call.protocol === 'ec2'
}
