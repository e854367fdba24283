import type { IncomingMessage } from 'node:http'

/** Header names are lower case; a name may come several times. */
export type Headers = [name: string, value: string][]

/** A request as it came over the wire: `path` and `query` are still encoded. */
export interface WireRequest {
  method: string
  path: string
  query: string
  headers: Headers
  body: Buffer
}

export interface WireResponse {
  status: number
  headers: Headers
  body: Buffer
  /** The connection is cut before anything is sent, or after half of the body. */
  breakOff?: 'before-answer' | 'mid-body'
}

/** All values of a header joined as HTTP joins them, or undefined. */
export function header(headers: Headers, name: string): string | undefined {
  const values = headers.filter(([key]) => key === name).map(([, value]) => value)
  return values.length > 0 ? values.join(',') : undefined
}

/** Larger than any request the demo or a test sends; S3's own limit of 5 GB would not fit in memory. */
const maxBodyBytes = 64 * 1024 * 1024

/** Reads the whole request; throws RangeError above 64 MiB. */
export async function readWireRequest(message: IncomingMessage): Promise<WireRequest> {
  const url = message.url ?? '/'
  const mark = url.indexOf('?')
  return {
    method: message.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
    headers: pairs(message.rawHeaders),
    body: await readBody(message),
  }
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > maxBodyBytes) throw new RangeError('request body is larger than 64 MiB')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Node gives names and values in one flat list. */
export function pairs(rawHeaders: string[]): Headers {
  const names = rawHeaders.filter((_, index) => index % 2 === 0)
  return names.map((name, index) => [name.toLowerCase(), rawHeaders[index * 2 + 1] ?? ''])
}
