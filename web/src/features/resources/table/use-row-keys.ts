import { useEffect, useEffectEvent } from 'react'

interface RowKeys {
  isOpen: boolean
  /** One line on, or back. */
  onMove: (by: 1 | -1) => void
  onEnd: (end: 'first' | 'last') => void
  onOpen: () => void
  onClose: () => void
  onToggle: (isRange: boolean) => void
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (/^(TEXTAREA|SELECT)$/.test(target.tagName) || (target instanceof HTMLInputElement && target.type !== 'checkbox'))

const isOnControl = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('button,a,[role="tab"],summary,pre,[role="separator"]') !== null

const isOnGrid = (target: EventTarget | null) => target instanceof HTMLElement && target.matches('[data-resource-grid]')

/** j and k walk the rows, Enter opens, x selects, Escape closes the inspector; in the grid the arrows too. */
export const useRowKeys = ({ isOpen, onMove, onEnd, onOpen, onClose, onToggle }: RowKeys) => {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const { target } = event
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(target)) return
    if (document.querySelector('.MuiDialog-root, .MuiPopover-root')) return
    const anywhere: Record<string, () => void> = {
      j: () => onMove(1),
      k: () => onMove(-1),
      x: () => onToggle(false),
      X: () => onToggle(true),
      Escape: () => isOpen && onClose(),
      ...(isOnControl(target) ? {} : { Enter: onOpen }),
    }
    const inGrid: Record<string, () => void> = {
      ArrowDown: () => onMove(1),
      ArrowUp: () => onMove(-1),
      Home: () => onEnd('first'),
      End: () => onEnd('last'),
      ' ': () => onToggle(event.shiftKey),
    }
    const act = anywhere[event.key] ?? (isOnGrid(target) ? inGrid[event.key] : undefined)
    if (!act) return
    if (event.key !== 'Escape') event.preventDefault()
    act()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event)
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
}
