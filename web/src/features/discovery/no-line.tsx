import { ButtonLink } from '../../components/button-link.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { useScope } from '../../lib/use-scope.ts'
import type { DiscoverySearch } from './discovery-search.ts'

/** Why no line of the ledger shows: the filter, the scope, or nothing connected yet. */
export const NoLine = ({ search: { status, held, ...rest } }: { search: DiscoverySearch }) => {
  const { isWhole, unknown } = useScope()
  if (unknown.length > 0)
    return (
      <EmptyState
        title={`No connected account is called ${unknown.join(' or ')}`}
        action={
          <ButtonLink to="/discovery" search={{ ...rest, account: [] }}>
            Show all accounts
          </ButtonLink>
        }
      />
    )
  if (status || held)
    return (
      <EmptyState
        icon="filter"
        title="No scope matches the filter"
        action={
          <ButtonLink to="/discovery" search={rest}>
            Show all scopes
          </ButtonLink>
        }
      />
    )
  if (!isWhole)
    return (
      <EmptyState
        icon="scope"
        title="Nothing is scanned in this scope"
        action={
          <ButtonLink to="/discovery" search={{ ...rest, account: [], region: [] }}>
            Show the whole estate
          </ButtonLink>
        }
      />
    )
  return (
    <EmptyState
      icon="accounts"
      title="There is nothing to scan yet"
      action={<ButtonLink to="/accounts/connect">Connect account</ButtonLink>}
    >
      Each connected account adds a line for every region and resource type.
    </EmptyState>
  )
}
