import { memo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react'
import { ScrollBox } from '../../components/table/scroll-box.tsx'
import { StatusShape } from '../../components/status-mark.tsx'
import { heldStatus, runningStatus, scopeStatus, type Status } from '../../lib/status.ts'
import {
  firstCell,
  isWanted,
  moved,
  shortLabel,
  type At,
  type Cell,
  type Matrix,
  type MatrixFilter,
  type MatrixRow,
} from './matrix-model.ts'
import styles from './scope-matrix.module.css'
import { placeKey } from '../../lib/scope-place.ts'

interface ScopeMatrixProps {
  matrix: Matrix
  filter: MatrixFilter
  /** The line in the inspector. */
  open: string | undefined
  onOpen: (key: string) => void
}

const cellStatus = ({ running, held, status }: Cell): Status =>
  running ? runningStatus : held ? heldStatus : scopeStatus[status]

const cellWords = ({ running, held, status }: Cell): string =>
  [scopeStatus[status].word, held && 'held until somebody confirms', running && 'running now']
    .filter(Boolean)
    .join(', ')

const positionOf = (target: EventTarget): At | null => {
  const button = target instanceof Element ? target.closest<HTMLElement>('[data-at]') : null
  const [row, column] = (button?.dataset['at'] ?? '').split(',').map(Number)
  return row === undefined || column === undefined ? null : { row, column }
}

/**
 * Account and region by type, one mark each. It is one stop for Tab; the arrows walk the cells, Home and End the row,
 * Enter opens. The list beside it says the same in words.
 */
export const ScopeMatrix = ({ matrix, filter, open, onOpen }: ScopeMatrixProps) => {
  const table = useRef<HTMLTableElement>(null)
  const [wanted, setWanted] = useState<At | null>(null)
  const isThere = wanted !== null && (matrix.rows[wanted.row]?.cells[wanted.column] ?? null) !== null
  const current = isThere ? wanted : firstCell(matrix.rows)
  const onKeyDown = (event: KeyboardEvent) => {
    const at = positionOf(event.target)
    const next = at && moved(matrix.rows, at, event.key)
    if (!next) return
    event.preventDefault()
    setWanted(next)
    table.current?.querySelector<HTMLElement>(`[data-at="${next.row},${next.column}"]`)?.focus()
  }
  const onClick = (event: MouseEvent) => {
    const at = positionOf(event.target)
    const row = at && matrix.rows[at.row]
    const column = at && matrix.columns[at.column]
    if (!row || !column) return
    setWanted(at)
    onOpen(placeKey({ ...row, resourceType: column.resourceType }))
  }
  return (
    <ScrollBox isFit>
      <table
        ref={table}
        // A table whose cells are walked by arrows is a grid.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
        role="grid"
        className={styles.matrix}
        aria-label="Account and region by resource type"
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        <thead>
          <tr>
            <th scope="col" rowSpan={2} className={styles.corner}>
              Account
            </th>
            <th scope="col" rowSpan={2} className={styles.corner}>
              Region
            </th>
            {matrix.services.map(({ service, columns }) => (
              <th key={service} scope="colgroup" colSpan={columns} className={styles.service} title={service}>
                <span className={columns < 3 ? 'visually-hidden' : undefined}>{service}</span>
              </th>
            ))}
          </tr>
          <tr>
            {matrix.columns.map(({ resourceType, label, service }, index) => (
              <th
                key={resourceType}
                scope="col"
                className={styles.type}
                title={resourceType}
                data-first={service !== matrix.columns[index - 1]?.service}
              >
                <span>{isNarrowService(matrix, service) ? label : shortLabel(label, service)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.rows.map((row, index) => (
            <Row
              key={`${row.accountId}/${row.region}`}
              row={row}
              index={index}
              matrix={matrix}
              filter={filter}
              current={current?.row === index ? current.column : -1}
              open={open?.startsWith(`${row.accountId}/${row.region}/`) ? open : undefined}
            />
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

/** Whether the heading of a service has no room for its name, so that the types below must say it. */
const isNarrowService = ({ services }: Matrix, service: string): boolean =>
  (services.find((group) => group.service === service)?.columns ?? 0) < 3

interface RowProps {
  row: MatrixRow
  index: number
  matrix: Matrix
  filter: MatrixFilter
  /** The column that Tab leads to; -1 for none in this row. */
  current: number
  open: string | undefined
}

const Row = memo(({ row, index, matrix, filter, current, open }: RowProps) => (
  <tr data-first={row.span > 0}>
    {row.span > 0 && (
      <th scope="rowgroup" rowSpan={row.span} className={styles.account} title={row.accountId}>
        <span>{row.accountName}</span>
      </th>
    )}
    <th scope="row" className={styles.region}>
      {row.region}
    </th>
    {row.cells.map((cell, column) => {
      const { resourceType = '', label = '', service } = matrix.columns[column] ?? {}
      const isFirst = service !== matrix.columns[column - 1]?.service
      if (!cell)
        return (
          <td key={resourceType} data-first={isFirst}>
            <span className="visually-hidden">Not asked for here</span>
          </td>
        )
      const words = `${row.accountName}, ${row.region}, ${label}: ${cellWords(cell)}`
      return (
        <td key={resourceType} data-first={isFirst}>
          <button
            type="button"
            className={styles.cell}
            data-at={`${index},${column}`}
            data-faint={!isWanted(cell, filter)}
            data-open={open === placeKey({ ...row, resourceType })}
            tabIndex={current === column ? 0 : -1}
            title={words}
            aria-label={words}
          >
            <StatusShape status={cellStatus(cell)} />
          </button>
        </td>
      )
    })}
  </tr>
))
Row.displayName = 'Row'
