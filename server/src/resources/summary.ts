import { eq, sql, type SQL } from 'drizzle-orm'
import type { ResourceSummary } from '@dashboard/contract/resources.ts'
import type { Database } from '../db/database.ts'
import { accountEnvironment, awsAccount, resource, scope } from '../db/schema.ts'
import { environmentColumns } from './environment.ts'

export const summaryColumns = {
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
  ...environmentColumns,
  createdAt: resource.createdAt,
  discoveredAt: resource.discoveredAt,
  changedAt: resource.changedAt,
  lastSeenAt: scope.lastComplete,
  missingSince: resource.missingSince,
  deletedAt: resource.deletedAt,
}

export interface SummaryRow extends Omit<
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

/** Resources with their scope, their account and its environment; `sortValue` comes along for the next page. */
export const selectSummaries = (db: Database, sortValue: SQL<string> = sql`''`) =>
  db
    .select({ ...summaryColumns, rowId: resource.id, sortValue })
    .from(resource)
    .innerJoin(scope, eq(scope.id, resource.scopeId))
    .innerJoin(awsAccount, eq(awsAccount.id, scope.connectionId))
    .innerJoin(accountEnvironment, eq(accountEnvironment.connectionId, scope.connectionId))

export const presentSummary = (row: SummaryRow): ResourceSummary => ({
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
  environment: row.environment,
  environmentSource: row.environmentSource,
  createdAt: row.createdAt?.toISOString() ?? null,
  discoveredAt: row.discoveredAt.toISOString(),
  lastUpdated: row.changedAt.toISOString(),
  lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  missingSince: row.missingSince?.toISOString() ?? null,
  deletedAt: row.deletedAt?.toISOString() ?? null,
})
