import type { FieldChange, ResourceVersion } from '@dashboard/contract/resources.ts'
import type { z } from 'zod'
import { RelativeTime } from '../../components/relative-time.tsx'
import { counted } from '../../lib/format.ts'
import styles from './details.module.css'

const kindWord: Record<ResourceVersion['kind'], string> = {
  CREATED: 'First seen',
  CHANGED: 'Changed',
  DELETED: 'Deleted',
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

/** How the resource changed over time, newest first, field by field. */
export const Versions = ({ versions }: { versions: ResourceVersion[] }) => (
  <ol className={styles.versions}>
    {versions
      .toSorted((a, b) => b.version - a.version)
      .map((version) => (
        <li key={version.version}>
          <p className={styles.versionTitle}>
            {kindWord[version.kind]} <span className="muted">version {version.version}</span>
            <span className={styles.when}>
              <RelativeTime at={version.at} />
            </span>
          </p>
          {version.kind === 'CHANGED' && <Changes version={version} />}
        </li>
      ))}
  </ol>
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
      {before !== undefined && before !== null && (
        <del>
          <span aria-hidden="true">− </span>
          {shown(before)}
        </del>
      )}
      {after !== undefined && after !== null && (
        <ins>
          <span aria-hidden="true">+ </span>
          {shown(after)}
        </ins>
      )}
    </td>
  </tr>
)
