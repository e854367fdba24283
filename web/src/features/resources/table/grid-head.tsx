import type { KeyboardEvent } from 'react'
import { Icon } from '../../../components/icon.tsx'
import { sortOf, type Column } from './columns.tsx'
import styles from './grid.module.css'
import type { ResourcesSearch } from '../resources-search.ts'

interface GridHeadProps {
  columns: readonly Column[]
  search: ResourcesSearch
  isAllSelected: boolean
  onSelectAll: (isOn: boolean) => void
  onSort: (sort: ResourcesSearch['sort'], order: ResourcesSearch['order']) => void
}

const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 }

/** Walks the headings with the arrows: together they are one stop for Tab. */
const walk = (event: KeyboardEvent<HTMLElement>) => {
  const by = steps[event.key]
  if (by === undefined) return
  event.preventDefault()
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('button,input')]
  const at = stops.indexOf(document.activeElement as HTMLElement)
  stops[(at + by + stops.length) % stops.length]?.focus()
}

export const GridHead = ({ columns, search, isAllSelected, onSelectAll, onSort }: GridHeadProps) => {
  const { sort = 'name', order = 'asc' } = search
  const hasSorted = columns.some((column) => sortOf(column) === sort)
  return (
    <div role="row" className={styles.head} aria-rowindex={1} onKeyDown={walk}>
      <div role="columnheader" className={styles.check}>
        <input
          type="checkbox"
          aria-label="Select all rows that are loaded"
          tabIndex={hasSorted ? -1 : 0}
          checked={isAllSelected}
          onChange={({ target }) => onSelectAll(target.checked)}
        />
      </div>
      {columns.map((column) => {
        const by = sortOf(column)
        if (!by)
          return (
            <div key={column.field} role="columnheader" title={column.title}>
              {column.title}
            </div>
          )
        const isSorted = by === sort
        return (
          <div
            key={column.field}
            role="columnheader"
            aria-sort={isSorted ? (order === 'asc' ? 'ascending' : 'descending') : undefined}
          >
            <button
              type="button"
              className={styles.sort}
              tabIndex={isSorted ? 0 : -1}
              onClick={() => onSort(by, isSorted && order === 'asc' ? 'desc' : 'asc')}
            >
              {column.title}
              {isSorted && <Icon name={order === 'asc' ? 'up' : 'down'} size={10} />}
            </button>
          </div>
        )
      })}
    </div>
  )
}
