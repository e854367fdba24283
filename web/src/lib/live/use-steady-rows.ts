import { useEffect, useEffectEvent, useState, type RefObject } from 'react'
import { changesBetween, renewed } from './arrangement.ts'
import { usePointerOver } from './use-pointer-over.ts'

/** How often it is looked whether the pointer and the focus have gone. */
const lookMs = 500

export interface SteadyRows<Row> {
  rows: Row[]
  /** Rows that came, went or moved and wait. */
  pending: number
  apply: () => void
}

/**
 * Rows of a live list that never move under the pointer or the focus: what they say is renewed in place; which there
 * are, and their order, on demand, or while pointer and focus are elsewhere. `list` names what is listed: another list
 * shows at once.
 */
export const useSteadyRows = <Row>(
  newest: readonly Row[],
  keyOf: (row: Row) => string,
  area: RefObject<HTMLElement | null>,
  list = '',
): SteadyRows<Row> => {
  const isOver = usePointerOver(area)
  const [held, setHeld] = useState({ list, rows: newest })
  if (held.list !== list) setHeld({ list, rows: newest })
  const pending = changesBetween(held.rows, newest, keyOf)
  const apply = () => setHeld({ list, rows: newest })
  const settle = useEffectEvent(() => {
    if (pending > 0 && !isOver.current && !area.current?.matches(':focus-within')) apply()
  })
  useEffect(() => {
    if (pending === 0) return
    const now = setTimeout(() => settle())
    const timer = setInterval(() => settle(), lookMs)
    return () => {
      clearTimeout(now)
      clearInterval(timer)
    }
  }, [pending])
  return { rows: renewed(held.rows, newest, keyOf), pending, apply }
}
