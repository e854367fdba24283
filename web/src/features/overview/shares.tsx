import { Link } from '@tanstack/react-router'
import { Section } from '../../components/page.tsx'
import { formatNumber } from '../../lib/format.ts'
import styles from './overview.module.css'

interface SharesProps {
  title: string
  /** Which filter a row leads to. */
  name: 'service' | 'region' | 'account'
  values: { value: string; label: string; count: number }[]
}

const most = 10

/** How the resources spread over something, largest first; a row leads to its resources. */
export const Shares = ({ title, name, values }: SharesProps) => {
  const largest = Math.max(1, ...values.map(({ count }) => count))
  return (
    <Section title={title}>
      <ul className={styles.shares}>
        {values.length === 0 && <li className={styles.none}>No resource was found yet</li>}
        {values.slice(0, most).map(({ value, label, count }) => (
          <li key={value}>
            <Link to="/resources" search={{ [name]: [value] }} className={styles.share ?? ''}>
              <span className={styles.shareLabel} title={value}>
                {label}
              </span>
              <span className={styles.bar} aria-hidden="true">
                <span style={{ width: `${(count / largest) * 100}%` }} />
              </span>
              <span className="number">{formatNumber(count)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}
