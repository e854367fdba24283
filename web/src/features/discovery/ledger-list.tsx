import type { Scope } from '@dashboard/contract/scopes.ts'
import Button from '@mui/material/Button'
import { Link } from '@tanstack/react-router'
import { useMemo, useRef } from 'react'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { PendingChanges } from '../../components/live/pending-changes.tsx'
import { Loadable } from '../../components/loadable.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import { TypeName } from '../../components/type-name.tsx'
import { counted, formatNumber } from '../../lib/format.ts'
import { useSteadyRows } from '../../lib/live/use-steady-rows.ts'
import { heldStatus, runningStatus, scopeStatus } from '../../lib/status.ts'
import styles from './discovery.module.css'
import type { DiscoverySearch } from './discovery-search.ts'
import { NoLine } from './no-line.tsx'
import { RunAgainIcon } from '../../components/scope-actions.tsx'
import { placeKey, resourcesOf } from '../../lib/scope-place.ts'
import { useLedger } from './use-ledger.ts'

const columnsOf = (search: DiscoverySearch): Column<Scope>[] => [
  {
    title: 'Type',
    most: 170,
    cell: (scope) => (
      <Link to="/discovery" search={{ ...search, open: placeKey(scope) }}>
        <TypeName type={scope.resourceType} />
      </Link>
    ),
  },
  { title: 'Account', most: 140, cell: ({ accountId, accountName }) => <span title={accountId}>{accountName}</span> },
  { title: 'Region', cell: ({ region }) => <span className="mono">{region}</span> },
  {
    title: 'Status',
    cell: ({ running, held, status }) =>
      held && !running ? (
        <StatusMark
          status={heldStatus}
          title={`${scopeStatus[status].word}; ${counted(held.missing, 'resource')} vanished at once`}
        />
      ) : (
        <StatusMark status={running ? runningStatus : scopeStatus[status]} />
      ),
  },
  { title: 'Reason', most: 220, cell: ({ reason }) => <span title={reason ?? undefined}>{reason}</span> },
  {
    title: 'Resources',
    align: 'right',
    cell: (scope) => (
      <Link to="/resources" search={resourcesOf(scope)}>
        {formatNumber(scope.resources)}
      </Link>
    ),
  },
  { title: 'Failed in a row', align: 'right', cell: ({ failures }) => formatNumber(failures) },
  { title: 'Complete as of', cell: ({ lastComplete }) => <RelativeTime at={lastComplete} /> },
  { title: 'Next due', cell: ({ nextDue }) => <RelativeTime at={nextDue} /> },
  {
    title: 'Run',
    cell: (scope) => (
      <RunAgainIcon place={scope} name={`${scope.resourceType} in ${scope.region} of ${scope.accountName}`} />
    ),
  },
]

interface LedgerListProps {
  search: DiscoverySearch
  onOpen: (key: string) => void
}

/** The ledger in words, those needing somebody first. */
export const LedgerList = ({ search, onOpen }: LedgerListProps) => {
  const query = useLedger(search)
  const area = useRef<HTMLDivElement>(null)
  const pages = query.data?.pages
  const newest = useMemo(() => pages?.flatMap(({ items }) => items) ?? [], [pages])
  // Another filter, or another page of it, is another list and shows at once.
  const list = JSON.stringify([search.status, search.held, pages?.length, query.isPlaceholderData])
  const { rows, pending, apply } = useSteadyRows(newest, placeKey, area, list)
  return (
    <Loadable query={query} what="The ledger could not be loaded">
      {() => {
        if (newest.length === 0) return <NoLine search={search} />
        return (
          <>
            <PendingChanges count={pending} onApply={apply} />
            <div ref={area}>
              <DataTable
                label="Scopes"
                columns={columnsOf(search)}
                rows={rows}
                keyOf={placeKey}
                onRowClick={(scope) => onOpen(placeKey(scope))}
              />
            </div>
            <p className={styles.more}>
              {query.hasNextPage ? (
                <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  Show more ({formatNumber(newest.length)} of {formatNumber(pages?.[0]?.total ?? newest.length)})
                </Button>
              ) : (
                <span className="muted">{counted(newest.length, 'scope')}</span>
              )}
            </p>
          </>
        )
      }}
    </Loadable>
  )
}
