import type { AWSAccountSummary } from '@dashboard/contract/accounts.ts'
import type { NeedsYou } from '@dashboard/contract/overview.ts'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { RelativeTime } from '../../../components/relative-time.tsx'
import { StatusMark } from '../../../components/status-mark.tsx'
import { coveragePercent } from '../../../lib/coverage.ts'
import { formatNumber } from '../../../lib/format.ts'
import { accountStatus, credentialTypeWord } from '../../../lib/status.ts'
import { RegionStrip } from '../region-strip.tsx'
import type { Grouping, SortKey } from './accounts-search.ts'
import { deniedPermissions, probedPermissions } from './accounts-shown.ts'
import styles from './list.module.css'

export interface AccountColumn {
  title: string
  sort?: SortKey
  align?: 'right'
  /** Longer text ends in an ellipsis at this width, in px. */
  most?: number
  cell: (account: AWSAccountSummary) => ReactNode
}

const none = <span className="muted">–</span>

const Connection = ({ account }: { account: AWSAccountSummary }) => (
  <span className={styles.connection}>
    {!(account.exposed && account.phase === 'CONNECTED') && (
      <StatusMark status={accountStatus(account)} {...(account.lastError ? { title: account.lastError } : {})} />
    )}
    {account.exposed && (
      <StatusMark
        status={{ tone: 'bad', word: 'Exposed' }}
        title="Connected, but the role can be assumed without the right external id"
      />
    )}
    {account.lastValidated && (
      <span className="muted">
        <RelativeTime at={account.lastValidated} />
      </span>
    )}
  </span>
)

/** What AWS really allowed, and what it stopped allowing within the last week. */
const Permissions = ({ account, lost }: { account: AWSAccountSummary; lost: NeedsYou | undefined }) => {
  const denied = deniedPermissions(account)
  const probed = probedPermissions(account)
  if (probed === 0) return none
  return (
    <span className={styles.connection}>
      <Link to="/accounts/$id" params={{ id: account.id }} search={{ tab: 'access' }}>
        {denied === 0 ? `${probed} allowed` : `${denied} of ${probed} denied`}
      </Link>
      {lost && (
        <Link
          to="/accounts/$id"
          params={{ id: account.id }}
          search={{ tab: 'history' }}
          title={`Lost permissions: ${lost.detail ?? lost.title}`}
        >
          <StatusMark status={{ tone: 'warn', word: 'Lost' }} />
        </Link>
      )}
    </span>
  )
}

/** A column that would be empty, or that the groups say already, is left out. */
export const isWorthShowing =
  (accounts: readonly AWSAccountSummary[], group: Grouping | undefined) =>
  ({ sort }: AccountColumn): boolean => {
    if (sort !== 'environment' && sort !== 'unit') return true
    if (sort === group) return false
    return accounts.some(({ environment, organization }) => (sort === 'unit' ? organization : environment) !== null)
  }

/** The columns of the list; `lost` finds what an account's permissions lost lately. */
export const columnsWith = (lost: (id: string) => NeedsYou | undefined): AccountColumn[] => [
  {
    title: 'Name',
    sort: 'name',
    most: 150,
    cell: ({ id, name }) => (
      <Link to="/accounts/$id" params={{ id }} className={styles.name ?? ''} title={name}>
        {name}
      </Link>
    ),
  },
  { title: 'Account id', sort: 'accountId', cell: ({ accountId }) => <span className="mono">{accountId}</span> },
  { title: 'Method', sort: 'method', cell: ({ credentialType }) => credentialTypeWord[credentialType] },
  { title: 'Connection', sort: 'connection', cell: (account) => <Connection account={account} /> },
  {
    title: 'Permissions',
    sort: 'permissions',
    cell: (account) => <Permissions account={account} lost={lost(account.id)} />,
  },
  { title: 'Regions', cell: (account) => <RegionStrip account={account} /> },
  {
    title: 'Environment',
    sort: 'environment',
    cell: ({ environment, environmentSource }) =>
      environment ? (
        <span title={environmentSource === 'ou' ? 'From its organizational unit' : 'Set on the account'}>
          {environment}
        </span>
      ) : (
        none
      ),
  },
  {
    title: 'Unit',
    sort: 'unit',
    most: 110,
    cell: ({ organization }) =>
      organization ? (
        <Link
          to="/organizations/$id"
          params={{ id: organization.connectionId }}
          search={{ unit: organization.ouId }}
          title={organization.ouPath}
        >
          {organization.ouPath.split('/').at(-1)}
        </Link>
      ) : (
        none
      ),
  },
  {
    title: 'Resources',
    sort: 'resources',
    align: 'right',
    cell: ({ accountId, resourceCount }) => (
      <Link to="/resources" search={{ account: [accountId], region: [] }}>
        {formatNumber(resourceCount)}
      </Link>
    ),
  },
  {
    title: 'Coverage',
    sort: 'coverage',
    align: 'right',
    cell: ({ accountId, coverage }) =>
      coverage.scopes.total === 0 ? (
        none
      ) : (
        <Link to="/discovery" search={{ account: [accountId], region: [] }}>
          {coveragePercent(coverage)} %
        </Link>
      ),
  },
  { title: 'Scanned', sort: 'discovered', cell: ({ lastDiscovered }) => <RelativeTime at={lastDiscovered} /> },
]
