import type { Call } from '../call.ts'
import { escapeXml } from '../render-error.ts'
import type { Headers, WireResponse } from '../wire.ts'

/** The items of a page as text, by the element or member that holds them. */
export type Contents = ReadonlyMap<string, readonly string[]>

export interface Continuation {
  name: string
  token: string
}

const namespaces: Record<string, string> = {
  autoscaling: 'http://autoscaling.amazonaws.com/doc/2011-01-01/',
  cloudformation: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
  ec2: 'http://ec2.amazonaws.com/doc/2016-11-15/',
  elasticache: 'http://elasticache.amazonaws.com/doc/2015-02-02/',
  elasticloadbalancing: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
  rds: 'http://rds.amazonaws.com/doc/2014-10-31/',
  s3: 'http://s3.amazonaws.com/doc/2006-03-01/',
  sns: 'http://sns.amazonaws.com/doc/2010-03-31/',
}

/** The body of a list answer, in the protocol of the call. */
export function listBody(call: Call, contents: Contents, next: Continuation | undefined): string {
  return call.protocol === 'json' || call.protocol === 'rest-json'
    ? jsonBody(contents, next)
    : xmlBodies[call.protocol](call, listsOf(contents), next)
}

const xmlBodies = {
  ec2: ({ service, operation, requestId }, lists, next) =>
    `${prologue}<${operation}Response xmlns="${namespaces[service]}"><requestId>${requestId}</requestId>${lists}${elementOf(next)}</${operation}Response>`,
  query: ({ service, operation, requestId }, lists, next) => {
    const truncated = service === 'iam' ? `<IsTruncated>${next !== undefined}</IsTruncated>` : ''
    return `<${operation}Response xmlns="${namespaces[service]}"><${operation}Result>${lists}${truncated}${elementOf(next)}</${operation}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`
  },
  s3: ({ service }, lists, next) =>
    `${prologue}<ListAllMyBucketsResult xmlns="${namespaces[service]}">${lists}${elementOf(next)}</ListAllMyBucketsResult>`,
  'rest-xml': ({ operation }, lists, next) =>
    `${prologue}<${operation}Response>${lists}${elementOf(next)}</${operation}Response>`,
} satisfies Record<string, (call: Call, lists: string, next: Continuation | undefined) => string>

const prologue = '<?xml version="1.0" encoding="UTF-8"?>\n'

const elementOf = (next: Continuation | undefined): string =>
  next === undefined ? '' : `<${next.name}>${escapeXml(next.token)}</${next.name}>`

const listsOf = (contents: Contents): string =>
  [...contents]
    .map(([name, items]) => (items.length > 0 ? `<${name}>${items.join('')}</${name}>` : `<${name}/>`))
    .join('')

function jsonBody(contents: Contents, next: Continuation | undefined): string {
  const lists = [...contents].map(([name, items]) => `${JSON.stringify(name)}:[${items.join(',')}]`)
  const token = next === undefined ? [] : [`${JSON.stringify(next.name)}:${JSON.stringify(next.token)}`]
  return `{${[...lists, ...token].join(',')}}`
}

const types: Record<Call['protocol'], string> = {
  ec2: 'text/xml;charset=UTF-8',
  query: 'text/xml',
  s3: 'application/xml',
  'rest-xml': 'application/xml',
  json: 'application/x-amz-json-1.1',
  'rest-json': 'application/json',
}

/** A good answer; DynamoDB and SQS speak JSON 1.0, which is told by the header alone. */
export function answerOf(call: Call, body: Buffer, status = 200, extra: Headers = []): WireResponse {
  const type =
    call.service === 'dynamodb' || call.service === 'sqs' ? 'application/x-amz-json-1.0' : types[call.protocol]
  const id = call.protocol === 's3' ? 'x-amz-request-id' : 'x-amzn-requestid'
  return { status, headers: [['content-type', type], [id, call.requestId], ...extra], body }
}
