import type { ComponentProps, ReactNode } from 'react'
import styles from './icon-button.module.css'
import { Icon, type IconName } from './icon.tsx'

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  icon: IconName
  label: string
  /** Shown beside the icon, for example a count. */
  children?: ReactNode
}

/** A 28 px button with an icon; `label` names it and shows on hover. */
export const IconButton = ({ icon, label, children, className, ...rest }: IconButtonProps) => (
  <button type="button" aria-label={label} title={label} className={`${styles.button} ${className ?? ''}`} {...rest}>
    <Icon name={icon} />
    {children}
  </button>
)
