import type { NodeHttpHandler } from '@smithy/node-http-handler'
import { LRUCache } from 'lru-cache'
import { checkAnswers, type CheckedClient } from './answer-check.ts'
import { type AwsNetwork, createRequestHandler, endpointOptionsOf } from './network.ts'

export interface AwsCredentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
  expiration?: Date
}

/** What the SDK's default chain may be told for its own calls. */
export interface ChainClientConfig {
  requestHandler: NodeHttpHandler
}

/** Asked at every signature; keeps nothing itself. Clients never get static keys, which could not change any more. */
export type CredentialProvider = () => Promise<AwsCredentials>

/** Sends one operation of one service and answers its output, without `$metadata`. @throws the SDK's error */
export type Send = (request: {
  /** Connection the call is made for, `id` or `id|access`; its clients are kept apart. */
  connection: string
  credentials: CredentialProvider
  /** Package suffix: `ec2`, `cloudwatch-logs`. */
  client: string
  region: string
  operation: string
  input: Record<string, unknown>
  signal?: AbortSignal | undefined
}) => Promise<Record<string, unknown>>

interface Client extends CheckedClient {
  send(command: unknown, options?: { abortSignal?: AbortSignal }): Promise<Record<string, unknown>>
  destroy(): void
}
type Constructor<T> = new (argument: unknown) => T
type Sdk = Record<string, unknown>

const packageName = /^[a-z0-9-]+$/
const modules = new Map<string, Promise<Sdk>>()

/** Imported at the first call: all clients at once cost hundreds of megabytes. */
const loadSdk = (client: string): Promise<Sdk> => {
  if (!packageName.test(client)) throw new Error(`no such client: ${client}`)
  const loading = modules.get(client) ?? (import(`@aws-sdk/client-${client}`) as Promise<Sdk>)
  modules.set(client, loading)
  return loading
}

const clientClass = (sdk: Sdk): Constructor<Client> => {
  const name = Object.keys(sdk).find((key) => key.endsWith('Client') && !key.startsWith('__'))
  if (name === undefined) throw new Error('the module exports no client')
  return sdk[name] as Constructor<Client>
}

/**
 * The SDK filters every output for its logger even when that logger does nothing; one without `info` skips the work,
 * which is a tenth of the CPU of a large answer.
 */
const silentLogger = { debug: () => {}, warn: () => {}, error: () => {}, trace: () => {} }

export interface ClientPool {
  send: Send
  /** Drops a connection's clients, for example when its credentials change. */
  forget(connection: string): void
  forgetAll(): void
  close(): void
}

/**
 * One client per connection × region × service, least recently used dropped first. Retries are ours, so the SDK makes
 * one attempt: a retry inside the SDK would hide a throttle from the ledger.
 */
export const createClientPool = (options: { endpoint: string | undefined; network?: AwsNetwork }): ClientPool => {
  const requestHandler = createRequestHandler(options.network)
  const clients = new LRUCache<string, Client>({ max: 2_000 })

  const clientFor = async (request: Parameters<Send>[0]): Promise<{ client: Client; sdk: Sdk }> => {
    const sdk = await loadSdk(request.client)
    const key = `${request.connection}|${request.region}|${request.client}`
    const known = clients.get(key)
    if (known !== undefined) return { client: known, sdk }
    const client = new (clientClass(sdk))({
      region: request.region,
      credentials: request.credentials,
      maxAttempts: 1,
      requestHandler,
      logger: silentLogger,
      ...endpointOptionsOf(options.network),
      ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint, forcePathStyle: true }),
    })
    checkAnswers(client)
    clients.set(key, client)
    return { client, sdk }
  }

  return {
    send: async (request) => {
      const { client, sdk } = await clientFor(request)
      const Command = sdk[`${request.operation}Command`] as Constructor<unknown> | undefined
      if (Command === undefined) throw new Error(`${request.client} has no operation ${request.operation}`)
      const { $metadata: _metadata, ...output } = await client.send(
        new Command(request.input),
        request.signal === undefined ? {} : { abortSignal: request.signal },
      )
      return output
    },
    forget: (connection) => {
      for (const key of clients.keys()) if (key.startsWith(`${connection}|`)) clients.delete(key)
    },
    forgetAll: () => clients.clear(),
    close: () => {
      clients.clear()
      requestHandler.destroy()
    },
  }
}
