import { header, type WireRequest } from './wire.ts'

/** The shape of an answer. S3 has its own error shape among the rest-xml services. */
export type Protocol = 'query' | 'ec2' | 's3' | 'rest-xml' | 'json' | 'rest-json'

const restXml = new Set(['cloudfront', 'route53', 's3-outposts'])

/** Tells the protocol from what the client sent, as the service itself fixes it. */
export function protocolOf(service: string, request: WireRequest): Protocol {
  if (service === 's3') return 's3'
  if (service === 'ec2') return 'ec2'
  if (header(request.headers, 'x-amz-target')) return 'json'
  if (restXml.has(service)) return 'rest-xml'
  if (isForm(request)) return 'query'
  return 'rest-json'
}

function isForm(request: WireRequest): boolean {
  const type = header(request.headers, 'content-type') ?? ''
  return type.startsWith('application/x-www-form-urlencoded') || /(^|&)Action=/.test(request.query)
}
