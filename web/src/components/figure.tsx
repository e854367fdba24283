import { Link } from '@tanstack/react-router'
import styles from './figure.module.css'

interface FigureProps {
  label: string
  value: string
  note: string
  /** Complete as of when; shows on hover. */
  title?: string | undefined
  to: '/accounts' | '/resources' | '/discovery'
  search?: { group: 'region' | 'type' } | { sort: 'connection' }
}

/** One number of a band; the whole of it leads to the rows behind the number. */
export const Figure = ({ label, value, note, title, to, search }: FigureProps) => (
  <Link to={to} search={search ?? {}} className={styles.figure ?? ''} title={title}>
    <span className={styles.label}>{label}</span>
    <span className={styles.value}>{value}</span>
    <span className={styles.note}>{note}</span>
  </Link>
)
