import { eq } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import type pg from 'pg'
import type { AWSResource } from '@dashboard/contract/resources.ts'
import { consoleUrlOf } from '../aws/partition.ts'
import { cachedFor } from '../cached-for.ts'
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

/** Browsers refetch them at every change of a running discovery; a figure two seconds old serves as well. */
const createFacets = (db: Database): Resources['facets'] => {
  const recent = new LRUCache<string, () => Promise<Facets>>({ max: 200 })
  return ({ tagKey, ...filter }) => {
    const key = JSON.stringify([tagKey, filter])
    const known = recent.get(key)
    if (known !== undefined) return known()
    const read = cachedFor(2_000, () => readFacets(db, { filter, tagKey }))
    recent.set(key, read)
    return read()
  }
}

export const createResources = ({ db, pool }: { db: Database; pool: pg.Pool }): Resources => ({
  list: (query) => listResources(db, query),
  facets: createFacets(db),
  get: (id) => getResource(db, id),
  versions: (query) => listVersions(db, query),
  export: (query) => exportResources({ db, pool }, query),
})
