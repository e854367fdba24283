import type { FacetValue } from '../../lib/suggest.ts'
import { currentToken, pagingOf } from './token-stack.ts'
import type { ResourcesSearch } from './resources-search.ts'

/** The grid's own limit is 100 rows a page. */
export const pageSize = 100

/** Account ids for names or ids as they stand in the address; what no account is called stays, and finds nothing. */
export const accountIdsOf = (
  wanted: readonly string[],
  accounts: readonly FacetValue[],
): { ids: string[]; unknown: string[] } => {
  const found = wanted.map((name) => ({
    name,
    id: /^\d{12}$/.test(name) ? name : accounts.find(({ label }) => label === name)?.value,
  }))
  return {
    ids: found.flatMap(({ id }) => id ?? []),
    unknown: found.flatMap(({ id, name }) => (id === undefined ? [name] : [])),
  }
}

/** What the API is asked for what the address says. */
export const listInput = (search: ResourcesSearch, accounts: readonly FacetValue[]) => {
  const { service, region, state, tag, type, text } = search
  const token = currentToken(pagingOf(search.page, search.after))
  return {
    sort: search.sort ?? ('name' as const),
    order: search.order ?? ('asc' as const),
    maxResults: pageSize,
    ...(search.account ? { accountId: accountIdsOf(search.account, accounts).ids } : {}),
    ...(type ? { resourceType: type } : {}),
    ...(service ? { service } : {}),
    ...(region ? { region } : {}),
    ...(state ? { state } : {}),
    ...(tag ? { tag } : {}),
    ...(text ? { text } : {}),
    ...(token === undefined ? {} : { nextToken: token }),
  }
}
