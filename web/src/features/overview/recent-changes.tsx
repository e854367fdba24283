import type { RecentChange } from '@dashboard/contract/overview.ts'
import { Link } from '@tanstack/react-router'
import type { z } from 'zod'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { MiddleText } from '../../components/middle-text.tsx'
import { Section } from '../../components/page.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { TypeName } from '../../components/type-name.tsx'
import { counted } from '../../lib/format.ts'

type Change = z.infer<typeof RecentChange>

const what = ({ kind, changedFields }: Change): string =>
  kind === 'CHANGED' ? counted(changedFields, 'field') : kind === 'CREATED' ? 'New' : 'Deleted'

const columns: Column<Change>[] = [
  {
    title: 'Resource',
    most: 180,
    cell: (change) => (
      <Link
        to="/resources/$id"
        params={{ id: change.resourceId }}
        search={change.kind === 'CHANGED' ? { tab: 'versions' } : {}}
      >
        <MiddleText text={change.name} />
      </Link>
    ),
  },
  { title: 'Type', most: 130, cell: ({ resourceType }) => <TypeName type={resourceType} /> },
  { title: 'Change', cell: what },
  { title: 'Account', most: 110, cell: ({ accountName, accountId }) => <span title={accountId}>{accountName}</span> },
  { title: 'Seen', cell: ({ at }) => <RelativeTime at={at} /> },
]

export const RecentChanges = ({ changes }: { changes: Change[] }) => (
  <Section title="Recent changes">
    {changes.length === 0 ? (
      <p className="muted">No change has been seen yet. Each discovery compares what it finds with the one before.</p>
    ) : (
      <DataTable
        label="Recent changes"
        columns={columns}
        rows={changes}
        keyOf={({ resourceId, at, kind }) => `${resourceId} ${at} ${kind}`}
      />
    )}
  </Section>
)
