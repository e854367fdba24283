import { useEffect, useEffectEvent } from 'react'
import { counted } from '../../lib/format.ts'
import styles from './pending-changes.module.css'

interface PendingChangesProps {
  count: number
  onApply: () => void
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && /^(TEXTAREA|SELECT|INPUT)$/.test(target.tagName)

/** Says that a live list has news that waits, so that nothing moves under the pointer; `.` or a press applies it. */
export const PendingChanges = ({ count, onApply }: PendingChangesProps) => {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== '.' || count === 0 || event.defaultPrevented || isTyping(event.target)) return
    event.preventDefault()
    onApply()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event)
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
  return (
    <span role="status" className={styles.frame}>
      {count > 0 && (
        <button type="button" className={styles.apply} onClick={onApply}>
          {counted(count, 'change')}, press . to apply
        </button>
      )}
    </span>
  )
}
