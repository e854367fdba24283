import type { AccountEvent } from '@dashboard/contract/accounts.ts'
import Button from '@mui/material/Button'
import { useInfiniteQuery } from '@tanstack/react-query'
import { EmptyState } from '../../../components/empty-state.tsx'
import { Loadable } from '../../../components/loadable.tsx'
import { RelativeTime } from '../../../components/relative-time.tsx'
import { StatusMark } from '../../../components/status-mark.tsx'
import { api } from '../../../lib/api.ts'
import { counted } from '../../../lib/format.ts'
import { eventStatus } from './account-events.ts'
import styles from './account.module.css'

/** What happened to the connection, newest first; it grows while one looks at it. */
export const HistoryTab = ({ id }: { id: string }) => {
  const query = useInfiniteQuery(
    api.accounts.history.infiniteOptions({
      input: (nextToken: string | undefined) => ({ id, maxResults: 50, ...(nextToken ? { nextToken } : {}) }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextToken }) => nextToken,
    }),
  )
  return (
    <Loadable query={query} what="The history could not be loaded">
      {({ pages }) => {
        const events = pages.flatMap(({ items }) => items)
        if (events.length === 0)
          return <EmptyState icon="jobs" title="Nothing has happened to this connection since its history is kept" />
        return (
          <>
            <ol className={styles.events} aria-label="History, newest first">
              {events.map((event) => (
                <Event key={event.id} event={event} />
              ))}
            </ol>
            {query.hasNextPage && (
              <div>
                <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  Show earlier events
                </Button>
              </div>
            )}
          </>
        )
      }}
    </Loadable>
  )
}

const shownPermissions = 3

const Event = ({ event: { at, kind, actor, detail, permissions } }: { event: AccountEvent }) => (
  <li className={styles.event}>
    <span className={styles.when}>
      <RelativeTime at={at} />
    </span>
    <StatusMark status={eventStatus[kind]} />
    <div className={styles.words}>
      {detail && <p>{detail}</p>}
      {permissions.length > 0 && permissions.length <= shownPermissions && <Actions permissions={permissions} />}
      {permissions.length > shownPermissions && (
        <details>
          <summary>{counted(permissions.length, 'permission')}</summary>
          <Actions permissions={permissions} />
        </details>
      )}
    </div>
    <span className="muted">{actor === 'system' ? 'By itself' : actor}</span>
  </li>
)

const Actions = ({ permissions }: { permissions: string[] }) => (
  <ul>
    {permissions.map((permission) => (
      <li key={permission} className="mono">
        {permission}
      </li>
    ))}
  </ul>
)
