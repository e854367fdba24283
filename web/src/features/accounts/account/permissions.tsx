import type { AWSPermission } from '@dashboard/contract/accounts.ts'
import { useState } from 'react'
import { DataTable, type Column } from '../../../components/data-table.tsx'
import { RelativeTime } from '../../../components/relative-time.tsx'
import { StatusMark, StatusShape } from '../../../components/status-mark.tsx'
import { counted, formatNumber } from '../../../lib/format.ts'
import type { Status } from '../../../lib/status.ts'
import styles from './account.module.css'
import { permissionRows, probedRegions, type PermissionRow } from './permission-rows.ts'

const allowed: Status = { tone: 'ok', word: 'Allowed' }
const denied: Status = { tone: 'bad', word: 'Denied', shape: 'denied' }
const untried: Status = { tone: 'idle', word: 'Not tried', shape: 'none' }

const answerOf = (row: PermissionRow, region: string): Status =>
  row.denied.includes(region) ? denied : row.allowed.includes(region) ? allowed : untried

/** More regions than this are told in words. */
const mostMarks = 8

const verdict = (row: PermissionRow) => (
  <StatusMark
    status={
      row.denied.length === 0
        ? allowed
        : { ...denied, word: row.allowed.length === 0 ? 'Denied' : `Denied in ${row.denied.join(', ')}` }
    }
  />
)

const columnsFor = (regions: string[]): Column<PermissionRow>[] => [
  { title: 'Action', cell: ({ action }) => <span className="mono">{action}</span> },
  { title: 'AWS answered', cell: verdict },
  ...(regions.length > mostMarks
    ? [{ title: 'Regions', cell: (row: PermissionRow) => counted(row.allowed.length + row.denied.length, 'region') }]
    : regions.map((region) => ({
        title: region,
        cell: (row: PermissionRow) => (
          <span title={`${region}: ${answerOf(row, region).word}`}>
            <StatusShape status={answerOf(row, region)} />
            <span className="visually-hidden">{answerOf(row, region).word}</span>
          </span>
        ),
      }))),
  { title: 'Tried', cell: ({ probedAt }) => <RelativeTime at={probedAt} /> },
]

/** What AWS really allowed when it was tried, region by region, denials first. */
export const Permissions = ({ permissions }: { permissions: AWSPermission[] }) => {
  const [onlyDenied, setOnlyDenied] = useState(false)
  if (permissions.length === 0)
    return <p className="muted">Nothing has been tried yet. A validation tries each action in each region.</p>
  const rows = permissionRows(permissions)
  const refused = permissions.filter((permission) => !permission.allowed).length
  return (
    <>
      <div className={styles.row}>
        <span>
          {refused === 0
            ? `All ${formatNumber(permissions.length)} probes were allowed`
            : `${formatNumber(refused)} of ${formatNumber(permissions.length)} probes were denied`}
        </span>
        {refused > 0 && (
          <label className={styles.check}>
            <input type="checkbox" checked={onlyDenied} onChange={({ target }) => setOnlyDenied(target.checked)} />
            Only denied ones
          </label>
        )}
      </div>
      <DataTable
        label="Permissions"
        columns={columnsFor(probedRegions(permissions))}
        rows={onlyDenied ? rows.filter((row) => row.denied.length > 0) : rows}
        keyOf={({ action }) => action}
      />
    </>
  )
}
