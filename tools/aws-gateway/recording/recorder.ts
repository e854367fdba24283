import { Readable } from 'node:stream'
import { callOf } from '../call.ts'
import type { Headers, WireRequest } from '../wire.ts'
import { canonicalInput } from './canonical-input.ts'
import type { RecordedAnswer } from './recording-file.ts'

interface HttpRequest {
  method: string
  path: string
  query?: Record<string, string | string[] | null>
  headers: Record<string, string>
  body?: unknown
}

interface HttpResponse {
  statusCode: number
  headers: Record<string, string>
  body: AsyncIterable<Uint8Array> | Uint8Array | undefined
}

type Deserialize = (next: (args: object) => Promise<object>) => (args: object) => Promise<object>

/** Any client of the AWS SDK for JavaScript v3. */
export interface RecordableClient {
  middlewareStack: {
    add(middleware: never, options: { step: 'deserialize'; priority: 'low'; name: string }): void
  }
}

/**
 * Has every answer a client gets from now on written down, refusals too, as it came over the wire. The client sees it
 * unchanged.
 */
export function recordAnswers(
  client: RecordableClient,
  accountId: string,
  write: (answer: RecordedAnswer) => Promise<void>,
): void {
  const middleware: Deserialize = (next) => async (args) => {
    const result = (await next(args)) as { response: HttpResponse }
    const body = await bytesOf(result.response.body)
    await write(answerOf(accountId, (args as { request: HttpRequest }).request, result.response, body))
    // Buffers know how to be read once more; the stream is spent.
    return { ...result, response: Object.assign(result.response, { body: streamOf(body) }) }
  }
  // Innermost of the step, so that it sees the bytes before the SDK has taken them apart.
  client.middlewareStack.add(middleware as never, { step: 'deserialize', priority: 'low', name: 'recordAnswers' })
}

function answerOf(accountId: string, sent: HttpRequest, response: HttpResponse, body: Buffer): RecordedAnswer {
  const request = wireRequestOf(sent)
  const { service, region, operation } = callOf(request)
  return {
    accountId,
    region,
    service,
    operation,
    input: canonicalInput(request),
    status: response.statusCode,
    headers: keptHeaders(response.headers),
    body: body.toString('utf8'),
  }
}

/** Ids and times of the one answer say nothing about the next. */
const kept = /^(content-type|retry-after|x-amz-bucket-region|x-amzn-errortype|x-amzn-query-error)$/

const keptHeaders = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .map(([name, value]) => [name.toLowerCase(), value] as const)
      .filter(([name]) => kept.test(name)),
  )

function wireRequestOf({ method, path, query = {}, headers, body }: HttpRequest): WireRequest {
  const parameters = Object.entries(query).flatMap(([name, value]) => [value ?? ''].flat().map((one) => [name, one]))
  return {
    method,
    path,
    query: new URLSearchParams(parameters).toString(),
    headers: Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]) satisfies Headers,
    body: typeof body === 'string' ? Buffer.from(body) : bytesSent(body),
  }
}

/** The SDK's JSON bodies are bytes that warn when they are used as text, so only their memory is looked at. */
const bytesSent = (body: unknown): Buffer =>
  body instanceof Uint8Array ? Buffer.from(body.buffer, body.byteOffset, body.byteLength) : Buffer.alloc(0)

async function bytesOf(body: HttpResponse['body']): Promise<Buffer> {
  if (body === undefined) return Buffer.alloc(0)
  if (body instanceof Uint8Array) return Buffer.from(body)
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const streamOf = (body: Buffer): Readable => Readable.from(body.length > 0 ? [body] : [])
