import type { AWSAccountSummary } from '@dashboard/contract/accounts.ts'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { AccountsTabs } from '../../../components/accounts-tabs.tsx'
import { ButtonLink } from '../../../components/button-link.tsx'
import { CoverageLine } from '../../../components/coverage-line.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { Loadable } from '../../../components/loadable.tsx'
import { Page } from '../../../components/page.tsx'
import { useAllAccounts } from '../../../lib/accounts/use-all-accounts.ts'
import { api } from '../../../lib/api.ts'
import { useScope } from '../../../lib/use-scope.ts'
import { AccountsList } from './accounts-list.tsx'
import { isInScope } from './is-in-scope.ts'

const route = getRouteApi('/accounts')

/** What the accounts' permissions lost within the last week and have not got back, by connection. */
const useLostPermissions = () => {
  const { data } = useQuery(api.overview.get.queryOptions())
  return (id: string) => data?.needsYou.find((need) => need.kind === 'PERMISSIONS_LOST' && need.connectionId === id)
}

/** The connected accounts: how each is connected, whether that still holds, and how much of it is known. */
export const AccountsPage = () => {
  const query = useAllAccounts()
  const scope = useScope()
  const lost = useLostPermissions()
  const isAny = query.data && query.data.items.length > 0
  return (
    <Page
      title="Accounts"
      subtitle={
        <>
          <CoverageLine coverage={query.data?.coverage} />
          {!scope.isWhole && <p className="muted">Only accounts in your scope; figures are of the whole account.</p>}
        </>
      }
      actions={
        isAny && (
          <ButtonLink to="/accounts/connect" variant="contained">
            Connect account
          </ButtonLink>
        )
      }
    >
      <AccountsTabs />
      <Loadable query={query} what="The accounts could not be loaded">
        {({ items }) => {
          if (items.length === 0) return <NoAccount />
          const inScope = items.filter((account) => isInScope(account, scope))
          return inScope.length === 0 ? <NoneInScope /> : <List accounts={inScope} lost={lost} />
        }}
      </Loadable>
    </Page>
  )
}

type ListProps = { accounts: AWSAccountSummary[]; lost: ReturnType<typeof useLostPermissions> }

const List = ({ accounts, lost }: ListProps) => {
  const search = route.useSearch()
  const navigate = useNavigate()
  return (
    <AccountsList
      accounts={accounts}
      lost={lost}
      search={search}
      onSearch={(change) =>
        void navigate({ to: '/accounts', search: { ...search, page: undefined, ...change }, replace: true })
      }
      onOpen={(id) => void navigate({ to: '/accounts/$id', params: { id } })}
    />
  )
}

const NoAccount = () => (
  <EmptyState
    icon="accounts"
    title="No account is connected yet"
    action={
      <ButtonLink to="/accounts/connect" variant="contained">
        Connect account
      </ButtonLink>
    }
  >
    Connect one with a role that only reads, or all accounts of an organization at once. We show the policy and test it
    with you.
  </EmptyState>
)

const NoneInScope = () => (
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
