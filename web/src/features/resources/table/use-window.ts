import { keepPreviousData, skipToken, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../lib/api.ts'
import { listInput, pageSize, type FilterInput } from '../list-input.ts'
import type { ResourcesSearch } from '../resources-search.ts'
import { nextPage, pagingOf, previousPage, type Paging } from '../token-stack.ts'

/** Pages kept at a time: a refresh asks for each of them again. */
const mostPages = 10

const isKnownWay = ({ page, after }: Paging): boolean => page === 2 || after.length > 1

/**
 * The rows of the list from some page to another, that grow at both ends as somebody scrolls. `offset` is the index of
 * the first one in the whole list. It starts where the address says, and again when filter, order or page of the address
 * change by other means than scrolling.
 */
export const useWindow = (search: ResourcesSearch, input: FilterInput | null) => {
  const { sort = 'name', order = 'asc' } = search
  const list = JSON.stringify([input, sort, order])
  const asked = pagingOf(search.page, search.after)
  const [start, setStart] = useState({ list, paging: asked })
  if (start.list !== list) setStart({ list, paging: asked })
  const query = useInfiniteQuery(
    api.resources.list.infiniteOptions({
      input: input ? (paging: Paging) => listInput(input, search, paging) : skipToken,
      initialPageParam: start.paging,
      getNextPageParam: ({ nextToken }, _pages, paging) =>
        nextToken === undefined ? undefined : nextPage(paging, nextToken),
      getPreviousPageParam: (_page, _pages, paging) =>
        paging.page > 1 && isKnownWay(paging) ? previousPage(paging) : undefined,
      maxPages: mostPages,
      // Under a name that nothing has, the rows of before would pass for an answer.
      ...(input ? { placeholderData: keepPreviousData } : {}),
    }),
  )
  const params = query.data?.pageParams ?? []
  return {
    query,
    rows: query.data?.pages.flatMap(({ items }) => items) ?? [],
    offset: ((params[0]?.page ?? 1) - 1) * pageSize,
    /** What the address says for the page that holds a row. */
    pagingAt: (index: number) => params.find(({ page }) => page === Math.floor(index / pageSize) + 1),
    /** Begins anew at another page. */
    restart: (paging: Paging) => setStart({ list, paging }),
  }
}
