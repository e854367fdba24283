import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'
import { api } from '../../lib/api.ts'
import { onLiveEvent } from '../../lib/live.ts'
import { resolveTypes } from '../../lib/type-names.ts'
import { useCatalog } from '../../lib/use-catalog.ts'
import { useScope } from '../../lib/use-scope.ts'
import { listInput } from './list-input.ts'
import type { ResourcesSearch } from './resources-search.ts'

/**
 * Waits for the names of accounts and types when the address uses them: without them it would ask for everything, or
 * for a type that there is not.
 */
export const useResources = (search: ResourcesSearch) => {
  const scope = useScope()
  const catalog = useCatalog()
  const { types, unknown } = resolveTypes(search.type ?? [], catalog)
  const query = useQuery({
    ...api.resources.list.queryOptions({
      input: listInput(search.type ? { ...search, type: types } : search, scope.accountIds),
    }),
    placeholderData: keepPreviousData,
    enabled: scope.isAnswerable && unknown.length === 0,
  })
  return { query, unknownAccounts: scope.unknown, unknownTypes: catalog.length ? unknown : [] }
}

const refreshMs = 1_000

/** Whether the pointer is at work over an element: it moved there, not that the page appeared under it. */
const usePointerOver = (element: RefObject<HTMLElement | null>) => {
  const isOver = useRef(false)
  useEffect(() => {
    const onMove = ({ target, movementX, movementY }: PointerEvent) => {
      const isInside = target instanceof Node && (element.current?.contains(target) ?? false)
      if (!isInside) isOver.current = false
      // The browser repeats the last position, without movement, when the page changes under a resting pointer.
      else if (movementX !== 0 || movementY !== 0) isOver.current = true
    }
    addEventListener('pointermove', onMove)
    return () => removeEventListener('pointermove', onMove)
  }, [element])
  return isOver
}

/**
 * Counts changes that arrived while the list is looked at. They are applied on demand, or at once while the pointer
 * and the focus are elsewhere: rows never move under them.
 */
export const useArrivals = (grid: RefObject<HTMLElement | null>) => {
  const isOver = usePointerOver(grid)
  const queries = useQueryClient()
  const [pending, setPending] = useState(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const apply = useCallback(() => {
    setPending(0)
    void queries.invalidateQueries({ queryKey: api.resources.list.key() })
  }, [queries])
  useEffect(() => {
    const stop = onLiveEvent((event) => {
      if (event.type !== 'resources') return
      setPending((count) => count + event.created + event.changed + event.deleted)
      timer.current ??= setTimeout(() => {
        timer.current = undefined
        if (!isOver.current && !grid.current?.matches(':focus-within')) apply()
      }, refreshMs)
    })
    return () => {
      stop()
      clearTimeout(timer.current)
      timer.current = undefined
    }
  }, [apply, grid, isOver])
  return { pending, apply }
}
