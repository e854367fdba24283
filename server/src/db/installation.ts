import { uuidv7 } from 'uuidv7'
import type { Database } from './database.ts'
import { installation } from './schema.ts'

/** This installation's id: made once, bound into every ciphertext and token. */
export const ensureInstallation = async (db: Database): Promise<string> => {
  await db.insert(installation).values({ id: uuidv7() }).onConflictDoNothing({ target: installation.only })
  const [row] = await db.select().from(installation)
  if (row === undefined) throw new Error('no installation row after inserting one')
  return row.id
}
