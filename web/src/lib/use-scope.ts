import { getRouteApi } from '@tanstack/react-router'
import { accountIdsOf, isWholeEstate, ledgerRegions, type ScopeSearch } from './scope.ts'
import { useAccounts } from './use-accounts.ts'

const root = getRouteApi('__root__')

export interface UsedScope extends ScopeSearch {
  isWhole: boolean
  /** Ids of the chosen accounts; undefined means all. */
  accountIds: string[] | undefined
  /** Names in the address that no connected account has. */
  unknown: string[]
  /** False while names in the address wait for the list of accounts, or when nobody has them: ask for nothing then. */
  isAnswerable: boolean
  /** What the ledger is asked for. */
  ledger: { accountId?: string[]; region?: string[] }
}

/** The part of the estate that is looked at, from the address. */
export const useScope = (): UsedScope => {
  const { account, region } = root.useSearch()
  const accounts = useAccounts().data?.items
  const { ids, unknown } = accountIdsOf(
    account ?? [],
    (accounts ?? []).map(({ accountId, name }) => ({ value: accountId, label: name })),
  )
  return {
    account,
    region,
    isWhole: isWholeEstate({ account, region }),
    accountIds: account ? ids : undefined,
    unknown: accounts ? unknown : [],
    isAnswerable: unknown.length === 0,
    ledger: { ...(account ? { accountId: ids } : {}), ...(region ? { region: ledgerRegions(region) } : {}) },
  }
}
