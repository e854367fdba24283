import { memo, type CSSProperties } from 'react'
import { Icon } from '../../../components/icon.tsx'
import { formatNumber } from '../../../lib/format.ts'
import type { Column } from './columns.tsx'
import styles from './grid.module.css'
import type { Item } from './items.ts'

interface ResourceRowProps {
  item: Item | undefined
  /** In the whole list, counted from 0. */
  index: number
  id: string | undefined
  columns: readonly Column[]
  /** Rows stand under the headings of their groups. */
  isGrouped: boolean
  isCursor: boolean
  isOpen: boolean
  isSelected: boolean
}

export const rowHeight = 32

/** A line of the grid at its place. What is pressed is told by its data attributes, so that it renders only for itself. */
export const ResourceRow = memo((props: ResourceRowProps) => {
  const { item, index, id, isGrouped, isCursor, isOpen, isSelected } = props
  // Two above: rows count from 1, and the first is the heading.
  const common = { role: 'row', id, 'aria-rowindex': index + 2, style: placeOf(index), 'data-index': index }
  if (item?.kind === 'row')
    return (
      <div
        {...common}
        className={styles.row}
        aria-level={isGrouped ? 2 : undefined}
        aria-selected={isSelected}
        data-cursor={isCursor}
        data-open={isOpen}
      >
        <Cells {...props} item={item} />
      </div>
    )
  if (item?.kind === 'group') return <GroupRow common={common} item={item} isCursor={isCursor} />
  return (
    <div {...common} className={`${styles.row} ${styles.wait}`} data-cursor={isCursor}>
      <div role="gridcell">
        <span className="visually-hidden">Loading</span>
      </div>
      <span aria-hidden="true" />
    </div>
  )
})
ResourceRow.displayName = 'ResourceRow'

const placeOf = (index: number): CSSProperties => ({ transform: `translateY(${index * rowHeight}px)` })

const Cells = ({ item, columns, isSelected }: ResourceRowProps & { item: Extract<Item, { kind: 'row' }> }) => (
  <>
    <div role="gridcell" className={styles.check} data-check="">
      <input type="checkbox" tabIndex={-1} readOnly checked={isSelected} aria-label={`Select ${item.row.name}`} />
    </div>
    {columns.map(({ field, cell }) => (
      <div key={field} role="gridcell" className={styles.cell}>
        {cell(item.row)}
      </div>
    ))}
  </>
)

interface GroupRowProps {
  common: object
  item: Extract<Item, { kind: 'group' }>
  isCursor: boolean
}

const GroupRow = ({ common, item: { value, label, count, isOpen }, isCursor }: GroupRowProps) => (
  <div
    {...common}
    className={`${styles.row} ${styles.group}`}
    aria-level={1}
    aria-expanded={value === null ? undefined : isOpen}
    data-cursor={isCursor}
    data-empty={value === null}
  >
    <div role="gridcell" title={value === null ? 'The API lists no resource by what it does not have' : undefined}>
      <Icon name={isOpen ? 'down' : 'expand'} size={12} />
      {label}
      <span className={styles.count}>{formatNumber(count)}</span>
    </div>
  </div>
)
