import { eq } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import type pg from 'pg'
import type { AWSResource } from '@dashboard/contract/resources.ts'
import { consoleUrlOf } from '../aws/partition.ts'
import type { Database } from '../db/database.ts'
import { resource } from '../db/schema.ts'
import { notFound } from '../errors.ts'
import { type Export, exportResources, type ExportQuery } from './export/export.ts'
import { readFacets, type Facets } from './facets.ts'
import type { Filter } from './filter.ts'
import { listResources, type ListQuery, type ResourcePage } from './list.ts'
import { readRelationships } from './relationships.ts'
import { presentSummary, selectSummaries } from './summary.ts'
import { listVersions, readVersions, type VersionPage, type VersionsQuery } from './versions.ts'

export interface FacetsQuery extends Filter {
  tagKey?: string | undefined
}

/** The inventory, read-only. */
export interface Resources {
  list(query: ListQuery): Promise<ResourcePage>
  facets(query: FacetsQuery): Promise<Facets>
  /** @throws AppError NOT_FOUND */
  get(id: string): Promise<AWSResource>
  /** @throws AppError NOT_FOUND */
  versions(query: VersionsQuery): Promise<VersionPage>
  /** To be called when the inventory, or what accounts say of it, has changed. */
  changed(): void
  /** Every row that matches, as a stream; nothing is sent before the first rows are there. */
  export(query: ExportQuery): Promise<Export>
}

const shownVersions = 20

const getResource = async (db: Database, id: string): Promise<AWSResource> => {
  const [row] = await selectSummaries(db).where(eq(resource.uid, id))
  if (row === undefined) throw notFound('resource')
  const [[content], relationships, versions] = await Promise.all([
    db
      .select({ properties: resource.properties, detailError: resource.detailError })
      .from(resource)
      .where(eq(resource.id, row.rowId)),
    readRelationships(db, row.rowId),
    readVersions(db, row.rowId, { most: shownVersions }),
  ])
  return {
    ...presentSummary(row),
    properties: content?.properties ?? {},
    relationships,
    versions,
    consoleUrl: consoleUrlOf(row.arn),
    detailError: content?.detailError ?? null,
  }
}

/** Without a change to the inventory, an answer serves this long: tags and names of accounts may change it as well. */
const keptFor = 30_000

/**
 * Facets by filter. Many browsers ask for the same at once; nobody is answered with what was counted before a change that
 * this process has heard of, since the last change of a discovery is the one after which nobody asks again.
 */
const createFacets = (db: Database) => {
  const recent = new LRUCache<string, Promise<Facets>>({ max: 200, ttl: keptFor })
  return {
    read: ({ tagKey, ...filter }: FacetsQuery): Promise<Facets> => {
      const key = JSON.stringify([tagKey, filter])
      const known = recent.get(key)
      if (known !== undefined) return known
      const counting = readFacets(db, { filter, tagKey })
      recent.set(key, counting)
      counting.catch(() => {
        if (recent.peek(key) === counting) recent.delete(key)
      })
      return counting
    },
    forget: () => recent.clear(),
  }
}

export const createResources = ({ db, pool }: { db: Database; pool: pg.Pool }): Resources => {
  const facets = createFacets(db)
  return {
    list: (query) => listResources(db, query),
    facets: facets.read,
    changed: facets.forget,
    get: (id) => getResource(db, id),
    versions: (query) => listVersions(db, query),
    export: (query) => exportResources({ db, pool }, query),
  }
}
