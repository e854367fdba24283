import type pg from 'pg'

export interface Query {
  sql: string
  params: unknown[]
}

/** Who reads nothing for so long gives back connection and snapshot: an open one keeps the database from tidying up. */
const patience = '60s'

/**
 * Rows of a query as arrays of values, `batch` at a time, all from one snapshot. Holds one connection until it ends or
 * is returned.
 */
export async function* readByCursor(
  pool: pg.Pool,
  query: Query,
  batch: number,
): AsyncGenerator<unknown[][], void, void> {
  const client = await pool.connect()
  let failure: Error | undefined
  try {
    await client.query('begin isolation level repeatable read read only')
    await client.query(`set local idle_in_transaction_session_timeout = '${patience}'`)
    await client.query(`declare rows_to_send no scroll cursor for ${query.sql}`, query.params)
    for (;;) {
      const { rows } = await client.query<unknown[]>({
        text: `fetch forward ${batch} from rows_to_send`,
        rowMode: 'array',
      })
      if (rows.length === 0) return
      yield rows
    }
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error))
    throw error
  } finally {
    // A connection of unknown state is not used again.
    if (failure === undefined) await client.query('rollback').catch((error: Error) => (failure = error))
    client.release(failure)
  }
}
