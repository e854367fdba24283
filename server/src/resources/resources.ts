import { and, count, desc, eq, inArray, isNull, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import type {
  AWSResource,
  ResourceRelationship,
  ResourceSort,
  ResourceSummary,
  ResourceVersion,
} from '@dashboard/contract/resources.ts'
import type { Coverage, RelationshipKind } from '@dashboard/contract/vocabulary.ts'
import { cachedFor } from '../cached-for.ts'
import { consoleUrlOf } from '../aws/partition.ts'
import type { Database } from '../db/database.ts'
import { awsAccount, edge, resource, resourceVersion, scope } from '../db/schema.ts'
import { readCoverage } from '../discovery/coverage.ts'
import { notFound } from '../errors.ts'
import { decodeToken, encodeToken } from '../paging.ts'
import { readFacets, type Facets } from './facets.ts'
import { conditionOf, type Filter } from './filter.ts'

export interface ListQuery extends Filter {
  sort: ResourceSort
  order: 'asc' | 'desc'
  maxResults: number
  nextToken?: string | undefined
}

export interface Resources {
  list(query: ListQuery): Promise<{ items: ResourceSummary[]; nextToken?: string; total: number; coverage: Coverage }>
  facets(): Promise<Facets>
  get(id: string): Promise<AWSResource>
}

/** Sorted by value, then by id, so that equal values page without gaps. Missing values sort as the empty string. */
const sortValues = {
  name: sql<string>`lower(${resource.name})`,
  resourceType: sql<string>`${resource.resourceType}`,
  region: sql<string>`${resource.region}`,
  accountId: sql<string>`${resource.accountId}`,
  state: sql<string>`coalesce(${resource.state}, '')`,
  lastUpdated: sql<string>`to_char(${resource.changedAt} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US')`,
  discoveredAt: sql<string>`to_char(${resource.discoveredAt} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US')`,
  createdAt: sql<string>`coalesce(to_char(${resource.createdAt} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '')`,
} satisfies Record<ResourceSort, SQL>

const summaryColumns = {
  id: resource.uid,
  arn: resource.arn,
  resourceId: resource.nativeId,
  accountId: resource.accountId,
  accountName: awsAccount.name,
  region: resource.region,
  service: resource.service,
  resourceType: resource.resourceType,
  name: resource.name,
  state: resource.state,
  tags: resource.tags,
  createdAt: resource.createdAt,
  discoveredAt: resource.discoveredAt,
  changedAt: resource.changedAt,
  lastSeenAt: scope.lastComplete,
  missingSince: resource.missingSince,
  deletedAt: resource.deletedAt,
}

const selectSummaries = (db: Database) =>
  db
    .select({ ...summaryColumns, rowId: resource.id })
    .from(resource)
    .innerJoin(scope, eq(scope.id, resource.scopeId))
    .innerJoin(awsAccount, eq(awsAccount.id, scope.connectionId))

interface SummaryRow extends Omit<
  ResourceSummary,
  'createdAt' | 'discoveredAt' | 'lastUpdated' | 'lastSeenAt' | 'missingSince' | 'deletedAt'
> {
  createdAt: Date | null
  discoveredAt: Date
  changedAt: Date
  lastSeenAt: Date | null
  missingSince: Date | null
  deletedAt: Date | null
}

const present = (row: SummaryRow): ResourceSummary => ({
  id: row.id,
  arn: row.arn,
  resourceId: row.resourceId,
  accountId: row.accountId,
  accountName: row.accountName,
  region: row.region,
  service: row.service,
  resourceType: row.resourceType,
  name: row.name,
  state: row.state,
  tags: row.tags,
  createdAt: row.createdAt?.toISOString() ?? null,
  discoveredAt: row.discoveredAt.toISOString(),
  lastUpdated: row.changedAt.toISOString(),
  lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  missingSince: row.missingSince?.toISOString() ?? null,
  deletedAt: row.deletedAt?.toISOString() ?? null,
})

const Cursor = z.tuple([z.string(), z.int()])

const relationshipsOf = async (db: Database, rowId: number): Promise<ResourceRelationship[]> => {
  const other = alias(resource, 'other')
  const columns = {
    kind: edge.kind,
    target: edge.targetKey,
    targetType: edge.targetType,
    reverse: edge.reverse,
    otherArn: other.arn,
    other: {
      id: other.uid,
      name: other.name,
      resourceType: other.resourceType,
      region: other.region,
      accountId: other.accountId,
      state: other.state,
    },
  }
  const [outgoing, incoming] = await Promise.all([
    db
      .select(columns)
      .from(edge)
      .leftJoin(other, eq(other.id, edge.dst))
      .where(and(eq(edge.src, rowId), isNull(edge.validTo)))
      .orderBy(edge.kind, edge.targetType, edge.targetKey)
      .limit(500),
    db
      .select(columns)
      .from(edge)
      .innerJoin(other, eq(other.id, edge.src))
      .where(and(eq(edge.dst, rowId), isNull(edge.validTo)))
      .orderBy(edge.kind, other.resourceType, other.name)
      .limit(500),
  ])
  // A reversed edge is written down at its target: a security group's rule names who may come in.
  const declared = outgoing.map((row): ResourceRelationship => ({
    kind: row.kind as RelationshipKind,
    direction: row.reverse ? 'in' : 'out',
    declaredBy: 'this',
    target: row.target,
    targetType: row.targetType,
    resource: row.other,
  }))
  const told = incoming.map((row): ResourceRelationship => ({
    kind: row.kind as RelationshipKind,
    direction: row.reverse ? 'out' : 'in',
    declaredBy: 'other',
    target: row.otherArn,
    targetType: row.other.resourceType,
    resource: row.other,
  }))
  return [...declared, ...told]
}

const shownChanges = 100

const versionsOf = async (db: Database, rowId: number): Promise<ResourceVersion[]> => {
  const rows = await db
    .select()
    .from(resourceVersion)
    .where(eq(resourceVersion.resourceId, rowId))
    .orderBy(desc(resourceVersion.version))
    .limit(200)
  return rows.map((row) => ({
    version: row.version,
    at: row.at.toISOString(),
    kind: row.kind,
    changes: row.changes.slice(0, shownChanges).map(({ path, before, after }) => ({ path, before, after })),
    changedFields: row.changes.length,
  }))
}

/** The inventory, read-only. */
export const createResources = (options: { db: Database }): Resources => {
  const { db } = options
  // Browsers refetch it at every change of a running discovery; a figure two seconds old serves as well.
  const facets = cachedFor(2_000, () => readFacets(db))
  return {
    list: async (query) => {
      const where = conditionOf(query)
      const after = decodeToken(Cursor, query.nextToken)
      const value = sortValues[query.sort]
      const direction = query.order === 'asc' ? sql.raw('asc') : sql.raw('desc')
      const beyond = query.order === 'asc' ? sql.raw('>') : sql.raw('<')
      const [page, [counted], coverage] = await Promise.all([
        db
          .select({ ...summaryColumns, rowId: resource.id, sortValue: value })
          .from(resource)
          .innerJoin(scope, eq(scope.id, resource.scopeId))
          .innerJoin(awsAccount, eq(awsAccount.id, scope.connectionId))
          .where(
            and(
              where,
              after &&
                sql`(${value} collate "C", ${resource.id}) ${beyond} (${after[0]} collate "C", ${after[1]}::bigint)`,
            ),
          )
          .orderBy(sql`${value} collate "C" ${direction}, ${resource.id} ${direction}`)
          .limit(query.maxResults + 1),
        db.select({ total: count() }).from(resource).where(where),
        readCoverage(db, query),
      ])
      const rows = page.slice(0, query.maxResults)
      const last = page.length > query.maxResults ? rows.at(-1) : undefined
      return {
        items: rows.map(present),
        total: counted?.total ?? 0,
        coverage,
        ...(last === undefined ? {} : { nextToken: encodeToken([last.sortValue, last.rowId]) }),
      }
    },

    facets,

    get: async (id) => {
      const [row] = await selectSummaries(db).where(eq(resource.uid, id))
      if (row === undefined) throw notFound('resource')
      const [[content], relationships, versions] = await Promise.all([
        db
          .select({ properties: resource.properties, detailError: resource.detailError })
          .from(resource)
          .where(inArray(resource.id, [row.rowId])),
        relationshipsOf(db, row.rowId),
        versionsOf(db, row.rowId),
      ])
      return {
        ...present(row),
        properties: content?.properties ?? {},
        relationships,
        versions,
        consoleUrl: consoleUrlOf(row.arn),
        detailError: content?.detailError ?? null,
      }
    },
  }
}
