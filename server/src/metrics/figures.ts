import { count, eq, isNull } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { awsAccount, resource, scope } from '../db/schema.ts'

/** The figures of the business that `/metrics` shows. */
export const readFigures = async (db: Database) => {
  const [[accounts], [resources], scopes] = await Promise.all([
    db.select({ total: count() }).from(awsAccount).where(eq(awsAccount.status, 'active')),
    db.select({ total: count() }).from(resource).where(isNull(resource.deletedAt)),
    db.select({ status: scope.status, total: count() }).from(scope).groupBy(scope.status),
  ])
  return {
    accounts: accounts?.total ?? 0,
    resources: resources?.total ?? 0,
    scopesByStatus: Object.fromEntries(scopes.map((row) => [row.status, row.total])),
  }
}
