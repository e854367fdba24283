import { useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react'
import type { Facets } from '../../../lib/suggest.ts'
import type { FilterInput } from '../list-input.ts'
import { fromFirstPage, type ResourcesSearch } from '../resources-search.ts'
import { firstPage } from '../token-stack.ts'
import { rowItem, type Item } from './items.ts'
import { rowHeight } from './resource-row.tsx'
import { useArrivals } from './use-arrivals.ts'
import { useGroups } from './use-groups.ts'
import { usePageSync } from './use-page-sync.ts'
import { useRowKeys } from './use-row-keys.ts'
import { useSelection } from './use-selection.ts'
import { useWindow } from './use-window.ts'

interface ListInput {
  search: ResourcesSearch
  input: FilterInput | null
  facets: Facets
  area: RefObject<HTMLElement | null>
  go: (next: ResourcesSearch, replace?: boolean) => void
}

/** Asked for this many rows before the end shows. */
const ahead = 30

const toggled = (values: readonly string[], value: string): string[] =>
  values.includes(value) ? values.filter((other) => other !== value) : [...values, value]

/** The rows, or their groups, with the cursor, the selection and the keys. */
export const useList = ({ search, input, facets, area, go }: ListInput) => {
  const window = useWindow(search, input)
  const { query, offset: windowOffset, restart } = window
  const first = query.data?.pages[0]
  const total = first?.total
  const groups = useGroups(search, input, facets, total)
  const isGrouped = search.group !== undefined
  const items = isGrouped ? groups.items : window.rows.map(rowItem)
  const offset = isGrouped ? 0 : windowOffset
  const hasMore = !isGrouped && query.hasNextPage
  const arrivals = useArrivals(area)
  const [cursor, setCursor] = useState<string | null>(search.open ?? null)
  const [seen, setSeen] = useState({ first: 0, end: 0 })
  const selection = useSelection(items)
  const focus = () => area.current?.querySelector<HTMLElement>('[data-resource-grid]')?.focus({ preventScroll: true })

  // Steps of a walk over the end of what is loaded: it goes on when the next page is there.
  const waiting = useRef(0)
  const moveTo = (item: Item | undefined) => {
    if (!item) return
    setCursor(item.id)
    if (search.open !== undefined && item.kind === 'row') go({ ...search, open: item.id }, true)
    if (document.activeElement === document.body) focus()
  }
  const indexOf = (id: string | null) => items.findIndex((item) => item.id === id)
  const move = (by: 1 | -1) => {
    // Keys pressed while a page is on its way are steps too.
    if (waiting.current > 0 && query.isFetching) return void (waiting.current += by)
    const at = indexOf(cursor)
    // Without a cursor the walk begins at what is on the screen.
    const next = at < 0 ? Math.max(0, seen.first - offset) : at + by
    if (next >= items.length && hasMore) {
      waiting.current = 1
      return void query.fetchNextPage()
    }
    moveTo(items[Math.max(0, Math.min(items.length - 1, next))])
  }
  const goOn = useEffectEvent((loaded: number, _offset: number) => {
    const at = indexOf(cursor)
    if (waiting.current <= 0 || at + 1 >= loaded) return
    const next = Math.min(at + waiting.current, loaded - 1)
    waiting.current = hasMore ? at + waiting.current - next : 0
    moveTo(items[next])
    if (waiting.current > 0) void query.fetchNextPage()
  })
  useEffect(() => goOn(items.length, offset), [items.length, offset])

  const scrollTo = (row: number) => {
    const grid = area.current?.querySelector('[data-resource-grid]')
    if (grid) grid.scrollTop = row * rowHeight
  }
  usePageSync({
    search,
    topRow: isGrouped || query.isPlaceholderData ? null : seen.first,
    offset,
    hasRows: items.length > 0,
    pagingAt: window.pagingAt,
    restart,
    scrollTo,
    go,
  })

  const open = (item: Item | undefined) => {
    if (item?.kind === 'row') {
      const { open: before, tab, ...rest } = search
      go({ ...rest, open: item.id, ...(tab && before ? { tab } : {}) }, before !== undefined)
    }
    if (item?.kind === 'group' && item.value !== null) {
      const { in: before = [], ...rest } = search
      const next = toggled(before, item.value)
      go(next.length ? { ...rest, in: next } : rest, true)
    }
  }
  const close = () => {
    const { open: _open, tab: _tab, ...rest } = search
    go(rest, true)
  }
  const toFirst = () => {
    restart(firstPage)
    scrollTo(0)
    go(fromFirstPage(search), true)
  }
  const current = items[indexOf(cursor)]
  useRowKeys({
    isOpen: search.open !== undefined,
    onMove: move,
    onEnd: (end) => (end === 'first' && offset > 0 ? toFirst() : moveTo(end === 'first' ? items[0] : items.at(-1))),
    onOpen: () => open(current),
    onClose: close,
    onToggle: (isRange) => current?.kind === 'row' && selection.toggle(current.id, isRange),
  })
  const onSeen = (from: number, end: number) => {
    setSeen((now) => (now.first === from && now.end === end ? now : { first: from, end }))
    if (hasMore && end > offset + items.length - ahead && !query.isFetching) void query.fetchNextPage()
    if (!isGrouped && from < offset + ahead && query.hasPreviousPage && !query.isFetching)
      void query.fetchPreviousPage()
    for (const item of items.slice(Math.max(0, from - offset), end - offset))
      if (item.kind === 'more') groups.more(item.value)
  }
  return {
    query,
    total,
    coverage: first?.coverage,
    pending: arrivals.pending,
    apply: arrivals.apply,
    selection,
    focus,
    close,
    follow: (id: string) => {
      setCursor(id)
      go({ ...search, open: id, tab: 'summary' })
    },
    position: {
      first: seen.first,
      end: Math.min(seen.end, offset + items.length),
      groups: isGrouped ? items.filter(({ kind }) => kind === 'group').length : undefined,
      onFirst: offset > 0 && !query.hasPreviousPage && !query.isFetching ? toFirst : undefined,
    },
    grid: {
      items,
      offset,
      hasMore,
      total: total ?? 0,
      cursor,
      selected: selection.ids,
      onCursor: setCursor,
      onOpen: open,
      onSelect: selection.toggle,
      onSelectAll: selection.all,
      onSort: (sort: ResourcesSearch['sort'], order: ResourcesSearch['order']) =>
        go({ ...fromFirstPage(search), ...(sort ? { sort } : {}), ...(order ? { order } : {}) }),
      onSeen,
    },
  }
}
