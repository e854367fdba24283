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
  return { db: drizzle(pool, { schema }), pool, close: () => pool.end() }
}
