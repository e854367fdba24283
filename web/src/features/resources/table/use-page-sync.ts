import { useEffect, useEffectEvent, useRef } from 'react'
import { pageSize } from '../list-input.ts'
import type { ResourcesSearch } from '../resources-search.ts'
import { pagingOf, type Paging } from '../token-stack.ts'

interface PageSync {
  search: ResourcesSearch
  /** Index of the first row on the screen; null while it is not the list's own. */
  topRow: number | null
  /** Index of the first row that is loaded. */
  offset: number
  hasRows: boolean
  pagingAt: (row: number) => Paging | undefined
  restart: (paging: Paging) => void
  scrollTo: (row: number) => void
  go: (next: ResourcesSearch, replace: boolean) => void
}

const settleMs = 250

/** Keeps the page of the address and what is scrolled to in step, both ways, so that a copied link begins where it was. */
export const usePageSync = ({ search, topRow, offset, hasRows, pagingAt, restart, scrollTo, go }: PageSync) => {
  const asked = pagingOf(search.page, search.after)
  const known = useRef(asked.page)
  const write = useEffectEvent((row: number | null) => {
    const paging = row === null ? undefined : pagingAt(row)
    if (!paging || paging.page === asked.page) return
    known.current = paging.page
    const { page: _page, after: _after, ...rest } = search
    go(paging.page > 1 ? { ...rest, page: String(paging.page), after: paging.after } : rest, true)
  })
  useEffect(() => {
    const timer = setTimeout(() => write(topRow), settleMs)
    return () => clearTimeout(timer)
  }, [topRow])
  // The address changed by other means than scrolling: a link, or Back.
  const read = useEffectEvent((page: number) => {
    if (known.current === page) return
    known.current = page
    restart(asked)
    scrollTo((page - 1) * pageSize)
  })
  useEffect(() => read(asked.page), [asked.page])
  // A link into the middle begins there.
  const begin = useEffectEvent((isThere: boolean) => {
    if (isThere && offset > 0) scrollTo(offset)
  })
  useEffect(() => begin(hasRows), [hasRows])
}
