import type { FieldChange, ResourceVersion } from '@dashboard/contract/resources.ts'
import Button from '@mui/material/Button'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import { Loadable } from '../../../components/loadable.tsx'
import { RelativeTime } from '../../../components/relative-time.tsx'
import { api } from '../../../lib/api.ts'
import { counted, formatNumber } from '../../../lib/format.ts'
import styles from './details.module.css'

const kindWord: Record<ResourceVersion['kind'], string> = {
  CREATED: 'First seen',
  CHANGED: 'Changed',
  DELETED: 'Deleted',
}

const pageSize = 20

const shown = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
const isThere = (value: unknown): boolean => value !== undefined && value !== null

/** How the resource changed over time, newest first, field by field, each with what it was and what it became. */
export const Versions = ({ id }: { id: string }) => {
  const query = useInfiniteQuery(
    api.resources.versions.infiniteOptions({
      input: (nextToken: string | undefined) => ({
        id,
        maxResults: pageSize,
        ...(nextToken === undefined ? {} : { nextToken }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ nextToken }) => nextToken,
    }),
  )
  return (
    <Loadable query={query} what="The history could not be loaded">
      {({ pages }) => {
        const versions = pages.flatMap(({ items }) => items)
        return (
          <>
            <ol className={styles.versions}>
              {versions.map((version) => (
                <Version key={version.version} version={version} />
              ))}
            </ol>
            {query.hasNextPage && (
              <p>
                <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  Show more ({formatNumber(versions.length)} of {formatNumber(pages[0]?.total ?? versions.length)})
                </Button>
              </p>
            )}
          </>
        )
      }}
    </Loadable>
  )
}

const Version = ({ version }: { version: ResourceVersion }) => (
  <li>
    <p className={styles.versionTitle}>
      {kindWord[version.kind]} <span className="muted">version {version.version}</span>
      <span className={styles.when}>
        <RelativeTime at={version.at} />
      </span>
    </p>
    {version.kind === 'CHANGED' && <Changes version={version} />}
  </li>
)

const Changes = ({ version: { changes, changedFields } }: { version: ResourceVersion }) => (
  <>
    <table className={styles.diff}>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Before and after</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <Change key={change.path} change={change} />
        ))}
      </tbody>
    </table>
    {changedFields > changes.length && (
      <p className="muted">{counted(changedFields - changes.length, 'more field')} changed.</p>
    )}
  </>
)

const Change = ({ change: { path, before, after } }: { change: z.infer<typeof FieldChange> }) => (
  <tr>
    <th scope="row">{path}</th>
    <td>
      <del data-none={!isThere(before)}>
        <span aria-hidden="true">− </span>
        <span className="visually-hidden">Before: </span>
        {isThere(before) ? shown(before) : 'not there'}
      </del>
      <ins data-none={!isThere(after)}>
        <span aria-hidden="true">+ </span>
        <span className="visually-hidden">After: </span>
        {isThere(after) ? shown(after) : 'gone'}
      </ins>
    </td>
  </tr>
)
