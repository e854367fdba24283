import { and, count, countDistinct, isNotNull, isNull } from 'drizzle-orm'
import type { NeedsYou, Overview } from '@dashboard/contract/overview.ts'
import type { OwnIdentity } from '../accounts/own-identity.ts'
import type { Database } from '../db/database.ts'
import { awsAccount, edge, resource } from '../db/schema.ts'
import { readCoverage } from '../discovery/coverage.ts'
import { readLastJob } from '../jobs/jobs.ts'
import { needsOfOrganizations } from '../organizations/needs.ts'
import { type FacetValue, readFacets } from '../resources/facets.ts'
import { readChangesByDay } from './changes-by-day.ts'
import { readChecklist } from './checklist.ts'
import { needsOfAccounts } from './needs/needs-of-accounts.ts'
import { needsOfHeldScopes } from './needs/needs-of-held-scopes.ts'
import { needsOfPermissions } from './needs/needs-of-permissions.ts'
import { needsOfScopes } from './needs/needs-of-scopes.ts'
import { readRecentChanges } from './recent-changes.ts'

export interface OverviewSources {
  db: Database
  /** Asked only while no account proves that there is one. */
  ownIdentity: (region: string) => Promise<OwnIdentity>
}

const severityRank = { CRITICAL: 0, HIGH: 1, MEDIUM: 2, LOW: 3 } as const

/** What waits for a person, worst first. */
const readNeeds = async (db: Database): Promise<NeedsYou[]> => {
  const needs = await Promise.all([
    needsOfAccounts(db),
    needsOfHeldScopes(db),
    needsOfPermissions(db),
    needsOfOrganizations(db),
    needsOfScopes(db),
  ])
  return needs.flat().toSorted((a, b) => severityRank[a.severity] - severityRank[b.severity])
}

const readAccounts = async (db: Database): Promise<Overview['accounts']> => {
  const rows = await db
    .select({ status: awsAccount.status, exposed: awsAccount.exposed, count: count() })
    .from(awsAccount)
    .groupBy(awsAccount.status, awsAccount.exposed)
  const sumOf = (test: (row: (typeof rows)[number]) => boolean): number =>
    rows.filter(test).reduce((sum, row) => sum + row.count, 0)
  return {
    total: sumOf(() => true),
    active: sumOf((row) => row.status === 'active'),
    inactive: sumOf((row) => row.status === 'inactive'),
    error: sumOf((row) => row.status === 'error'),
    exposed: sumOf((row) => row.exposed),
  }
}

const labelled = (values: readonly FacetValue[]): Overview['byRegion'] =>
  values.map((item) => ({ value: item.value, label: item.label ?? item.value, count: item.count }))

/** The estate at a glance: what needs a person, then figures, each with how complete it is. */
export const readOverview = async ({ db, ownIdentity }: OverviewSources): Promise<Overview> => {
  const [accounts, [resources], [edges], facets, needsYou, recentChanges, changesByDay, checklist, lastJob, coverage] =
    await Promise.all([
      readAccounts(db),
      db
        .select({ total: count(), types: countDistinct(resource.resourceType) })
        .from(resource)
        .where(isNull(resource.deletedAt)),
      db
        .select({ total: count() })
        .from(edge)
        .where(and(isNull(edge.validTo), isNotNull(edge.dst))),
      readFacets(db, { names: ['service', 'region', 'account'] }),
      readNeeds(db),
      readRecentChanges(db),
      readChangesByDay(db),
      readChecklist(db, ownIdentity),
      readLastJob(db),
      readCoverage(db),
    ])
  return {
    accounts,
    regions: facets.region.filter((region) => region.value !== 'global').length,
    resources: resources?.total ?? 0,
    resourceTypes: resources?.types ?? 0,
    relationships: edges?.total ?? 0,
    byService: labelled(facets.service),
    byRegion: labelled(facets.region),
    byAccount: labelled(facets.account),
    needsYou,
    recentChanges,
    changesByDay,
    checklist,
    lastJob,
    coverage,
  }
}
