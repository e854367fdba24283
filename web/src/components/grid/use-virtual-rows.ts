import { useEffect, useState, type RefObject } from 'react'

export interface VisibleRows {
  /** Index of the first row on the screen. */
  first: number
  /** Index after the last one. */
  end: number
}

/** Which rows of equal height a scrolling box shows; `headerHeight` is taken by a heading that sticks to its top. */
export const useVirtualRows = (
  box: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
  headerHeight: number,
): VisibleRows => {
  const [seen, setSeen] = useState<VisibleRows>({ first: 0, end: 40 })
  useEffect(() => {
    const element = box.current
    if (!element) return
    const look = () => {
      const first = Math.floor(element.scrollTop / rowHeight)
      const end = Math.ceil((element.scrollTop + element.clientHeight - headerHeight) / rowHeight)
      setSeen((now) => (now.first === first && now.end === end ? now : { first, end }))
    }
    look()
    const sizes = new ResizeObserver(look)
    sizes.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      sizes.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [box, rowHeight, headerHeight])
  const end = Math.min(seen.end, count)
  return { first: Math.min(seen.first, Math.max(end - 1, 0)), end }
}

/** Scrolls so far, and only so far, that a row shows whole. */
export const revealRow = (element: HTMLElement, index: number, rowHeight: number, headerHeight: number) => {
  const top = index * rowHeight
  const room = element.clientHeight - headerHeight - rowHeight
  if (top < element.scrollTop) element.scrollTop = top
  else if (top > element.scrollTop + room) element.scrollTop = top - room
}
