import { and, count, eq, sql, type SQL } from 'drizzle-orm'
import { z } from 'zod'
import type { ResourceSummary } from '@dashboard/contract/resources.ts'
import type { Coverage } from '@dashboard/contract/vocabulary.ts'
import type { Database } from '../db/database.ts'
import { resource } from '../db/schema.ts'
import { readCoverage } from '../discovery/coverage.ts'
import { decodeToken, encodeToken } from '../paging.ts'
import { conditionOf, type Filter } from './filter.ts'
import { beyond, orderOf, positionOf, type Sorting, type SortPosition } from './sort.ts'
import { presentSummary, selectSummaries } from './summary.ts'

export interface ListQuery extends Filter, Sorting {
  maxResults: number
  nextToken?: string | undefined
}

export interface ResourcePage {
  items: ResourceSummary[]
  nextToken?: string
  total: number
  coverage: Coverage
}

const Cursor = z.tuple([z.string(), z.int()])

/**
 * So few are found by the filter first and sorted then. Left to guess, PostgreSQL may rather walk the whole estate in
 * the order of the list, in the hope of a match soon: seconds, where there are few or none.
 */
const few = 2_000

const foundFirst = (where: SQL | undefined): SQL =>
  sql`${resource.id} = any(array(select ${resource.id} from ${resource} where ${where ?? sql`true`}))`

const readPage = async (db: Database, query: ListQuery, where: SQL | undefined, after: SortPosition | undefined) => {
  // Without the accounts and scopes: they would be looked up for every match before the page is cut.
  const page = db
    .select({ rowId: sql<number>`${resource.id}`.as('row_id') })
    .from(resource)
    .where(and(where, after && beyond(query, after)))
    .orderBy(orderOf(query))
    .limit(query.maxResults + 1)
    .as('page')
  return selectSummaries(db, positionOf(query)).innerJoin(page, eq(page.rowId, resource.id)).orderBy(orderOf(query))
}

/** A page of the inventory, with how many match in all and how much of the estate that covers. */
export const listResources = async (db: Database, query: ListQuery): Promise<ResourcePage> => {
  const where = conditionOf(query, new Date())
  const after = decodeToken(Cursor, query.nextToken)
  const [[counted], coverage] = await Promise.all([
    db.select({ total: count() }).from(resource).where(where),
    readCoverage(db, query),
  ])
  const total = counted?.total ?? 0
  const found = total === 0 ? [] : await readPage(db, query, total <= few ? foundFirst(where) : where, after)
  const rows = found.slice(0, query.maxResults)
  const last = found.length > query.maxResults ? rows.at(-1) : undefined
  return {
    items: rows.map(presentSummary),
    total,
    coverage,
    ...(last === undefined ? {} : { nextToken: encodeToken([last.sortValue, last.rowId]) }),
  }
}
