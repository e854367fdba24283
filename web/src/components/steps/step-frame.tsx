import { useEffect, useRef, type ReactNode } from 'react'
import styles from './steps.module.css'

interface StepFrameProps {
  step: string
  /** Across the whole page: a comparison needs the room. */
  isWide?: boolean
  children: ReactNode
}

/** What one step shows. A new step takes the focus that the old one's button had, so that a keyboard goes on there. */
export const StepFrame = ({ step, isWide = false, children }: StepFrameProps) => {
  const frame = useRef<HTMLDivElement>(null)
  const shown = useRef(step)
  useEffect(() => {
    if (shown.current === step) return
    shown.current = step
    if (document.activeElement === document.body) frame.current?.focus({ preventScroll: true })
  }, [step])
  return (
    <div ref={frame} tabIndex={-1} className={styles.frame} data-wide={isWide}>
      {children}
    </div>
  )
}
