import type { ResourceSummary } from '@dashboard/contract/resources.ts'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import { MiddleText } from '../../../components/middle-text.tsx'
import { RelativeTime } from '../../../components/relative-time.tsx'
import { TypeName } from '../../../components/type-name.tsx'
import { sorts, tagOf, type ResourcesSearch } from '../resources-search.ts'
import styles from './grid.module.css'

export type Row = z.infer<typeof ResourceSummary>

export interface Column {
  /** The API's name, also of the order where it can be ordered by; `tag:env` for a tag. */
  field: string
  title: string
  /** px; it grows from there by its share of what is left. */
  least: number
  share: number
  cell: (row: Row) => ReactNode
}

const none = <span className="muted">–</span>

const tagWords = (tags: Row['tags']): string[] => Object.entries(tags).map(([key, value]) => `${key}=${value}`)

const environmentSource = { tag: 'From its tag', account: 'From its account', ou: 'From its organizational unit' }

export const columns: Column[] = [
  {
    field: 'name',
    title: 'Name',
    least: 170,
    share: 3,
    cell: ({ id, name }) => (
      // One of many in a grid that is one stop for Tab; Enter opens the row.
      <a href={`/resources/${id}`} tabIndex={-1} className={styles.name} data-row-link="">
        <MiddleText text={name} />
      </a>
    ),
  },
  {
    field: 'resourceType',
    title: 'Type',
    least: 112,
    share: 1,
    cell: ({ resourceType }) => <TypeName type={resourceType} />,
  },
  {
    field: 'resourceId',
    title: 'Id',
    least: 110,
    share: 1,
    cell: ({ resourceId }) => <MiddleText text={resourceId} mono />,
  },
  {
    field: 'region',
    title: 'Region',
    least: 118,
    share: 0,
    cell: ({ region }) => <span className="mono">{region}</span>,
  },
  {
    field: 'accountId',
    title: 'Account',
    least: 112,
    share: 0.4,
    cell: ({ accountId, accountName }) => <span title={accountId}>{accountName}</span>,
  },
  {
    field: 'environment',
    title: 'Environment',
    least: 92,
    share: 0.2,
    cell: ({ environment, environmentSource: source }) =>
      environment === null ? none : <span title={source ? environmentSource[source] : undefined}>{environment}</span>,
  },
  { field: 'state', title: 'State', least: 76, share: 0, cell: ({ state }) => state ?? none },
  {
    field: 'tags',
    title: 'Tags',
    least: 84,
    share: 1,
    cell: ({ tags }) => (
      <span className={styles.tags} title={tagWords(tags).join('\n')}>
        {tagWords(tags).join('  ')}
      </span>
    ),
  },
  {
    field: 'lastUpdated',
    title: 'Changed',
    least: 90,
    share: 0,
    cell: ({ lastUpdated, deletedAt }) =>
      deletedAt === null ? (
        <RelativeTime at={lastUpdated} />
      ) : (
        <span className={styles.deleted}>
          Deleted <RelativeTime at={deletedAt} />
        </span>
      ),
  },
  {
    field: 'discoveredAt',
    title: 'First seen',
    least: 104,
    share: 0,
    cell: ({ discoveredAt }) => <RelativeTime at={discoveredAt} />,
  },
  {
    field: 'createdAt',
    title: 'Created',
    least: 104,
    share: 0,
    cell: ({ createdAt }) => <RelativeTime at={createdAt} never="–" />,
  },
  {
    field: 'lastSeenAt',
    title: 'Complete as of',
    least: 118,
    share: 0,
    cell: ({ lastSeenAt }) => <RelativeTime at={lastSeenAt} never="–" />,
  },
  { field: 'arn', title: 'ARN', least: 220, share: 1.5, cell: ({ arn }) => <MiddleText text={arn} mono /> },
]

const tagColumn = (key: string): Column => ({
  field: `tag:${key}`,
  title: key,
  least: 110,
  share: 0.6,
  cell: ({ tags }) => (key in tags ? <span title={tags[key]}>{tags[key] || '(empty)'}</span> : none),
})

export const usualColumns = [
  'name',
  'resourceType',
  'resourceId',
  'region',
  'accountId',
  'environment',
  'state',
  'tags',
  'lastUpdated',
]

/** The columns by their fields, in this order: what is known first, then tags. Names of none are left out. */
export const columnsOf = (fields: readonly string[]): Column[] => [
  ...columns.filter(({ field }) => fields.includes(field)),
  ...fields.flatMap((field) => tagOf(field) ?? []).map(tagColumn),
]

/** The order of a column, if the API knows it. */
export const sortOf = ({ field }: Column): ResourcesSearch['sort'] => sorts.find((sort) => sort === field)
