import { and, count, desc, eq, lt } from 'drizzle-orm'
import { z } from 'zod'
import type { ResourceVersion } from '@dashboard/contract/resources.ts'
import type { Database } from '../db/database.ts'
import { resource, resourceVersion } from '../db/schema.ts'
import { notFound } from '../errors.ts'
import { decodeToken, encodeToken } from '../paging.ts'

export interface VersionsQuery {
  id: string
  maxResults: number
  nextToken?: string | undefined
}

export interface VersionPage {
  items: ResourceVersion[]
  nextToken?: string
  total: number
}

const shownChanges = 100

const present = (row: typeof resourceVersion.$inferSelect): ResourceVersion => ({
  version: row.version,
  at: row.at.toISOString(),
  kind: row.kind,
  changes: row.changes.slice(0, shownChanges).map(({ path, before, after }) => ({ path, before, after })),
  changedFields: row.changes.length,
})

/** Newest first; `before` is the number of a version. */
export const readVersions = async (
  db: Database,
  rowId: number,
  page: { most: number; before?: number | undefined },
): Promise<ResourceVersion[]> => {
  const rows = await db
    .select()
    .from(resourceVersion)
    .where(
      and(
        eq(resourceVersion.resourceId, rowId),
        page.before === undefined ? undefined : lt(resourceVersion.version, page.before),
      ),
    )
    .orderBy(desc(resourceVersion.version))
    .limit(page.most)
  return rows.map(present)
}

const Cursor = z.tuple([z.int32()])

/** The history of one resource, newest first. @throws AppError NOT_FOUND */
export const listVersions = async (db: Database, query: VersionsQuery): Promise<VersionPage> => {
  const [before] = decodeToken(Cursor, query.nextToken) ?? []
  const [found] = await db.select({ rowId: resource.id }).from(resource).where(eq(resource.uid, query.id))
  if (found === undefined) throw notFound('resource')
  const [versions, [counted]] = await Promise.all([
    readVersions(db, found.rowId, { most: query.maxResults + 1, before }),
    db.select({ total: count() }).from(resourceVersion).where(eq(resourceVersion.resourceId, found.rowId)),
  ])
  const items = versions.slice(0, query.maxResults)
  const last = versions.length > query.maxResults ? items.at(-1) : undefined
  return {
    items,
    total: counted?.total ?? 0,
    ...(last === undefined ? {} : { nextToken: encodeToken([last.version]) }),
  }
}
