import { useEffect, useRef } from 'react'

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
  target instanceof HTMLElement && (/^(TEXTAREA|SELECT)$/.test(target.tagName) || (target instanceof HTMLInputElement && target.type !== 'checkbox'))

/** j and k walk the rows, Enter opens, x selects, `.` applies what arrived, Escape closes the inspector. */
export const useRowKeys = (keys: RowKeys) => {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const walk = (by: number) => {
      const { ids, cursor, onMove } = latest.current
      const index = cursor === null ? -1 : ids.indexOf(cursor)
      const next = ids[Math.max(0, Math.min(ids.length - 1, index + by))]
      if (next !== undefined) onMove(next)
    }
    const withCursor = (act: (id: string) => void) => {
      const { cursor, ids } = latest.current
      if (cursor !== null && ids.includes(cursor)) act(cursor)
    }
    const actions: Record<string, () => void> = {
      j: () => walk(1),
      k: () => walk(-1),
      x: () => withCursor(latest.current.onToggle),
      '.': () => latest.current.onApply(),
      Escape: () => latest.current.isOpen && latest.current.onClose(),
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event.target)) return
      if (document.querySelector('.MuiDialog-root, .MuiPopover-root')) return
      if (event.key === 'Enter' && !(event.target instanceof HTMLElement && event.target.closest('button,a,[role="tab"],summary'))) {
        return withCursor(latest.current.onOpen)
      }
      actions[event.key]?.()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}
