import { whenOf } from '../../lib/query/changed.ts'
import { changedKeys, queryKeys, type QueryFilter } from '../../lib/query-line.ts'
import { many, one, oneOf, stringifySearch } from '../../lib/search-params.ts'

export const sorts = [
  'name',
  'resourceType',
  'region',
  'accountId',
  'state',
  'lastUpdated',
  'discoveredAt',
  'createdAt',
] as const
export const resourceTabs = ['summary', 'tags', 'relations', 'versions', 'json'] as const
export type ResourceTab = (typeof resourceTabs)[number]

/** Everything the resources page shows, as it stands in the address. */
export interface ResourcesSearch extends QueryFilter {
  sort?: (typeof sorts)[number]
  order?: 'asc' | 'desc'
  page?: string
  after?: string[]
  /** The resource in the inspector. */
  open?: string
  tab?: ResourceTab
  /** The columns shown, when they are not the usual ones; `tag:env` is the value of a tag. */
  columns?: string[]
  /** Rows under headings of this field: one of `groupFields`, or `tag:env`. */
  group?: string
  /** The groups that are open. */
  in?: string[]
  /** Absent: shown where there is room. */
  facets?: 'hidden' | 'shown'
}

/** Drops undefined values: with them, “absent” would have two spellings. */
const present = <T extends object>(value: { [Key in keyof T]: T[Key] | undefined }): T =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T

const filterKeys = [...queryKeys, ...changedKeys, 'text'] as const

export const filterOf = (search: ResourcesSearch): QueryFilter =>
  present<QueryFilter>(Object.fromEntries(filterKeys.map((key) => [key, search[key]])))

/** Everything but the filter, from the first page. */
export const withoutFilter = (search: ResourcesSearch): ResourcesSearch =>
  Object.fromEntries(
    Object.entries(fromFirstPage(search)).filter(([key]) => !filterKeys.some((filterKey) => filterKey === key)),
  )

const when = (value: unknown): string | undefined => whenOf(one(value) ?? '') ?? undefined

const changes = (value: unknown): string[] | undefined => {
  const wanted = many(value)?.map((kind) => kind.toUpperCase())
  const known = ['CREATED', 'CHANGED', 'DELETED'].filter((kind) => wanted?.includes(kind))
  return known.length ? known : undefined
}

export const resourcesSearch = (raw: Record<string, unknown>): ResourcesSearch =>
  present<ResourcesSearch>({
    service: many(raw['service']),
    type: many(raw['type']),
    region: many(raw['region']),
    account: many(raw['account']),
    environment: many(raw['environment']),
    change: changes(raw['change']),
    changedSince: when(raw['changedSince']),
    changedUntil: when(raw['changedUntil']),
    state: many(raw['state']),
    tag: many(raw['tag']),
    text: one(raw['text'])?.slice(0, 256),
    sort: oneOf(sorts, raw['sort']),
    order: oneOf(['asc', 'desc'], raw['order']),
    page: one(raw['page']),
    after: many(raw['after']),
    open: one(raw['open']),
    tab: oneOf(resourceTabs, raw['tab']),
    columns: many(raw['columns']),
    group: groupOf(raw['group']),
    in: many(raw['in']),
    facets: oneOf(['hidden', 'shown'], raw['facets']),
  })

export const resourcePageSearch = (raw: Record<string, unknown>): { tab?: ResourceTab } =>
  present({ tab: oneOf(resourceTabs, raw['tab']) })

export const groupFields = ['service', 'type', 'region', 'account', 'environment', 'state'] as const
export type GroupField = (typeof groupFields)[number]

/** The key of a tag that is a column or a group: `env` in `tag:env`. */
export const tagOf = (field: string): string | undefined => (field.startsWith('tag:') ? field.slice(4) : undefined)

const groupOf = (value: unknown): string | undefined =>
  tagOf(one(value) ?? '') ? one(value) : oneOf(groupFields, value)

/** The same view from its first page: what every change of filter or order leads to. */
export const fromFirstPage = (search: ResourcesSearch): ResourcesSearch => {
  const { page: _page, after: _after, in: _in, ...rest } = search
  return rest
}

/** What a saved view keeps, as a query without `?`: the filter, order, groups and columns, not where somebody is in it. */
export const viewOf = (search: ResourcesSearch): string => {
  const { open: _open, tab: _tab, facets: _facets, ...rest } = fromFirstPage(search)
  return stringifySearch({ ...rest }).slice(1)
}
