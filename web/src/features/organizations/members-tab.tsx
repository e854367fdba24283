import Button from '@mui/material/Button'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Choice } from '../../components/filter/choice.tsx'
import { TextFilter } from '../../components/filter/text-filter.tsx'
import { Loadable } from '../../components/loadable.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import { useDraft } from '../../components/use-draft.ts'
import { api } from '../../lib/api.ts'
import { counted } from '../../lib/format.ts'
import { memberState } from './member-state.ts'
import styles from './organizations.module.css'
import type { OrganizationSearch } from './organizations-search.ts'
import type { Member, Unit } from './tree/tree-model.ts'

const unconnected = { tone: 'idle', word: 'Not connected' } as const

const columns: Column<Member>[] = [
  {
    title: 'Name',
    most: 220,
    cell: ({ name, connection }) =>
      connection ? (
        <Link to="/accounts/$id" params={{ id: connection.id }} className={styles.name ?? ''}>
          {name}
        </Link>
      ) : (
        <span title={name}>{name}</span>
      ),
  },
  { title: 'Account id', cell: ({ accountId }) => <span className="mono">{accountId}</span> },
  { title: 'Connection', cell: (member) => <StatusMark status={memberState(member) ?? unconnected} /> },
  { title: 'Organizational unit', most: 260, cell: ({ ouPath }) => <span title={ouPath}>{ouPath}</span> },
  { title: 'Email', most: 220, cell: ({ email }) => <span title={email}>{email}</span> },
  { title: 'Joined', cell: ({ joinedOrganizationAt }) => <RelativeTime at={joinedOrganizationAt} never="Not told" /> },
]

interface MembersTabProps {
  id: string
  units: Unit[]
  search: OrganizationSearch
  onChange: (part: OrganizationSearch) => void
}

const useMemberPages = (id: string, { unit, connected, text }: OrganizationSearch, units: Unit[]) =>
  useInfiniteQuery(
    api.organizations.accounts.infiniteOptions({
      input: (nextToken: string | undefined) => ({
        id,
        maxResults: 100,
        ...(unit && units.some((known) => known.id === unit) ? { ouId: [unit] } : {}),
        ...(connected ? { connected } : {}),
        ...(text ? { text } : {}),
        ...(nextToken ? { nextToken } : {}),
      }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextToken }) => nextToken,
      placeholderData: keepPreviousData,
    }),
  )

/** The member accounts, those of one unit or in one state where that is asked for. */
export const MembersTab = ({ id, units, search, onChange }: MembersTabProps) => {
  const query = useMemberPages(id, search, units)
  const isFiltered = Boolean(search.unit || search.connected || search.text)
  return (
    <>
      <Filters units={units} search={search} onChange={onChange} />
      <Loadable query={query} what="The members could not be loaded">
        {({ pages }) => {
          const members = pages.flatMap(({ items }) => items)
          const total = pages[0]?.total ?? 0
          if (members.length === 0)
            return (
              <EmptyState
                icon="filter"
                title={isFiltered ? 'No member account matches' : 'No member account is known yet'}
                action={
                  isFiltered && (
                    <Button onClick={() => onChange({ unit: undefined, connected: undefined, text: undefined })}>
                      Remove the filters
                    </Button>
                  )
                }
              />
            )
          return (
            <>
              <p className="muted" role="status">
                {counted(total, 'account')}
              </p>
              <DataTable label="Members" columns={columns} rows={members} keyOf={({ accountId }) => accountId} />
              {query.hasNextPage && (
                <div>
                  <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                    Show more
                  </Button>
                </div>
              )}
            </>
          )
        }}
      </Loadable>
    </>
  )
}

const Filters = ({ units, search, onChange }: Omit<MembersTabProps, 'id'>) => {
  const [typed, setTyped] = useDraft(search.text ?? '', (text) => {
    onChange({ text: text.trim() || undefined })
    return text.trim()
  })
  return (
    <div className={styles.filters} role="search" aria-label="Filter members">
      <TextFilter label="Find members" placeholder="Name, id or email" value={typed} onChange={setTyped} />
      <Choice
        label="Unit"
        value={search.unit ?? ''}
        options={units.toSorted((a, b) => a.path.localeCompare(b.path)).map(({ id, path }) => [id, path])}
        onChange={(value) => onChange({ unit: value || undefined })}
      />
      <Choice
        label="Connection"
        value={search.connected ?? ''}
        options={[
          ['true', 'Connected'],
          ['false', 'Not connected'],
        ]}
        onChange={(value) => onChange({ connected: (value || undefined) as OrganizationSearch['connected'] })}
      />
    </div>
  )
}
