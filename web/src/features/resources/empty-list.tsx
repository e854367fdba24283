import type { Coverage } from '@dashboard/contract/vocabulary.ts'
import Button from '@mui/material/Button'
import { ButtonLink } from '../../components/button-link.tsx'
import { DiscoverButton } from '../../components/discover-button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { coveragePercent, isComplete } from '../../lib/coverage.ts'
import { counted } from '../../lib/format.ts'
import {
  isEmptyFilter,
  tokenParts,
  tokensOf,
  withoutToken,
  type QueryFilter,
  type TokenKey,
} from '../../lib/query-line.ts'
import { scopeStatuses } from '../../lib/scope-statuses.ts'
import { scopeStatus } from '../../lib/status.ts'

interface EmptyListProps {
  coverage: Coverage
  filter: QueryFilter
  onChange: (filter: QueryFilter) => void
  wordFor: (key: TokenKey, value: string) => string
}

/** Says which of the reasons it is that no row shows: no account, still collecting, filtered away, not readable, or really none. */
export const EmptyList = ({ coverage, filter, onChange, wordFor }: EmptyListProps) => {
  if (coverage.accounts.total === 0 && isEmptyFilter(filter))
    return (
      <EmptyState
        icon="accounts"
        title="No account is connected yet"
        action={
          <ButtonLink to="/accounts/connect" variant="contained">
            Connect account
          </ButtonLink>
        }
      >
        Resources show here once an AWS account is connected and discovered.
      </EmptyState>
    )
  const collecting = coverage.scopes.byStatus.NEW ?? 0
  if (collecting > 0)
    return (
      <EmptyState
        icon="jobs"
        title={`Still collecting, ${coveragePercent(coverage)} % complete`}
        action={<ButtonLink to="/discovery">Follow the discovery</ButtonLink>}
      >
        {counted(collecting, 'scope')} of this selection {collecting === 1 ? 'was' : 'were'} not scanned yet. Rows
        appear as they are found.
      </EmptyState>
    )
  if (!isEmptyFilter(filter))
    return <NothingMatches coverage={coverage} filter={filter} onChange={onChange} wordFor={wordFor} />
  if (coverage.scopes.total === 0)
    return (
      <EmptyState icon="jobs" title="Nothing has been discovered yet" action={<DiscoverButton />}>
        A discovery reads what is in the connected accounts. It changes nothing there.
      </EmptyState>
    )
  return (
    <EmptyState title="No resource was found" action={<ButtonLink to="/discovery">See what was scanned</ButtonLink>}>
      <Unknown coverage={coverage} />
    </EmptyState>
  )
}

const NothingMatches = ({ coverage, filter, onChange, wordFor }: EmptyListProps) => {
  const { text, ...withoutText } = filter
  const tokens = tokensOf(filter)
  return (
    <EmptyState
      icon="filter"
      title="No resource matches the filter"
      action={
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, justifyContent: 'center' }}>
          {tokens.map(({ key, value }) => (
            <Button key={`${key}:${value}`} onClick={() => onChange(withoutToken(filter, key, value))}>
              Remove {tokenParts(key, wordFor(key, value)).join('')}
            </Button>
          ))}
          {text && <Button onClick={() => onChange(withoutText)}>Remove “{text}”</Button>}
          {tokens.length + (text ? 1 : 0) > 1 && <Button onClick={() => onChange({})}>Remove all</Button>}
        </div>
      }
    >
      <Unknown coverage={coverage} />
    </EmptyState>
  )
}

/** Whether “none” is proven: only complete scopes prove absence. */
const Unknown = ({ coverage }: { coverage: Coverage }) => {
  if (isComplete(coverage))
    return <p>All {counted(coverage.scopes.total, 'scope')} of this selection are complete, so there are none.</p>
  const gaps = scopeStatuses
    .filter((status) => status !== 'SUCCEEDED' && (coverage.scopes.byStatus[status] ?? 0) > 0)
    .map(
      (status) =>
        `${counted(coverage.scopes.byStatus[status] ?? 0, 'scope')}: ${scopeStatus[status].word.toLowerCase().replace('scp', 'SCP')}`,
    )
  return gaps.length ? <p>There may be some that could not be read. {gaps.join('; ')}.</p> : null
}
