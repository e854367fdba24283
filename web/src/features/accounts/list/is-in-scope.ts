import type { AWSAccountSummary } from '@dashboard/contract/accounts.ts'
import type { ScopeSearch } from '../../../lib/scope.ts'

/** Whether an account is one of those looked at, and has one of the regions looked at; every account has global ones. */
export const isInScope = (
  { accountId, name, regions }: Pick<AWSAccountSummary, 'accountId' | 'name' | 'regions'>,
  { account, region }: ScopeSearch,
): boolean =>
  (!account?.length || account.includes(accountId) || account.includes(name)) &&
  (!region?.length || region.includes('global') || region.some((wanted) => regions.includes(wanted)))
