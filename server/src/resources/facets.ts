import { inArray, sql, type SQL } from 'drizzle-orm'
import { resourceTypes } from '@dashboard/catalog/catalog.ts'
import type { Database } from '../db/database.ts'
import { awsAccount, resource } from '../db/schema.ts'
import { conditionOf, type Filter, splitTag } from './filter.ts'

export interface FacetValue {
  value: string
  label?: string
  count: number
}

/** What groups resources: by which columns, the value told from those, and which field of the filter chooses of it. */
const dimensions = {
  account: { field: 'accountId', columns: ['account_id'], value: sql`counted.account_id` },
  region: { field: 'region', columns: ['region'], value: sql`counted.region` },
  service: { field: 'service', columns: ['service'], value: sql`counted.service` },
  resourceType: { field: 'resourceType', columns: ['resource_type'], value: sql`counted.resource_type` },
  state: { field: 'state', columns: ['state'], value: sql`counted.state` },
  environment: {
    field: 'environment',
    columns: ['account_id', 'environment'],
    value: sql`coalesce(counted.environment, said.environment)`,
  },
} satisfies Record<string, { field: keyof Filter; columns: string[]; value: SQL }>

type Dimension = keyof typeof dimensions
const dimensionNames = Object.keys(dimensions) as Dimension[]

export type FacetName = Dimension | 'tagKey' | 'tagValue'
export type Facets = Record<FacetName, FacetValue[]>

export interface FacetsWanted {
  filter?: Filter
  /** Also the values of this tag. */
  tagKey?: string | undefined
  /** Default: all. The others stay empty. */
  names?: readonly FacetName[]
}

/** Values to offer for one filter; more than these are found by typing. */
const most = 200

/** What accounts say where resources do not. */
const said = sql`said as materialized (
  select distinct on (a.account_id) a.account_id, e.environment
  from aws_account a join account_environment e on e.connection_id = a.id order by a.account_id, a.created_at)`

/**
 * Counts all of `names` in one pass: every combination that occurs first, of which there are few, then each by itself.
 * Of their columns a row then holds the one that it is grouped by.
 */
const countBy = (names: readonly Dimension[], where: SQL): SQL => {
  const raw = new Set(['account_id', ...names.flatMap((name) => dimensions[name].columns)])
  const columns = sql.raw([...raw].map((column) => `resource.${column}`).join(', '))
  const values = names.map((name) => dimensions[name].value)
  const cases = names.map((name) => sql`when grouping(${dimensions[name].value}) = 0 then ${sql.raw(`'${name}'`)}`)
  const sets = values.map((value) => sql`(${value})`)
  return sql`(
    select case ${sql.join(cases, sql` `)} end as facet, coalesce(${sql.join(values, sql`, `)}) as value,
      sum(counted.n)::int as count
    from (select ${columns}, count(*) as n from ${resource} where ${where} group by ${columns}) counted
    left join said on said.account_id = counted.account_id
    group by grouping sets (${sql.join(sets, sql`, `)}))`
}

const countTagKeys = (where: SQL): SQL => sql`(
  select 'tagKey' as facet, k as value, count(*)::int as count
  from ${resource}, jsonb_object_keys(${resource.tags}) k where ${where}
  group by k order by count(*) desc, k collate "C" limit ${most})`

const countTagValues = (key: string, where: SQL): SQL => sql`(
  select 'tagValue' as facet, tag.value, count(*)::int as count
  from ${resource}, lateral (select ${resource.tags} ->> ${key} as value) tag where tag.value is not null and ${where}
  group by tag.value order by count(*) desc, tag.value collate "C" limit ${most})`

const partsOf = ({ filter = {}, tagKey, names = [...dimensionNames, 'tagKey'] }: FacetsWanted, now: Date): SQL[] => {
  const where = (narrowed: Filter) => conditionOf(narrowed, now) ?? sql`true`
  const isChosen = (name: Dimension) => filter[dimensions[name].field] !== undefined
  const asked = dimensionNames.filter((name) => names.includes(name))
  const free = asked.filter((name) => !isChosen(name))
  const parts = asked
    .filter(isChosen)
    // What choosing another value as well would add.
    .map((name) => countBy([name], where({ ...filter, [dimensions[name].field]: undefined })))
  if (free.length > 0) parts.push(countBy(free, where(filter)))
  // Tags must all match: another key counts under those that are chosen already.
  if (names.includes('tagKey')) parts.push(countTagKeys(where(filter)))
  if (tagKey !== undefined) {
    // Two values of one key cannot hold at once: choosing one replaces the other.
    const otherTags = filter.tag?.filter((tag) => splitTag(tag).key !== tagKey)
    parts.push(countTagValues(tagKey, where({ ...filter, tag: otherTags })))
  }
  return parts
}

interface Row extends Record<string, unknown> {
  facet: FacetName
  value: string | null
  count: number
}

const mostFirst = (a: FacetValue, b: FacetValue): number => b.count - a.count || (a.value < b.value ? -1 : 1)

const valuesOf = (rows: readonly Row[], name: FacetName): FacetValue[] =>
  rows
    .flatMap(({ facet, value, count }) => (facet === name && value !== null ? [{ value, count }] : []))
    .toSorted(mostFirst)
    .slice(0, most)

const labelled = (values: FacetValue[], labels: ReadonlyMap<string, string>): FacetValue[] =>
  values.map((item) => ({ ...item, label: labels.get(item.value) ?? item.value }))

const typeLabels = new Map(resourceTypes.map((type) => [type.resourceType, type.label]))

const accountLabels = async (db: Database, accounts: readonly FacetValue[]): Promise<Map<string, string>> => {
  const accountIds = accounts.map(({ value }) => value)
  const rows = await db
    .select({ accountId: awsAccount.accountId, name: awsAccount.name })
    .from(awsAccount)
    .where(inArray(awsAccount.accountId, accountIds))
  return new Map(rows.map((row) => [row.accountId, row.name]))
}

/** Values of each filter with how many resources choosing it would show: each counted under all the other filters. */
export const readFacets = async (db: Database, wanted: FacetsWanted = {}): Promise<Facets> => {
  // One statement: eight at once would take eight of the pool's connections for every reader.
  const { rows } = await db.execute<Row>(sql`with ${said} ${sql.join(partsOf(wanted, new Date()), sql` union all `)}`)
  const account = valuesOf(rows, 'account')
  return {
    account: labelled(account, await accountLabels(db, account)),
    region: valuesOf(rows, 'region'),
    service: valuesOf(rows, 'service'),
    resourceType: labelled(valuesOf(rows, 'resourceType'), typeLabels),
    state: valuesOf(rows, 'state'),
    environment: valuesOf(rows, 'environment'),
    tagKey: valuesOf(rows, 'tagKey'),
    tagValue: valuesOf(rows, 'tagValue'),
  }
}
