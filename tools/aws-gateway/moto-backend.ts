import { Agent, type IncomingMessage, request as httpRequest } from 'node:http'
import { z } from 'zod'
import { awsError } from './aws-error.ts'
import { type IamState, KeyOwner, Role } from './backend-state.ts'
import type { Call } from './call.ts'
import type { JournalEntry } from './journal-file.ts'
import type { MotoProcess } from './moto-process.ts'
import { header, type Headers, pairs, type WireResponse } from './wire.ts'

export interface Backend {
  /** Sends a call at the instant and with the seed of its entry; throws AwsError when moto cannot. */
  send(call: Call, entry: JournalEntry): Promise<WireResponse>
  /** Makes changes again from the journal, in their order; returns their HTTP statuses. */
  replay(entries: readonly JournalEntry[]): Promise<number[]>
}

const Replayed = z.object({ statuses: z.array(z.int()) })

/** moto has ended or is ending; it is on its way back. */
export class BackendGone extends Error {}

type Address = Pick<MotoProcess, 'port' | 'token'>

/** moto behind its launcher. `address` waits until there is one to talk to. */
export function motoBackend(address: () => Promise<Address>): Backend {
  return {
    async send(call, entry) {
      const response = await forward(await address(), entry, call.request.body)
      refuseFailure(call, header(response.headers, 'x-gateway-failure'))
      return { ...response, headers: clientHeaders(response.headers, call) }
    },
    async replay(entries) {
      const answer = await ask(await address(), '/gateway/replay', Buffer.from(JSON.stringify(entries)))
      return Replayed.parse(answer).statuses
    },
  }
}

/** What moto knows about keys and roles. */
export function motoIamState(address: () => Promise<Address>): IamState {
  return {
    findKeyOwner: async (id) =>
      KeyOwner.optional().parse(await ask(await address(), `/gateway/principal/${encodeURIComponent(id)}`)),
    findRole: async (arn) =>
      Role.optional().parse(await ask(await address(), `/gateway/role?arn=${encodeURIComponent(arn)}`)),
  }
}

/** moto holds one lock for all: more connections than this only wait there. */
const agent = new Agent({ keepAlive: true, maxSockets: 8 })

function forward({ port, token }: Address, entry: JournalEntry, body: Buffer): Promise<WireResponse> {
  const headers: Headers = [
    ...entry.headers,
    ['x-gateway-token', token],
    ['x-gateway-time', entry.instant],
    ['x-gateway-seed', entry.seed],
    ['x-moto-account-id', entry.accountId],
    ['content-length', String(body.length)],
  ]
  const path = entry.query ? `${entry.path}?${entry.query}` : entry.path
  return exchange(port, entry.method, path, headers, body)
}

async function ask({ port, token }: Address, path: string, body = Buffer.alloc(0)): Promise<unknown> {
  const headers: Headers = [
    ['host', 'gateway'],
    ['x-gateway-token', token],
    ['content-length', String(body.length)],
  ]
  const response = await exchange(port, body.length > 0 ? 'POST' : 'GET', path, headers, body)
  if (response.status === 404) return undefined
  if (response.status !== 200) throw new Error(`the moto launcher answered ${response.status} to ${path}`)
  return JSON.parse(response.body.toString())
}

function exchange(port: number, method: string, path: string, headers: Headers, body: Buffer): Promise<WireResponse> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      host: '127.0.0.1',
      port,
      method,
      path,
      headers: headers.flat(),
      agent,
      setHost: false,
    })
    request.on('error', (cause) => reject(new BackendGone('moto does not answer', { cause })))
    request.on('response', (message) => resolve(collect(message)))
    request.end(body)
  })
}

async function collect(message: IncomingMessage): Promise<WireResponse> {
  try {
    const chunks: Buffer[] = await message.toArray()
    return { status: message.statusCode ?? 500, headers: pairs(message.rawHeaders), body: Buffer.concat(chunks) }
  } catch (cause) {
    throw new BackendGone('moto broke off its answer', { cause })
  }
}

function refuseFailure(call: Call, failure: string | undefined): void {
  if (failure === 'not-implemented') {
    throw awsError('not-implemented', call.protocol, `The action ${call.operation} is not valid for this web service.`)
  }
  if (failure) throw awsError('internal', call.protocol)
}

const hopByHop = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'server',
  'date',
  'x-amzn-requestid',
  'x-amz-request-id',
])

function clientHeaders(headers: Headers, { requestId, protocol }: Call): Headers {
  const name = protocol === 's3' ? 'x-amz-request-id' : 'x-amzn-requestid'
  return [...headers.filter(([key]) => !hopByHop.has(key)), [name, requestId]]
}
