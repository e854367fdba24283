import { eq, or } from 'drizzle-orm'
import type { NeedsYou } from '@dashboard/contract/overview.ts'
import type { Database } from '../../db/database.ts'
import { awsAccount } from '../../db/schema.ts'

/** Accounts that are exposed, cannot be reached, or wait for their validation. */
export const needsOfAccounts = async (db: Database): Promise<NeedsYou[]> => {
  const { id, name, accountId, status, phase, exposed, fix, lastError, lastValidated, createdAt } = awsAccount
  const rows = await db
    // Not the permissions: of a large estate they are megabytes.
    .select({ id, name, accountId, status, phase, exposed, fix, lastError, lastValidated, createdAt })
    .from(awsAccount)
    .where(or(exposed, eq(status, 'error'), eq(phase, 'PENDING')))
  return rows.flatMap((row): NeedsYou[] => {
    const about = {
      scopeId: null,
      accountId: row.accountId,
      connectionId: row.id,
      fix: row.fix,
      since: row.lastValidated?.toISOString() ?? null,
    }
    const needs: NeedsYou[] = []
    if (row.exposed) {
      needs.push({
        ...about,
        kind: 'ACCOUNT_EXPOSED',
        severity: 'CRITICAL',
        title: `${row.name} can be entered without its ExternalId`,
        detail: 'Anyone who can make this installation act on a role ARN reaches the account.',
      })
    }
    if (row.status === 'error')
      needs.push({
        ...about,
        kind: 'ACCOUNT_ERROR',
        severity: 'HIGH',
        title: `${row.name} cannot be reached`,
        detail: row.lastError,
      })
    if (row.phase === 'PENDING') {
      needs.push({
        ...about,
        kind: 'ACCOUNT_PENDING',
        severity: 'MEDIUM',
        title: `${row.name} is not validated yet`,
        detail: null,
        since: row.createdAt.toISOString(),
        fix: null,
      })
    }
    return needs
  })
}
