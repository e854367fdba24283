import pg from 'pg'
import { superuser } from './cluster.ts'

/** `refused`: nobody listens (yet); `starting`: the server recovers or stops; `failed`: it will not get better. */
export type Attempt =
  | { kind: 'connected'; client: pg.Client; port: number }
  | { kind: 'refused' | 'starting' | 'failed'; error: Error }

/** SQLSTATE: starting up, shutting down, too many clients. */
const passing = new Set(['57P03', '57P01', '53300'])
const notListening = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'])

const kindOf = (error: Error & { code?: string }): 'refused' | 'starting' | 'failed' => {
  if (passing.has(error.code ?? '')) return 'starting'
  // pg gives no code when the server goes away in the middle of the greeting.
  return error.code === undefined || notListening.has(error.code) ? 'refused' : 'failed'
}

export const connect = async (options: { port: number; password: string; name: string }): Promise<Attempt> => {
  const client = new pg.Client({
    host: '127.0.0.1',
    port: options.port,
    user: superuser,
    password: options.password,
    database: 'postgres',
    application_name: options.name,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
  })
  // Without a listener, a server that dies would end this process too.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return { kind: 'connected', client, port: options.port }
  } catch (error) {
    await client.end().catch(() => undefined)
    return { kind: kindOf(error as Error), error: error as Error }
  }
}
