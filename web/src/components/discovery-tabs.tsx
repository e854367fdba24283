import { Link } from '@tanstack/react-router'
import styles from './page-tabs.module.css'

/** The two sides of discovery: what is known of every scope, and the runs that found it out. */
export const DiscoveryTabs = () => (
  <nav className={styles.tabs} aria-label="Discovery">
    <Link to="/discovery" activeOptions={{ exact: true, includeSearch: false }}>
      Ledger
    </Link>
    <Link to="/jobs" activeOptions={{ exact: true, includeSearch: false }}>
      Runs
    </Link>
  </nav>
)
