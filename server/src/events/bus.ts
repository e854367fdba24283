import { sql } from 'drizzle-orm'
import pg from 'pg'
import type { Database, Transaction } from '../db/database.ts'
import type { Logger } from '../log/log.ts'

/** What processes tell each other. Small: PostgreSQL carries at most 8,000 bytes. Readers fetch the rest. */
export type Signal =
  | { type: 'job'; id: string }
  | {
      type: 'resources'
      accountId: string
      region: string
      resourceType: string
      created: number
      changed: number
      deleted: number
    }
  | { type: 'account'; id: string }
  | { type: 'work' }

const channel = 'dashboard'

/** Told to everybody when the transaction commits, and not at all when it does not. */
export const publish = async (db: Database | Transaction, signal: Signal): Promise<void> => {
  await db.execute(sql`select pg_notify(${channel}, ${JSON.stringify(signal)})`)
}

export interface Subscription {
  close(): Promise<void>
}

const reconnectAfter = 1_000

/**
 * Hears every signal of every process. `onGap` is called after each reconnection, since signals sent meanwhile are
 * lost: fetch again then.
 */
export const subscribe = async (
  databaseUrl: string,
  on: { signal: (signal: Signal) => void; gap: () => void; log: Logger },
): Promise<Subscription> => {
  let closed = false
  let client: pg.Client | undefined

  const connect = async (): Promise<void> => {
    const next = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'aws-integration-dashboard listen',
      keepAlive: true,
    })
    next.on('notification', (message) => {
      if (message.payload !== undefined) on.signal(JSON.parse(message.payload) as Signal)
    })
    next.on('error', (err) => on.log.warn({ err }, 'listening connection lost'))
    await next.connect()
    await next.query(`listen ${channel}`)
    // Only a connection that once stood is replaced here: one that never did is tried again by whoever opened it.
    next.once('end', () => {
      // Ending a connection that has ended already would wait for ever.
      if (client === next) client = undefined
      void reconnect()
    })
    client = next
  }

  const reconnect = async (): Promise<void> => {
    while (!closed) {
      await new Promise((resolve) => setTimeout(resolve, reconnectAfter))
      if (closed) return
      try {
        await connect()
        on.gap()
        return
      } catch (err) {
        on.log.warn({ err }, 'listening connection not back yet')
      }
    }
  }

  await connect()
  return {
    close: async () => {
      closed = true
      await client?.end()
    },
  }
}
