import { and, desc, eq, lt } from 'drizzle-orm'
import { z } from 'zod'
import type { AccountEvent } from '@dashboard/contract/accounts.ts'
import type { Database } from '../db/database.ts'
import { accountEvent } from '../db/schema.ts'
import { decodeToken, encodeToken } from '../paging.ts'

interface Page {
  id: string
  maxResults: number
  nextToken?: string | undefined
}

const Cursor = z.tuple([z.uuid()])

const present = ({ id, at, kind, actor, detail, permissions }: typeof accountEvent.$inferSelect): AccountEvent => ({
  id,
  at: at.toISOString(),
  kind,
  actor,
  detail,
  permissions,
})

/** What happened to a connection, newest first. */
export const readHistory = async (
  db: Database,
  { id, maxResults, nextToken }: Page,
): Promise<{ items: AccountEvent[]; nextToken?: string }> => {
  const before = decodeToken(Cursor, nextToken)?.[0]
  const rows = await db
    .select()
    .from(accountEvent)
    .where(and(eq(accountEvent.connectionId, id), before === undefined ? undefined : lt(accountEvent.id, before)))
    .orderBy(desc(accountEvent.id))
    .limit(maxResults + 1)
  const page = rows.slice(0, maxResults)
  const last = rows.length > maxResults ? page.at(-1) : undefined
  return { items: page.map(present), ...(last === undefined ? {} : { nextToken: encodeToken([last.id]) }) }
}
