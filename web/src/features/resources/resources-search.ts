import { many, one, oneOf } from '../../lib/search-params.ts'
import { queryKeys, type QueryFilter } from '../../lib/query-line.ts'

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
  /** The columns shown, when they are not the usual ones. */
  columns?: string[]
  /** Absent: shown where there is room. */
  facets?: 'hidden' | 'shown'
}

/** Drops undefined values: with them, “absent” would have two spellings. */
const present = <T extends object>(value: { [Key in keyof T]: T[Key] | undefined }): T =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T

export const filterOf = (search: ResourcesSearch): QueryFilter =>
  present<QueryFilter>({ ...Object.fromEntries(queryKeys.map((key) => [key, search[key]])), text: search.text })

export const resourcesSearch = (raw: Record<string, unknown>): ResourcesSearch =>
  present<ResourcesSearch>({
    service: many(raw['service']),
    type: many(raw['type']),
    region: many(raw['region']),
    account: many(raw['account']),
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
    facets: oneOf(['hidden', 'shown'], raw['facets']),
  })

export const resourcePageSearch = (raw: Record<string, unknown>): { tab?: ResourceTab } =>
  present({ tab: oneOf(resourceTabs, raw['tab']) })

/** The same view from its first page: what every change of filter or order leads to. */
export const fromFirstPage = (search: ResourcesSearch): ResourcesSearch => {
  const { page: _page, after: _after, ...rest } = search
  return rest
}
