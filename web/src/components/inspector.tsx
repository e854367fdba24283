import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import { IconButton } from './icon-button.tsx'
import styles from './inspector.module.css'

interface InspectorProps {
  label: string
  onClose: () => void
  /** Beside the close button, for example the way to the full page. */
  actions?: ReactNode
  children: ReactNode
}

const key = 'dashboard:inspector-width'
const least = 420
const most = 720
const usual = 480
const stepPx = 20

const within = (width: number): number => Math.min(most, Math.max(least, Math.round(width)))

/** A column at the right that pushes the page's content aside, 420–720 px; on narrow screens it takes the page's place. */
export const Inspector = ({ label, onClose, actions, children }: InspectorProps) => {
  const [width, setWidth] = useState(() => within(Number(localStorage.getItem(key)) || usual))
  const aside = useRef<HTMLElement>(null)
  const resize = (next: number) => {
    setWidth(within(next))
    localStorage.setItem(key, String(within(next)))
  }
  useEffect(() => {
    const invoker = document.activeElement
    return () => {
      if (invoker instanceof HTMLElement && invoker.isConnected) invoker.focus({ preventScroll: true })
    }
  }, [])
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    resize((aside.current?.getBoundingClientRect().right ?? 0) - event.clientX)
  }
  const onKey = ({ key: pressed }: KeyboardEvent) => {
    if (pressed === 'ArrowLeft') resize(width + stepPx)
    if (pressed === 'ArrowRight') resize(width - stepPx)
  }
  return (
    <aside ref={aside} className={styles.inspector} style={{ width }} aria-label={label}>
      <div
        className={styles.handle}
        role="separator"
        aria-orientation="vertical"
        aria-label="Width of the inspector"
        aria-valuenow={width}
        aria-valuemin={least}
        aria-valuemax={most}
        tabIndex={0}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onKeyDown={onKey}
      />
      <div className={styles.content}>
        <div className={styles.actions}>
          {actions}
          <IconButton icon="close" label="Close the inspector" onClick={onClose} />
        </div>
        {children}
      </div>
    </aside>
  )
}
