import type { JobScope } from '@dashboard/contract/jobs.ts'
import { Link } from '@tanstack/react-router'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { FixPanel } from '../../components/fix-panel.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import { TypeName } from '../../components/type-name.tsx'
import { formatNumber } from '../../lib/format.ts'
import { runningStatus, scopeStatus } from '../../lib/status.ts'
import { resourcesOf } from '../../lib/scope-place.ts'
import styles from './jobs.module.css'

const columns: Column<JobScope>[] = [
  { title: 'Account', cell: (scope) => <span title={scope.accountId}>{scope.accountName}</span> },
  { title: 'Region', cell: ({ region }) => <span className="mono">{region}</span> },
  { title: 'Type', most: 220, cell: ({ resourceType }) => <TypeName type={resourceType} /> },
  {
    title: 'Status',
    cell: ({ running, status }) => <StatusMark status={running ? runningStatus : scopeStatus[status]} />,
  },
  {
    title: 'Resources',
    align: 'right',
    cell: (scope) => (
      <Link to="/resources" search={resourcesOf(scope)}>
        {formatNumber(scope.resources)}
      </Link>
    ),
  },
  { title: 'Calls', align: 'right', cell: ({ calls }) => formatNumber(calls) },
  { title: 'Throttled', align: 'right', cell: ({ throttles }) => formatNumber(throttles) },
  { title: 'Last complete', cell: ({ lastComplete }) => <RelativeTime at={lastComplete} /> },
  { title: 'Last attempt', cell: ({ lastAttempt }) => <RelativeTime at={lastAttempt} /> },
]

const reason = ({ reason, fix }: JobScope) =>
  reason || fix ? (
    <div className={styles.reason}>
      {reason && <p className="muted">{reason}</p>}
      {fix && (
        <details>
          <summary>How to mend it</summary>
          <FixPanel fix={fix} />
        </details>
      )}
    </div>
  ) : null

/** Account × region × type, each with its state, and below it the reason and the mend where there is one. */
export const ScopeTable = ({ rows: scopes }: { rows: JobScope[] }) => (
  <DataTable
    label="Scopes"
    columns={columns}
    rows={scopes}
    keyOf={({ accountId, region, resourceType }) => `${accountId}/${region}/${resourceType}`}
    below={reason}
  />
)
