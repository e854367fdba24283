import type { AWSPermission } from '@dashboard/contract/accounts.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { StatusMark } from '../../components/status-mark.tsx'

const columns: Column<AWSPermission>[] = [
  { title: 'Action', cell: ({ action }) => <span className="mono">{action}</span> },
  { title: 'Region', cell: ({ region }) => <span className="mono">{region}</span> },
  {
    title: 'Result',
    cell: ({ allowed }) => (
      <StatusMark status={allowed ? { tone: 'ok', word: 'Allowed' } : { tone: 'bad', word: 'Denied' }} />
    ),
  },
  { title: 'Probed', cell: ({ probedAt }) => <RelativeTime at={probedAt} /> },
]

const deniedFirst = (a: AWSPermission, b: AWSPermission) =>
  Number(a.allowed) - Number(b.allowed) || a.action.localeCompare(b.action) || a.region.localeCompare(b.region)

/** What AWS really allowed when it was tried, denials first. */
export const Permissions = ({ permissions }: { permissions: AWSPermission[] }) =>
  permissions.length === 0 ? (
    <p className="muted">Nothing has been probed yet. A validation tries each action in each region.</p>
  ) : (
    <DataTable
      label="Permissions"
      columns={columns}
      rows={permissions.toSorted(deniedFirst)}
      keyOf={({ action, region }) => `${action} ${region}`}
    />
  )
