import type { ReactNode } from 'react'
import styles from './data-table.module.css'
import { ScrollBox } from './table/scroll-box.tsx'

export interface Column<Row> {
  title: string
  cell: (row: Row) => ReactNode
  align?: 'right'
  /** Longer text ends in an ellipsis at this width, in px; its cell should have a title. */
  most?: number
}

interface DataTableProps<Row> {
  /** Names the table for screen readers. */
  label: string
  columns: Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string
  /** Shown as a full-width row under the row itself, for example the mend of a failure. */
  below?: (row: Row) => ReactNode
  /** The whole row follows its link; the link itself stays the keyboard's way. */
  onRowClick?: (row: Row) => void
}

const cameFromControl = (target: EventTarget) =>
  target instanceof Element && target.closest('a,button,input,label,pre') !== null

/** A plain table of 32 px rows for lists that fit on a page; wide ones scroll inside their own box. */
export const DataTable = <Row,>({ label, columns, rows, keyOf, below, onRowClick }: DataTableProps<Row>) => (
  <ScrollBox label={`${label}, table`}>
    <table className={styles.table}>
      <thead>
        <tr>
          {columns.map(({ title, align }) => (
            <th key={title} scope="col" data-align={align}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Rows key={keyOf(row)} row={row} columns={columns} below={below?.(row)} onRowClick={onRowClick} />
        ))}
      </tbody>
    </table>
  </ScrollBox>
)

interface RowsProps<Row> {
  row: Row
  columns: Column<Row>[]
  below: ReactNode
  onRowClick: ((row: Row) => void) | undefined
}

const Rows = <Row,>({ row, columns, below, onRowClick }: RowsProps<Row>) => (
  <>
    <tr
      data-clickable={onRowClick !== undefined}
      data-joined={Boolean(below)}
      onClick={(event) => onRowClick && !cameFromControl(event.target) && onRowClick(row)}
    >
      {columns.map(({ title, cell, align, most }) => (
        <td key={title} data-align={align}>
          {most === undefined ? (
            cell(row)
          ) : (
            <div className={styles.cut} style={{ maxWidth: most }}>
              {cell(row)}
            </div>
          )}
        </td>
      ))}
    </tr>
    {below && (
      <tr>
        <td colSpan={columns.length} className={styles.below}>
          <div>{below}</div>
        </td>
      </tr>
    )}
  </>
)
