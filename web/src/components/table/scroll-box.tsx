import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Icon } from '../icon.tsx'
import styles from './scroll-box.module.css'

/** Rounding makes a box that is scrolled to its end a fraction short of it. */
const slackPx = 2

/** How much lies hidden at the right of a box that scrolls sideways. */
const useHidden = () => {
  const box = useRef<HTMLDivElement>(null)
  const [isHidden, setHidden] = useState(false)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const look = () => setHidden(element.scrollWidth - element.clientWidth - element.scrollLeft > slackPx)
    look()
    const sizes = new ResizeObserver(look)
    sizes.observe(element)
    if (element.firstElementChild) sizes.observe(element.firstElementChild)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      sizes.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [])
  return { box, isHidden }
}

interface ScrollBoxProps {
  /** Names it for screen readers and makes it reachable by keyboard; left out where what is inside is reachable. */
  label?: string
  /** As wide as its content, not as its place. */
  isFit?: boolean
  children: ReactNode
}

/** A frame whose content scrolls sideways on its own, and that shows when there is more at its right. */
export const ScrollBox = ({ label, isFit = false, children }: ScrollBoxProps) => {
  const { box, isHidden } = useHidden()
  return (
    <div className={styles.frame} data-fit={isFit}>
      {/* A box that scrolls must be reachable by keyboard. */}
      <div ref={box} className={styles.box} {...(label ? { tabIndex: 0, role: 'region', 'aria-label': label } : {})}>
        {children}
      </div>
      {isHidden && (
        <button
          type="button"
          className={styles.more}
          tabIndex={-1}
          aria-hidden="true"
          title="More columns"
          onClick={() => box.current?.scrollBy({ left: box.current.clientWidth * 0.8 })}
        >
          <Icon name="expand" size={12} />
        </button>
      )}
    </div>
  )
}
