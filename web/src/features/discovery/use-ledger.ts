import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { api } from '../../lib/api.ts'
import { useScope } from '../../lib/use-scope.ts'
import type { DiscoverySearch } from './discovery-search.ts'
import type { ScopePlace } from '../../lib/scope-place.ts'

const pageSize = 100
/** Some hundreds of cells each: more would make the page slow. */
const accountsAPage = 10

/** How much of the chosen part of the estate is known, and how many of its lines wait for somebody. */
export const useLedgerFacts = () => {
  const { ledger, isAnswerable } = useScope()
  const options = { enabled: isAnswerable, placeholderData: keepPreviousData }
  const all = useQuery(api.scopes.list.queryOptions({ input: { ...ledger, maxResults: 1 }, ...options }))
  const held = useQuery(api.scopes.list.queryOptions({ input: { ...ledger, held: 'true', maxResults: 1 }, ...options }))
  return { coverage: all.data?.coverage, held: held.data?.total ?? 0 }
}

export const useMatrix = () => {
  const { ledger, isAnswerable } = useScope()
  const { accountId } = ledger
  return useInfiniteQuery(
    api.scopes.matrix.infiniteOptions({
      input: (nextToken: string | undefined) => ({
        maxResults: accountsAPage,
        ...(accountId ? { accountId } : {}),
        ...(nextToken === undefined ? {} : { nextToken }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextToken,
      placeholderData: keepPreviousData,
      enabled: isAnswerable,
    }),
  )
}

export const useLedger = ({ status, held }: Pick<DiscoverySearch, 'status' | 'held'>) => {
  const { ledger, isAnswerable } = useScope()
  return useInfiniteQuery(
    api.scopes.list.infiniteOptions({
      input: (nextToken: string | undefined) => ({
        ...ledger,
        maxResults: pageSize,
        ...(status ? { status } : {}),
        ...(held ? { held } : {}),
        ...(nextToken === undefined ? {} : { nextToken }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextToken,
      placeholderData: keepPreviousData,
      enabled: isAnswerable,
    }),
  )
}

/** One line; its list is empty when there is no such line any more. */
export const useLedgerLine = ({ accountId, region, resourceType }: ScopePlace) =>
  useQuery(
    api.scopes.list.queryOptions({
      input: { accountId: [accountId], region: [region], resourceType: [resourceType], maxResults: 1 },
    }),
  )
