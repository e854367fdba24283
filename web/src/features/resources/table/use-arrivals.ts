import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'
import { api } from '../../../lib/api.ts'
import { onLiveEvent } from '../../../lib/live.ts'
import { usePointerOver } from '../../../lib/live/use-pointer-over.ts'

const refreshMs = 1_000

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
    void queries.invalidateQueries({ queryKey: api.resources.facets.key() })
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
