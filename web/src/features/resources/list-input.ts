import { currentToken, pagingOf } from './token-stack.ts'
import type { ResourcesSearch } from './resources-search.ts'

/** The grid's own limit is 100 rows a page. */
export const pageSize = 100

/** What the API is asked for what the address says; `accountIds` are those of its accounts, undefined for all. */
export const listInput = (search: ResourcesSearch, accountIds: string[] | undefined) => {
  const { service, region, state, tag, type, text } = search
  const token = currentToken(pagingOf(search.page, search.after))
  return {
    sort: search.sort ?? ('name' as const),
    order: search.order ?? ('asc' as const),
    maxResults: pageSize,
    ...(accountIds ? { accountId: accountIds } : {}),
    ...(type ? { resourceType: type } : {}),
    ...(service ? { service } : {}),
    ...(region ? { region } : {}),
    ...(state ? { state } : {}),
    ...(tag ? { tag } : {}),
    ...(text ? { text } : {}),
    ...(token === undefined ? {} : { nextToken: token }),
  }
}
