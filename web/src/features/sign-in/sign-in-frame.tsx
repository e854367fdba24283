import type { ReactNode } from 'react'
import { usePageTitle } from '../../lib/title.ts'
import styles from './sign-in-frame.module.css'

/** The page of the two forms that stand before the application. */
export const SignInFrame = ({ title, children }: { title: string; children: ReactNode }) => {
  usePageTitle(title)
  return (
    <main className={styles.frame}>
      <div className={styles.panel}>
        <p className={styles.product}>
          <img src="/favicon.svg" alt="" width="20" height="20" />
          AWS Integration Dashboard
        </p>
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  )
}
