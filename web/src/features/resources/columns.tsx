import type { ResourceSummary } from '@dashboard/contract/resources.ts'
import type { GridColDef } from '@mui/x-data-grid'
import type { z } from 'zod'
import { MiddleText } from '../../components/middle-text.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { TypeName } from '../../components/type-name.tsx'
import styles from './resources.module.css'

export type Row = z.infer<typeof ResourceSummary>

const tagWords = (tags: Row['tags']): string =>
  Object.entries(tags)
    .map(([key, value]) => `${key}=${value}`)
    .join('  ')

/** Field names are the API's sort names where a column can be sorted by. */
export const columns: GridColDef<Row>[] = [
  {
    field: 'name',
    headerName: 'Name',
    flex: 3,
    minWidth: 170,
    renderCell: ({ row }) => (
      <span className={styles.name}>
        <MiddleText text={row.name} />
      </span>
    ),
  },
  {
    field: 'resourceType',
    headerName: 'Type',
    flex: 1,
    minWidth: 120,
    renderCell: ({ row }) => <TypeName type={row.resourceType} />,
  },
  {
    field: 'resourceId',
    headerName: 'Id',
    flex: 1,
    minWidth: 118,
    sortable: false,
    renderCell: ({ row }) => <MiddleText text={row.resourceId} mono />,
  },
  {
    field: 'region',
    headerName: 'Region',
    width: 126,
    renderCell: ({ row }) => <span className="mono">{row.region}</span>,
  },
  {
    field: 'accountId',
    headerName: 'Account',
    width: 120,
    renderCell: ({ row }) => <span title={row.accountId}>{row.accountName}</span>,
  },
  {
    field: 'state',
    headerName: 'State',
    width: 86,
    renderCell: ({ row }) => row.state ?? <span className="muted">–</span>,
  },
  {
    field: 'tags',
    headerName: 'Tags',
    flex: 1,
    minWidth: 90,
    sortable: false,
    renderCell: ({ row }) => (
      <span className={styles.tags} title={tagWords(row.tags).replaceAll('  ', '\n')}>
        {tagWords(row.tags)}
      </span>
    ),
  },
  {
    field: 'lastUpdated',
    headerName: 'Changed',
    width: 98,
    renderCell: ({ row }) => <RelativeTime at={row.lastUpdated} />,
  },
  {
    field: 'discoveredAt',
    headerName: 'First seen',
    width: 104,
    renderCell: ({ row }) => <RelativeTime at={row.discoveredAt} />,
  },
  {
    field: 'createdAt',
    headerName: 'Created',
    width: 104,
    renderCell: ({ row }) => <RelativeTime at={row.createdAt} never="–" />,
  },
  {
    field: 'lastSeenAt',
    headerName: 'Complete as of',
    width: 118,
    sortable: false,
    renderCell: ({ row }) => <RelativeTime at={row.lastSeenAt} never="–" />,
  },
  {
    field: 'arn',
    headerName: 'ARN',
    flex: 1.5,
    minWidth: 220,
    sortable: false,
    renderCell: ({ row }) => <MiddleText text={row.arn} mono />,
  },
]

export const usualColumns = [
  'name',
  'resourceType',
  'resourceId',
  'region',
  'accountId',
  'state',
  'tags',
  'lastUpdated',
]
