import { count, desc, eq, isNull, sql } from 'drizzle-orm'
import { resourceTypes } from '@dashboard/catalog/catalog.ts'
import type { Database } from '../db/database.ts'
import { awsAccount, resource } from '../db/schema.ts'

export interface FacetValue {
  value: string
  label?: string
  count: number
}

export interface Facets {
  account: FacetValue[]
  region: FacetValue[]
  service: FacetValue[]
  resourceType: FacetValue[]
  state: FacetValue[]
  tagKey: FacetValue[]
}

/** Values to offer for one filter; more than these are found by typing. */
const most = 200

const labels = new Map(resourceTypes.map((type) => [type.resourceType, type.label]))

/** Values of each filter with how many live resources have them. */
export const readFacets = async (db: Database): Promise<Facets> => {
  const live = isNull(resource.deletedAt)
  const by = (
    column: typeof resource.region | typeof resource.service | typeof resource.resourceType | typeof resource.state,
  ) =>
    db
      .select({ value: sql<string>`${column}`, count: count() })
      .from(resource)
      .where(sql`${live} and ${column} is not null`)
      .groupBy(column)
      .orderBy(desc(count()), column)
      .limit(most)
  const [account, region, service, types, state, tags] = await Promise.all([
    db
      .select({ value: resource.accountId, label: awsAccount.name, count: count() })
      .from(resource)
      .innerJoin(awsAccount, eq(awsAccount.accountId, resource.accountId))
      .where(live)
      .groupBy(resource.accountId, awsAccount.name)
      .orderBy(desc(count()), resource.accountId)
      .limit(most),
    by(resource.region),
    by(resource.service),
    by(resource.resourceType),
    by(resource.state),
    db.execute<{ value: string; count: number }>(sql`
      select k as value, count(*)::int as count from ${resource}, jsonb_object_keys(${resource.tags}) k where ${live}
      group by k order by count(*) desc, k limit ${most}`),
  ])
  const resourceType = types.map((row) => ({ ...row, label: labels.get(row.value) ?? row.value }))
  return { account, region, service, resourceType, state, tagKey: tags.rows }
}
