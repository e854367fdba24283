import { Link } from '@tanstack/react-router'
import styles from './page-tabs.module.css'

/** The two sides of what is connected: each account, and the organizations that they come from. */
export const AccountsTabs = () => (
  <nav className={styles.tabs} aria-label="Accounts">
    <Link to="/accounts" activeOptions={{ exact: true, includeSearch: false }}>
      Accounts
    </Link>
    <Link to="/organizations" activeOptions={{ exact: true, includeSearch: false }}>
      Organizations
    </Link>
  </nav>
)
