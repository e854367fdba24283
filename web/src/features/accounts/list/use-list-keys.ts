import { useEffect, useEffectEvent, useState } from 'react'

interface ListKeys {
  ids: readonly string[]
  onOpen: (id: string) => void
  onToggle: (id: string, withRange: boolean) => void
  onExport: () => void
  onClear: () => void
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (/^(TEXTAREA|SELECT)$/.test(target.tagName) || (target instanceof HTMLInputElement && target.type !== 'checkbox'))

const isOnControl = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('button,a,input,summary') !== null

/** j and k walk the rows and take the focus along, Enter opens, x selects, X up to here, e exports, Escape clears. */
export const useListKeys = ({ ids, onOpen, onToggle, onExport, onClear }: ListKeys): string | null => {
  const [cursor, setCursor] = useState<string | null>(null)
  const walk = (by: number) => {
    const index = cursor === null ? -1 : ids.indexOf(cursor)
    const next = ids[Math.max(0, Math.min(ids.length - 1, index + by))]
    if (next === undefined) return
    setCursor(next)
    const row = document.querySelector<HTMLElement>(`[data-row="${next}"]`)
    row?.focus({ preventScroll: true })
    row?.scrollIntoView({ block: 'nearest' })
  }
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
    if (document.querySelector('.MuiDialog-root, .MuiPopover-root')) return
    const withCursor = (act: (id: string) => void) => {
      if (cursor !== null && ids.includes(cursor)) act(cursor)
    }
    const actions: Record<string, () => void> = {
      j: () => walk(1),
      k: () => walk(-1),
      x: () => withCursor((id) => onToggle(id, false)),
      X: () => withCursor((id) => onToggle(id, true)),
      e: onExport,
      Enter: () => !isOnControl(event.target) && withCursor(onOpen),
      Escape: onClear,
    }
    actions[event.key]?.()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event)
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
  return cursor
}
