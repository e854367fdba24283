import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import * as schema from './schema.ts'

export type Database = NodePgDatabase<typeof schema>
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]

export interface DatabaseConnection {
  db: Database
  pool: pg.Pool
  close(): Promise<void>
}

/** Deadlock and serialisation failure: PostgreSQL chose one of two transactions to begin anew. */
const beginAnew = new Set(['40P01', '40001'])
const attempts = 6

const codeOf = (error: unknown): unknown => {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
  return (cause as { code?: unknown }).code
}

/** The library's own transaction over a pool keeps the connection for ever when `begin` fails; here it always goes back. */
const once = async <Result>(pool: pg.Pool, work: (tx: Transaction) => Promise<Result>): Promise<Result> => {
  const client = await pool.connect()
  try {
    return await drizzle(client, { schema }).transaction(work)
  } finally {
    client.release()
  }
}

/** Runs `work` in a transaction, again when PostgreSQL asks for it: it must do nothing that its rollback does not undo. */
const transact = async <Result>(pool: pg.Pool, work: (tx: Transaction) => Promise<Result>): Promise<Result> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(pool, work)
    } catch (error) {
      if (attempt === attempts || !beginAnew.has(String(codeOf(error)))) throw error
      await new Promise((resolve) => setTimeout(resolve, 10 * 2 ** attempt * Math.random()))
    }
  }
}

/** Opens a pool; connections are made on first use. */
export const openDatabase = (
  url: string,
  options: { max: number; onError: (error: Error) => void },
): DatabaseConnection => {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max,
    application_name: 'aws-integration-dashboard',
    // A request that cannot have a connection in this time is told so rather than left hanging.
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
  })
  pool.on('error', options.onError)
  // A connection in use emits its end itself; unheard, that would end the process. The query under way fails as well.
  pool.on('connect', (client) => client.on('error', options.onError))
  const db = drizzle(pool, { schema })
  db.transaction = (work) => transact(pool, work)
  return { db, pool, close: () => pool.end() }
}
