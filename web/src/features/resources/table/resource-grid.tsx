import { useEffect, useEffectEvent, useId, useMemo, useRef, type KeyboardEvent, type MouseEvent } from 'react'
import { revealRow, useVirtualRows } from '../../../components/grid/use-virtual-rows.ts'
import { usualColumns, columnsOf } from './columns.tsx'
import { GridHead } from './grid-head.tsx'
import styles from './grid.module.css'
import type { Item } from './items.ts'
import { ResourceRow, rowHeight } from './resource-row.tsx'
import type { ResourcesSearch } from '../resources-search.ts'

interface ResourceGridProps {
  items: readonly Item[]
  /** How many rows lie before the first item. */
  offset: number
  /** Whether more can be had after the last item. */
  hasMore: boolean
  total: number
  search: ResourcesSearch
  /** The line that j, k, Enter and x are about. */
  cursor: string | null
  selected: ReadonlySet<string>
  onCursor: (id: string) => void
  /** A press on a line: opens a resource, opens or closes a group. */
  onOpen: (item: Item) => void
  /** `isRange`: from the last one to this one. */
  onSelect: (id: string, isRange: boolean) => void
  onSelectAll: (isOn: boolean) => void
  onSort: (sort: ResourcesSearch['sort'], order: ResourcesSearch['order']) => void
  /** Tells what is on the screen, in the whole list. */
  onSeen: (first: number, end: number) => void
}

const headHeight = 26
/** Rows kept ready above and below what shows. */
const spare = 8
const checkWidth = 34

const pageKeys: Record<string, number> = { PageDown: 1, PageUp: -1 }

/**
 * Rows of 32 px, only those on the screen in the page. One stop for Tab: the cursor walks by keys, and is what a screen
 * reader follows.
 */
export const ResourceGrid = (props: ResourceGridProps) => {
  const { items, offset, hasMore, search, cursor, selected, onCursor, onOpen, onSelect, onSeen } = props
  const box = useRef<HTMLDivElement>(null)
  const base = useId()
  const shown = useMemo(() => columnsOf(search.columns ?? usualColumns), [search.columns])
  const count = offset + items.length + (hasMore ? 1 : 0)
  const seen = useVirtualRows(box, count, rowHeight, headHeight)
  const cursorIndex = cursor === null ? -1 : items.findIndex(({ id }) => id === cursor)
  const tell = useEffectEvent(onSeen)
  useEffect(() => tell(seen.first, seen.end), [seen.first, seen.end, count])
  useEffect(() => {
    if (box.current && cursorIndex >= 0) revealRow(box.current, offset + cursorIndex, rowHeight, headHeight)
    // Only a walk reveals: rows that come before must not pull the page back to the cursor.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [cursor])
  const itemOf = (target: EventTarget): Item | undefined => {
    const line = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null
    return line ? items[Number(line.dataset['index']) - offset] : undefined
  }
  const onClick = (event: MouseEvent) => {
    const item = itemOf(event.target)
    const target = event.target as Element
    if (!item || event.ctrlKey || event.metaKey) return
    if (target.closest('[data-row-link]')) event.preventDefault()
    onCursor(item.id)
    if (target.closest('[data-check]')) onSelect(item.id, event.shiftKey)
    // Text that is being marked is not a press.
    else if (getSelection()?.isCollapsed ?? true) onOpen(item)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = pageKeys[event.key]
    if (by === undefined || event.target !== box.current) return
    event.preventDefault()
    const lines = seen.end - seen.first - 1
    const next = items[Math.max(0, Math.min(items.length - 1, Math.max(cursorIndex, 0) + by * lines))]
    if (next) onCursor(next.id)
  }
  const from = Math.max(0, seen.first - spare)
  const lines = Array.from({ length: Math.max(0, Math.min(count, seen.end + spare) - from) }, (_, at) => from + at)
  const idOf = (index: number) => `${base}-${index}`
  return (
    // It has one of two roles.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      ref={box}
      // Rows that open and close make a grid a tree.
      role={search.group === undefined ? 'grid' : 'treegrid'}
      className={styles.grid}
      style={sizes(shown)}
      aria-label="Resources"
      aria-rowcount={props.total + 1}
      aria-multiselectable
      aria-activedescendant={
        cursorIndex >= 0 && lines.includes(offset + cursorIndex) ? idOf(offset + cursorIndex) : undefined
      }
      tabIndex={0}
      data-resource-grid=""
      onClick={onClick}
      onKeyDown={onKeyDown}
    >
      <GridHead
        columns={shown}
        search={search}
        isAllSelected={items.length > 0 && items.every(({ kind, id }) => kind !== 'row' || selected.has(id))}
        onSelectAll={props.onSelectAll}
        onSort={props.onSort}
      />
      <div role="rowgroup" className={styles.rows} style={{ height: count * rowHeight }}>
        {lines.map((index) => {
          const item = items[index - offset]
          return (
            <ResourceRow
              key={item?.id ?? index}
              id={idOf(index)}
              item={item}
              index={index}
              columns={shown}
              isGrouped={search.group !== undefined}
              isCursor={item !== undefined && item.id === cursor}
              isOpen={item !== undefined && item.id === search.open}
              isSelected={item !== undefined && selected.has(item.id)}
            />
          )
        })}
      </div>
    </div>
  )
}

const sizes = (shown: ReturnType<typeof columnsOf>): Record<string, string> => {
  const tracks = shown.map(({ least, share }) => (share > 0 ? `minmax(${least}px, ${share}fr)` : `${least}px`))
  const least = shown.reduce((sum, column) => sum + column.least, checkWidth)
  return { '--columns': [`${checkWidth}px`, ...tracks].join(' '), '--least': `${least}px` }
}
