import { sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'

/**
 * What is kept how long. History of resources (versions, ended edges, deleted rows) stays: it is what people look for.
 * What only told how we worked goes.
 */
const rules = [
  sql`delete from scan_run where finished_at < now() - interval '30 days'`,
  sql`delete from job where ended_at < now() - interval '90 days'`,
  sql`delete from refresh_token where expires_at < now() - interval '1 day'`,
  sql`delete from session where coalesce(revoked_at, expires_at) < now() - interval '30 days'`,
] as const

/** Removes what nobody needs any more. Any number of processes may sweep. */
export const sweep = async (db: Database): Promise<void> => {
  for (const rule of rules) await db.execute(rule)
}
