import { useEffect, useEffectEvent } from 'react'

interface RowKeys {
  ids: string[]
  cursor: string | null
  isOpen: boolean
  onMove: (id: string) => void
  onOpen: (id: string) => void
  onClose: () => void
  onToggle: (id: string) => void
  onApply: () => void
}

const isElsewhere = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (/^(TEXTAREA|SELECT)$/.test(target.tagName) || (target instanceof HTMLInputElement && target.type !== 'checkbox'))

const isOnControl = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('button,a,[role="tab"],summary') !== null

/** j and k walk the rows, Enter opens, x selects, `.` applies what arrived, Escape closes the inspector. */
export const useRowKeys = ({ ids, cursor, isOpen, onMove, onOpen, onClose, onToggle, onApply }: RowKeys) => {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event.target)) return
    if (document.querySelector('.MuiDialog-root, .MuiPopover-root')) return
    const walk = (by: number) => {
      const index = cursor === null ? -1 : ids.indexOf(cursor)
      const next = ids[Math.max(0, Math.min(ids.length - 1, index + by))]
      if (next !== undefined) onMove(next)
    }
    const withCursor = (act: (id: string) => void) => {
      if (cursor !== null && ids.includes(cursor)) act(cursor)
    }
    const actions: Record<string, () => void> = {
      j: () => walk(1),
      k: () => walk(-1),
      x: () => withCursor(onToggle),
      '.': onApply,
      Enter: () => !isOnControl(event.target) && withCursor(onOpen),
      Escape: () => isOpen && onClose(),
    }
    actions[event.key]?.()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event)
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
}
