import { randomUUID } from 'node:crypto'
import { type ParsedAuthorization, parseAuthorization } from './sigv4.ts'
import { nameOperation } from './operation.ts'
import { type Protocol, protocolOf } from './protocol.ts'
import { header, type WireRequest, type WireResponse } from './wire.ts'

/** Who signed a call. `principalArn` is what conditions see: for a session, the role's own ARN. */
export interface Principal {
  kind: 'user' | 'assumed-role' | 'operator'
  accountId: string
  arn: string
  principalArn: string
  userId: string
}

/** One call on its way through the layers. */
export interface Call {
  request: WireRequest
  requestId: string
  protocol: Protocol
  /** The signing name: `ec2`, `s3`, `logs`. Empty when the call is not signed. */
  service: string
  region: string
  /** AWS's operation: `ListBuckets`. */
  operation: string
  /** What IAM calls it: `s3:ListAllMyBuckets`. */
  action: string
  authorization: ParsedAuthorization | undefined
}

export interface AuthenticatedCall extends Call {
  principal: Principal
  /** A page that is answered wrongly though well-formed; the recording back end alone can tell these lies. */
  lie?: 'short-page' | 'repeated-token'
}

export type Handler<C extends Call = AuthenticatedCall> = (call: C) => Promise<WireResponse>

/** Recognises service, Region and operation; judges nothing. */
export function callOf(request: WireRequest): Call {
  const authorization = parseAuthorization(header(request.headers, 'authorization'))
  const service = authorization?.service ?? ''
  const protocol = protocolOf(service, request)
  const { operation, action } = nameOperation(service, protocol, request)
  const region = authorization?.region ?? 'us-east-1'
  return { request, requestId: randomUUID(), protocol, service, region, operation, action, authorization }
}
