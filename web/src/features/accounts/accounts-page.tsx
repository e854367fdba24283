import type { AWSAccount } from '@dashboard/contract/accounts.ts'
import { Link, useNavigate } from '@tanstack/react-router'
import { ButtonLink } from '../../components/button-link.tsx'
import { CoverageLine } from '../../components/coverage-line.tsx'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Loadable } from '../../components/loadable.tsx'
import { Page } from '../../components/page.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import { coveragePercent } from '../../lib/coverage.ts'
import { formatNumber } from '../../lib/format.ts'
import { accountStatus, credentialTypeWord } from '../../lib/status.ts'
import styles from './accounts.module.css'
import { isInScope } from './is-in-scope.ts'
import { RegionStrip } from './region-strip.tsx'
import { useAccounts } from '../../lib/use-accounts.ts'
import { useScope } from '../../lib/use-scope.ts'

const columns: Column<AWSAccount>[] = [
  {
    title: 'Name',
    cell: (account) => (
      <Link to="/accounts/$id" params={{ id: account.id }} className={styles.name ?? ''}>
        {account.name}
      </Link>
    ),
  },
  { title: 'Account id', cell: ({ accountId }) => <span className="mono">{accountId}</span> },
  { title: 'Method', cell: ({ credentialType }) => credentialTypeWord[credentialType] },
  {
    title: 'Connection',
    cell: (account) => (
      <span className={styles.connection}>
        <StatusMark status={accountStatus(account)} {...(account.lastError ? { title: account.lastError } : {})} />
        {account.exposed && (
          <StatusMark
            status={{ tone: 'bad', word: 'Exposed' }}
            title="The role can be assumed without the right external id"
          />
        )}
      </span>
    ),
  },
  { title: 'Validated', cell: ({ lastValidated }) => <RelativeTime at={lastValidated} /> },
  { title: 'Regions', cell: (account) => <RegionStrip account={account} /> },
  {
    title: 'Resources',
    align: 'right',
    cell: (account) => (
      <Link to="/resources" search={{ account: [account.accountId], region: [] }}>
        {formatNumber(account.resourceCount)}
      </Link>
    ),
  },
  {
    title: 'Coverage',
    align: 'right',
    cell: ({ accountId, coverage }) =>
      coverage.scopes.total === 0 ? (
        <span className="muted">–</span>
      ) : (
        <Link to="/discovery" search={{ account: [accountId], region: [] }}>
          {coveragePercent(coverage)} %
        </Link>
      ),
  },
  { title: 'Discovered', cell: ({ lastDiscovered }) => <RelativeTime at={lastDiscovered} /> },
]

/** The connected accounts: how each is connected, whether that still holds, and how much of it is known. */
export const AccountsPage = () => {
  const navigate = useNavigate()
  const query = useAccounts()
  const scope = useScope()
  const connect = (
    <ButtonLink to="/accounts/connect" variant="contained">
      Connect account
    </ButtonLink>
  )
  return (
    <Page
      title="Accounts"
      subtitle={
        <>
          <CoverageLine coverage={query.data?.coverage} />
          {!scope.isWhole && <p className="muted">Only accounts in your scope; figures are of the whole account.</p>}
        </>
      }
      actions={connect}
    >
      <Loadable query={query} what="The accounts could not be loaded">
        {({ items }) => {
          const shown = items.filter((account) => isInScope(account, scope))
          if (items.length > 0 && shown.length === 0)
            return (
              <EmptyState
                icon="scope"
                title="No connected account is in this scope"
                action={
                  <ButtonLink to="/accounts" search={{ account: [], region: [] }}>
                    Show all accounts
                  </ButtonLink>
                }
              />
            )
          return items.length === 0 ? (
            <EmptyState icon="accounts" title="No account is connected yet">
              Connect one with a role that only reads: we show the policy and test the role with you.
            </EmptyState>
          ) : (
            <DataTable
              label="Accounts"
              columns={columns}
              rows={shown}
              keyOf={({ id }) => id}
              onRowClick={({ id }) => void navigate({ to: '/accounts/$id', params: { id } })}
            />
          )
        }}
      </Loadable>
    </Page>
  )
}
