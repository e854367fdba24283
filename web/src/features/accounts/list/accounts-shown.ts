import type { AWSAccountSummary } from '@dashboard/contract/accounts.ts'
import { coveragePercent } from '../../../lib/coverage.ts'
import { noEnvironment, phases, type AccountsSearch, type Grouping, type SortKey } from './accounts-search.ts'

type Counted = Pick<AWSAccountSummary, 'permissionsByRegion'>
const sum = ({ permissionsByRegion }: Counted, of: 'probed' | 'denied'): number =>
  permissionsByRegion.reduce((all, one) => all + one[of], 0)

export const deniedPermissions = (account: Counted): number => sum(account, 'denied')
export const probedPermissions = (account: Counted): number => sum(account, 'probed')

const textOf = ({ name, accountId, environment, organization, roleArn, tags }: AWSAccountSummary): string =>
  [name, accountId, environment, organization?.ouPath, roleArn, ...Object.entries(tags).flat()].join(' ').toLowerCase()

const matches = (account: AWSAccountSummary, search: AccountsSearch): boolean =>
  (!search.phase?.length || search.phase.includes(account.phase)) &&
  (!search.method || account.credentialType === search.method) &&
  (!search.exposed || account.exposed) &&
  (!search.environment || (account.environment ?? noEnvironment) === search.environment) &&
  (search.text ?? '')
    .toLowerCase()
    .split(/\s+/)
    .every((word) => textOf(account).includes(word))

const urgency = (account: AWSAccountSummary): number =>
  account.exposed ? -1 : phases.findIndex((phase) => phase === account.phase)

const sortValue: Record<SortKey, (account: AWSAccountSummary) => string | number> = {
  name: ({ name }) => name.toLowerCase(),
  accountId: ({ accountId }) => accountId,
  method: ({ credentialType }) => credentialType,
  connection: urgency,
  permissions: (account) => -deniedPermissions(account),
  environment: ({ environment }) => environment ?? '\uffff',
  unit: ({ organization }) => organization?.ouPath ?? '\uffff',
  resources: ({ resourceCount }) => resourceCount,
  coverage: ({ coverage }) => (coverage.scopes.total === 0 ? -1 : coveragePercent(coverage)),
  discovered: ({ lastDiscovered }) => lastDiscovered ?? '',
}

const compare = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b))

const by =
  ({ sort = 'name', order }: AccountsSearch) =>
  (a: AWSAccountSummary, b: AWSAccountSummary): number =>
    (order === 'desc' ? -1 : 1) * compare(sortValue[sort](a), sortValue[sort](b)) || a.name.localeCompare(b.name)

/** The accounts a search asks for, in its order. */
export const accountsShown = (accounts: readonly AWSAccountSummary[], search: AccountsSearch): AWSAccountSummary[] =>
  accounts.filter((account) => matches(account, search)).toSorted(by(search))

export interface AccountGroup {
  /** Null where the list is not grouped. */
  title: string | null
  accounts: AWSAccountSummary[]
}

const titleOf: Record<Grouping, (account: AWSAccountSummary) => string> = {
  unit: ({ organization }) => organization?.ouPath ?? 'In no organization that is read',
  environment: ({ environment }) => environment ?? 'No environment',
}

/** Groups by title, each in the order of the list. */
export const grouped = (accounts: readonly AWSAccountSummary[], group: Grouping | undefined): AccountGroup[] => {
  if (!group) return [{ title: null, accounts: [...accounts] }]
  const groups = Map.groupBy(accounts, titleOf[group])
  return [...groups].map(([title, members]) => ({ title, accounts: members })).toSorted(byKnown(group))
}

/** Those without an answer come last. */
const byKnown =
  (group: Grouping) =>
  (a: AccountGroup, b: AccountGroup): number => {
    const isKnown = ({ accounts: [first] }: AccountGroup) =>
      Boolean(first && (group === 'unit' ? first.organization : first.environment))
    return Number(isKnown(b)) - Number(isKnown(a)) || (a.title ?? '').localeCompare(b.title ?? '')
  }
