import { count, countDistinct, desc, eq, isNull, isNotNull, sql, and } from 'drizzle-orm'
import type { NeedsYou, Overview } from '@dashboard/contract/overview.ts'
import type { ScopeStatus } from '@dashboard/contract/vocabulary.ts'
import type { Database } from '../db/database.ts'
import { awsAccount, edge, resource, resourceVersion, scope } from '../db/schema.ts'
import { readCoverage } from '../discovery/coverage.ts'
import { listScopes } from '../discovery/scope-list.ts'
import { readLastJob } from '../jobs/jobs.ts'
import { readFacets } from '../resources/facets.ts'

const severityRank = { CRITICAL: 0, HIGH: 1, MEDIUM: 2, LOW: 3 } as const

const needsOfAccounts = async (db: Database): Promise<NeedsYou[]> => {
  const rows = await db.select().from(awsAccount)
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

const wanting: readonly ScopeStatus[] = ['ACCESS_DENIED', 'DENIED_BY_SCP', 'PARTIAL', 'FAILED', 'THROTTLED']

const needsOfScopes = async (db: Database): Promise<NeedsYou[]> => {
  const { rows } = await db.execute<{
    account_id: string
    name: string
    connection_id: string
    status: ScopeStatus
    scopes: number
    reason: string | null
    fix: NeedsYou['fix']
    since: Date | string | null
    scope_id: string
  }>(sql`
    select a.account_id, a.name, a.id as connection_id, s.status, count(*)::int as scopes, min(s.id) as scope_id,
      (array_agg(s.reason order by s.id))[1] as reason, (array_agg(s.fix order by s.id))[1] as fix, min(s.last_attempt) as since
    from scope s join aws_account a on a.id = s.connection_id
    where a.status = 'active' and s.status = any(${sql.param([...wanting])}::text[])
    group by a.account_id, a.name, a.id, s.status, s.reason order by count(*) desc limit 50`)
  return rows.map((row) => ({
    kind: row.status === 'FAILED' || row.status === 'THROTTLED' ? 'SCOPES_FAILED' : 'SCOPES_DENIED',
    severity: row.status === 'FAILED' ? 'MEDIUM' : 'LOW',
    title: `${row.name}: ${row.scopes} ${row.scopes === 1 ? 'scope' : 'scopes'} not fully known`,
    detail: row.reason,
    since: row.since === null ? null : new Date(row.since).toISOString(),
    accountId: row.account_id,
    connectionId: row.connection_id,
    scopeId: row.scopes === 1 ? Number(row.scope_id) : null,
    fix: row.fix,
  }))
}

const needsOfHeldScopes = async (db: Database): Promise<NeedsYou[]> => {
  const { items } = await listScopes(db, { held: true }, { maxResults: 50 })
  const ids = await db.select({ id: awsAccount.id, accountId: awsAccount.accountId }).from(awsAccount)
  const connections = new Map(ids.map((row) => [row.accountId, row.id]))
  return items.map((item) => ({
    kind: 'SCOPE_HELD',
    severity: 'HIGH',
    title: `${item.accountName}: ${item.held?.missing ?? 0} of ${item.resources} ${item.resourceType} in ${item.region} vanished at once`,
    detail: 'Probably a permission or a wrong answer, so nothing is deleted. Confirm if they are really gone.',
    since: item.held?.since ?? null,
    accountId: item.accountId,
    connectionId: connections.get(item.accountId) ?? null,
    scopeId: item.id,
    fix: null,
  }))
}

const recentChanges = async (db: Database): Promise<Overview['recentChanges']> => {
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

/** The estate at a glance: what needs a person, then figures, each with how complete it is. */
export const readOverview = async (db: Database): Promise<Overview> => {
  const live = isNull(resource.deletedAt)
  const [accounts, [resources], [edges], facets, needs, scopeNeeds, heldNeeds, changes, lastJob, coverage] =
    await Promise.all([
      db
        .select({ status: awsAccount.status, exposed: awsAccount.exposed, count: count() })
        .from(awsAccount)
        .groupBy(awsAccount.status, awsAccount.exposed),
      db
        .select({ total: count(), types: countDistinct(resource.resourceType) })
        .from(resource)
        .where(live),
      db
        .select({ total: count() })
        .from(edge)
        .where(and(isNull(edge.validTo), isNotNull(edge.dst))),
      readFacets(db),
      needsOfAccounts(db),
      needsOfScopes(db),
      needsOfHeldScopes(db),
      recentChanges(db),
      readLastJob(db),
      readCoverage(db),
    ])
  const accountsWhere = (test: (row: (typeof accounts)[number]) => boolean) =>
    accounts.filter(test).reduce((sum, row) => sum + row.count, 0)
  const counts = (values: typeof facets.region) =>
    values.map((item) => ({ value: item.value, label: item.label ?? item.value, count: item.count }))
  return {
    accounts: {
      total: accountsWhere(() => true),
      active: accountsWhere((row) => row.status === 'active'),
      inactive: accountsWhere((row) => row.status === 'inactive'),
      error: accountsWhere((row) => row.status === 'error'),
      exposed: accountsWhere((row) => row.exposed),
    },
    regions: facets.region.filter((region) => region.value !== 'global').length,
    resources: resources?.total ?? 0,
    resourceTypes: resources?.types ?? 0,
    relationships: edges?.total ?? 0,
    byService: counts(facets.service),
    byRegion: counts(facets.region),
    byAccount: counts(facets.account),
    needsYou: [...needs, ...heldNeeds, ...scopeNeeds].toSorted(
      (a, b) => severityRank[a.severity] - severityRank[b.severity],
    ),
    recentChanges: changes,
    lastJob,
    coverage,
  }
}
