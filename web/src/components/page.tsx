import type { ReactNode } from 'react'
import { usePageTitle } from '../lib/title.ts'
import styles from './page.module.css'

interface PageProps {
  title: string
  /** In the browser's tab, where it should differ from the heading. */
  tabTitle?: string
  /** The way up, above the title. */
  crumb?: ReactNode
  /** The line under the title: coverage, age, source. */
  subtitle?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

/** A page that scrolls as a whole: one heading, its line of facts, its actions. */
export const Page = ({ title, tabTitle = title, crumb, subtitle, actions, children }: PageProps) => {
  usePageTitle(tabTitle)
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <div className={styles.titles}>
          {crumb && (
            <nav aria-label="Breadcrumb" className={styles.crumb}>
              {crumb}
            </nav>
          )}
          <h1>{title}</h1>
          {subtitle}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}

/** A titled part of a page. */
export const Section = ({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) => (
  <section className={styles.section} aria-label={title}>
    <div className={styles.sectionTitle}>
      <h2>{title}</h2>
      {actions}
    </div>
    {children}
  </section>
)
