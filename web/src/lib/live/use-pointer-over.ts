import { useEffect, useRef, type RefObject } from 'react'

/** Whether the pointer is at work over an element: it moved there, not that the page appeared under it. */
export const usePointerOver = (element: RefObject<HTMLElement | null>) => {
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
