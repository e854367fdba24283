import type { ChangeKind } from '@dashboard/contract/resources.ts'
import type { QueryFilter } from '../../lib/query-line.ts'
import type { ResourcesSearch } from './resources-search.ts'
import { currentToken, type Paging } from './token-stack.ts'

export const pageSize = 100

/** The filter as the API reads it; `accountIds` are those of its accounts, undefined for all. */
export const filterInput = (filter: QueryFilter, accountIds: string[] | undefined) => {
  const { service, region, state, tag, type, text, environment, change, changedSince, changedUntil } = filter
  return {
    ...(accountIds ? { accountId: accountIds } : {}),
    ...(type ? { resourceType: type } : {}),
    ...(service ? { service } : {}),
    ...(region ? { region } : {}),
    ...(environment ? { environment } : {}),
    ...(state ? { state } : {}),
    ...(tag ? { tag } : {}),
    ...(text ? { text } : {}),
    ...(change ? { change: change as ChangeKind[] } : {}),
    ...(changedSince ? { changedSince } : {}),
    ...(changedUntil ? { changedUntil } : {}),
  }
}

export type FilterInput = ReturnType<typeof filterInput>

/** What the API is asked for one page of a list. */
export const listInput = (filter: FilterInput, { sort = 'name', order = 'asc' }: ResourcesSearch, paging: Paging) => {
  const token = currentToken(paging)
  return { sort, order, maxResults: pageSize, ...filter, ...(token === undefined ? {} : { nextToken: token }) }
}
