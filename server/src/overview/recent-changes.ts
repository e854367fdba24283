import { desc, eq, sql } from 'drizzle-orm'
import type { Overview } from '@dashboard/contract/overview.ts'
import type { Database } from '../db/database.ts'
import { awsAccount, resource, resourceVersion, scope } from '../db/schema.ts'

/** The last 20, newest first. */
export const readRecentChanges = async (db: Database): Promise<Overview['recentChanges']> => {
  const rows = await db
    .select({
      at: resourceVersion.at,
      kind: resourceVersion.kind,
      resourceId: resource.uid,
      name: resource.name,
      resourceType: resource.resourceType,
      region: resource.region,
      accountId: resource.accountId,
      accountName: awsAccount.name,
      changedFields: sql<number>`jsonb_array_length(${resourceVersion.changes})`,
    })
    .from(resourceVersion)
    .innerJoin(resource, eq(resource.id, resourceVersion.resourceId))
    .innerJoin(scope, eq(scope.id, resource.scopeId))
    .innerJoin(awsAccount, eq(awsAccount.id, scope.connectionId))
    .orderBy(desc(resourceVersion.at))
    .limit(20)
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}
