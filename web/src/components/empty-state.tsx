import type { ReactNode } from 'react'
import styles from './empty-state.module.css'
import { Icon, type IconName } from './icon.tsx'

interface EmptyStateProps {
  icon?: IconName
  /** Why there is nothing: “No account is connected yet”. */
  title: string
  children?: ReactNode
  /** The one thing to do about it. */
  action?: ReactNode
}

export const EmptyState = ({ icon = 'search', title, children, action }: EmptyStateProps) => (
  <div className={styles.empty}>
    <Icon name={icon} size={20} />
    <p className={styles.title}>{title}</p>
    {children && <div className={styles.text}>{children}</div>}
    {action}
  </div>
)
