import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { header, type Headers, type WireRequest } from './wire.ts'

/** The parts of an `AWS4-HMAC-SHA256` Authorization header. */
export interface ParsedAuthorization {
  accessKeyId: string
  date: string
  region: string
  service: string
  signedHeaders: string[]
  signature: string
}

const authorizationShape =
  /^AWS4-HMAC-SHA256\s+Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request,\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/

/** Undefined when the header is absent or not a whole Signature Version 4. */
export function parseAuthorization(value: string | undefined): ParsedAuthorization | undefined {
  const match = authorizationShape.exec(value?.trim() ?? '')
  if (!match) return undefined
  const [, accessKeyId = '', date = '', region = '', service = '', signedHeaders = '', signature = ''] = match
  return { accessKeyId, date, region, service, signedHeaders: signedHeaders.toLowerCase().split(';'), signature }
}

/** Whether the request was signed with this secret, compared in constant time. Looks at no clock. */
export function hasValidSignature(request: WireRequest, parsed: ParsedAuthorization, secretAccessKey: string): boolean {
  const expected = Buffer.from(signatureOf(request, parsed, secretAccessKey), 'hex')
  return timingSafeEqual(expected, Buffer.from(parsed.signature, 'hex'))
}

/** AWS demands that these are under the signature; without it a proxy could change them. */
export function signsWhatItMust(request: WireRequest, parsed: ParsedAuthorization): boolean {
  const required = request.headers.map(([name]) => name).filter((name) => name === 'host' || name.startsWith('x-amz-'))
  return required.every((name) => parsed.signedHeaders.includes(name))
}

/** The instant in `x-amz-date` in milliseconds, or undefined when it is absent or malformed. */
export function signedAt(headers: Headers): number | undefined {
  const value = header(headers, 'x-amz-date') ?? ''
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(value)
  if (!match) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number)
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

/** S3 believes the hash in the header, so the body must really have it; false when it does not. */
export function hasDeclaredBody(request: WireRequest): boolean {
  const declared = header(request.headers, 'x-amz-content-sha256')
  return !declared || !/^[0-9a-f]{64}$/.test(declared) || declared === sha256(request.body)
}

function signatureOf(request: WireRequest, parsed: ParsedAuthorization, secretAccessKey: string): string {
  const scope = `${parsed.date}/${parsed.region}/${parsed.service}/aws4_request`
  const time = header(request.headers, 'x-amz-date') ?? ''
  const canonical = canonicalRequest(request, parsed)
  const key = [parsed.date, parsed.region, parsed.service, 'aws4_request'].reduce(
    (secret: string | Buffer, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${secretAccessKey}`,
  )
  return createHmac('sha256', key)
    .update(`AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`)
    .digest('hex')
}

function canonicalRequest(request: WireRequest, { service, signedHeaders }: ParsedAuthorization): string {
  const lines = signedHeaders.map((name) => `${name}:${canonicalValue(request.headers, name)}\n`)
  return [
    request.method,
    // S3 signs the path as sent; every other service normalises it and encodes it a second time.
    service === 's3' ? request.path : doubleEncoded(request.path),
    canonicalQuery(request.query),
    lines.join(''),
    signedHeaders.join(';'),
    payloadHash(request),
  ].join('\n')
}

function canonicalValue(headers: Headers, name: string): string {
  return headers
    .filter(([key]) => key === name)
    .map(([, value]) => value.trim().replace(/\s+/g, ' '))
    .join(',')
}

function canonicalQuery(query: string): string {
  const pairs = query.split('&').filter(Boolean).map(canonicalPair)
  return pairs
    .toSorted(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

function canonicalPair(pair: string): [string, string] {
  const [name = '', ...value] = pair.split('=')
  return [encode(decode(name)), encode(decode(value.join('=')))]
}

function doubleEncoded(path: string): string {
  const kept: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop()
    else if (segment !== '' && segment !== '.') kept.push(encode(segment))
  }
  return `/${kept.join('/')}${kept.length > 0 && path.endsWith('/') ? '/' : ''}`
}

function payloadHash(request: WireRequest): string {
  const declared = header(request.headers, 'x-amz-content-sha256') ?? ''
  const literal = declared === 'UNSIGNED-PAYLOAD' || declared.startsWith('STREAMING-')
  return literal ? declared : sha256(request.body)
}

/** RFC 3986: encodeURIComponent leaves five characters that AWS encodes. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}
