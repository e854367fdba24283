import { and, count, eq, inArray, max, min, or, sql, type SQL } from 'drizzle-orm'
import type { Coverage, ScopeStatus } from '@dashboard/contract/vocabulary.ts'
import { isHeldRow } from '../accounts/held.ts'
import type { Database } from '../db/database.ts'
import { awsAccount, scope } from '../db/schema.ts'

/** Which part of the estate is asked about; a missing field means all of it. */
export interface CoverageFilter {
  accountId?: string[] | undefined
  region?: string[] | undefined
  service?: string[] | undefined
  resourceType?: string[] | undefined
}

/** Worst first: what a person should look at. */
const severity: readonly ScopeStatus[] = [
  'FAILED',
  'ACCESS_DENIED',
  'DENIED_BY_SCP',
  'PARTIAL',
  'THROTTLED',
  'NEW',
  'REGION_DISABLED',
  'NOT_SUPPORTED',
  'SUCCEEDED',
]
/** Statuses in which everything that can be known is known. */
const complete = new Set<ScopeStatus>(['SUCCEEDED', 'NOT_SUPPORTED', 'REGION_DISABLED'])

interface Row {
  connectionId: string
  accountId: string
  accountName: string
  status: ScopeStatus
  scopes: number
  oldest: Date | null
  reason: string | null
}

const conditions = (filter: CoverageFilter): SQL | undefined =>
  and(
    filter.accountId && inArray(awsAccount.accountId, filter.accountId),
    // Global listings hold regional resources too: the bucket list answers for every region.
    filter.region && or(inArray(scope.region, filter.region), eq(scope.region, 'global')),
    filter.service && inArray(scope.service, filter.service),
    filter.resourceType && inArray(scope.resourceType, filter.resourceType),
  )

const effectiveStatus = sql<ScopeStatus>`case when ${scope.heldSince} is null then ${scope.status} else 'PARTIAL' end`

const readRows = (db: Database, where: SQL | undefined): Promise<Row[]> =>
  db
    .select({
      connectionId: awsAccount.id,
      accountId: awsAccount.accountId,
      accountName: awsAccount.name,
      // Held rows are not known: whether they still exist is what somebody is asked.
      status: effectiveStatus,
      scopes: count(),
      oldest: min(scope.lastComplete),
      reason: max(
        sql<string | null>`case when ${isHeldRow} then 'The account is paused; this is as of its last discovery.'
          when ${scope.heldSince} is null then ${scope.reason} else 'Much vanished at once; it waits for a confirmation.' end`,
      ),
    })
    .from(scope)
    .innerJoin(awsAccount, eq(awsAccount.id, scope.connectionId))
    .where(where)
    .groupBy(awsAccount.id, effectiveStatus)

const summarise = (rows: readonly Row[]): Coverage => {
  const byStatus: Partial<Record<ScopeStatus, number>> = {}
  for (const row of rows) byStatus[row.status] = (byStatus[row.status] ?? 0) + row.scopes
  const accounts = Map.groupBy(rows, (row) => row.connectionId)
  const times = rows.flatMap((row) => row.oldest ?? [])
  const open = rows.filter((row) => !complete.has(row.status))
  return {
    scopes: { total: rows.reduce((sum, row) => sum + row.scopes, 0), byStatus },
    accounts: {
      total: accounts.size,
      complete: [...accounts.values()].filter((group) => group.every((row) => complete.has(row.status))).length,
    },
    completeAsOf: times.length === 0 ? null : new Date(Math.min(...times.map(Number))).toISOString(),
    gaps: open
      .toSorted((a, b) => severity.indexOf(a.status) - severity.indexOf(b.status) || b.scopes - a.scopes)
      .slice(0, 20)
      .map(({ accountId, accountName, status, scopes, reason }) => ({
        accountId,
        accountName,
        status,
        scopes,
        reason,
      })),
  }
}

/** How much of the asked-for part is known, and since when. */
export const readCoverage = async (db: Database, filter: CoverageFilter = {}): Promise<Coverage> =>
  summarise(await readRows(db, conditions(filter)))

/** The same for each connection of a page. */
export const readCoverageByConnection = async (
  db: Database,
  connectionIds: string[],
): Promise<Map<string, Coverage>> => {
  if (connectionIds.length === 0) return new Map()
  const rows = await readRows(db, inArray(awsAccount.id, connectionIds))
  const groups = Map.groupBy(rows, (row) => row.connectionId)
  return new Map(connectionIds.map((id) => [id, summarise(groups.get(id) ?? [])]))
}
