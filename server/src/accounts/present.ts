import { count, inArray, isNull, and, eq, max } from 'drizzle-orm'
import type { AWSAccount } from '@dashboard/contract/accounts.ts'
import type { Coverage } from '@dashboard/contract/vocabulary.ts'
import type { Database } from '../db/database.ts'
import { type awsAccount, resource, scope } from '../db/schema.ts'
import { readCoverageByConnection } from '../discovery/coverage.ts'

export type AccountRow = typeof awsAccount.$inferSelect

const nothingScanned: Coverage = {
  scopes: { total: 0, byStatus: {} },
  accounts: { total: 0, complete: 0 },
  completeAsOf: null,
  gaps: [],
}

const readCounts = async (db: Database, ids: string[]) => {
  if (ids.length === 0) return new Map<string, { resources: number; lastAttempt: Date | null }>()
  const counts = await db
    .select({ id: scope.connectionId, resources: count() })
    .from(resource)
    .innerJoin(scope, eq(scope.id, resource.scopeId))
    .where(and(inArray(scope.connectionId, ids), isNull(resource.deletedAt)))
    .groupBy(scope.connectionId)
  const attempts = await db
    .select({ id: scope.connectionId, lastAttempt: max(scope.lastAttempt) })
    .from(scope)
    .where(inArray(scope.connectionId, ids))
    .groupBy(scope.connectionId)
  const resources = new Map(counts.map((row) => [row.id, row.resources]))
  return new Map(
    attempts.map((row) => [row.id, { resources: resources.get(row.id) ?? 0, lastAttempt: row.lastAttempt }]),
  )
}

/** Accounts as the API shows them, with what discovery knows of each. */
export const presentAccounts = async (db: Database, rows: AccountRow[]): Promise<AWSAccount[]> => {
  const ids = rows.map((row) => row.id)
  const [coverage, counts] = await Promise.all([readCoverageByConnection(db, ids), readCounts(db, ids)])
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    accountId: row.accountId,
    partition: row.partition,
    credentialType: row.credentialType,
    credentialId: row.credentialId,
    regions: row.regions,
    defaultRegion: row.defaultRegion,
    roleArn: row.roleArn,
    externalId: row.externalId,
    status: row.status,
    phase: row.phase,
    exposed: row.exposed,
    fix: row.fix,
    lastValidated: row.lastValidated?.toISOString() ?? null,
    lastError: row.lastError,
    permissions: row.permissions,
    tags: row.tags,
    resourceCount: counts.get(row.id)?.resources ?? 0,
    coverage: coverage.get(row.id) ?? nothingScanned,
    lastDiscovered: counts.get(row.id)?.lastAttempt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }))
}
