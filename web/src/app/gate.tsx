import { ThemeProvider } from '@mui/material/styles'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { ErrorPanel } from '../components/error-panel.tsx'
import { ReplacePasswordPage } from '../features/sign-in/replace-password-page.tsx'
import { SignInPage } from '../features/sign-in/sign-in-page.tsx'
import { problemOf } from '../lib/problem.ts'
import { refreshSession, session, startSession, wasSignedInBefore, type Session } from '../lib/session.ts'
import { useStore } from '../lib/store.ts'
import { theme } from '../theme/theme.ts'
import styles from './gate.module.css'

const loadApp = () => import('./app.tsx')
const App = lazy(() => loadApp().then(({ App }) => ({ default: App })))

/** Whose application is mounted: that of the user signed in, or of the one whose session has just ended. */
const userOf = (now: Session): string | null => {
  if (now.phase === 'anonymous') return now.endedFor
  return now.phase === 'signed-in' && !now.user.mustChangePassword ? now.user.id : null
}

/**
 * Lets the application in once there is a session. When one ends, the application stays mounted behind the sign-in
 * form, at the same address and with its forms as they were.
 */
export const Gate = () => {
  const now = useStore(session)
  const started = useRef(false)
  useEffect(() => {
    if (started.current) return
    started.current = true
    if (wasSignedInBefore()) void loadApp()
    startSession()
  }, [])
  const user = userOf(now)
  const isIn = now.phase === 'signed-in' && !now.user.mustChangePassword
  return (
    <ThemeProvider theme={theme} defaultMode="system">
      {user !== null && (
        <div style={{ display: isIn ? 'contents' : 'none' }} key={user}>
          <Suspense fallback={<div className={styles.wait} role="status" aria-label="Loading" />}>
            <App />
          </Suspense>
        </div>
      )}
      {now.phase === 'unknown' && <div className={styles.wait} role="status" aria-label="Loading" />}
      {now.phase === 'unreachable' && (
        <main className={styles.unreachable}>
          <h1>AWS Integration Dashboard</h1>
          <ErrorPanel
            problem={problemOf(now.error)}
            what="The application could not start"
            retry={() => void refreshSession()}
          />
        </main>
      )}
      {now.phase === 'anonymous' && <SignInPage ended={now.endedFor !== null} />}
      {now.phase === 'signed-in' && now.user.mustChangePassword && <ReplacePasswordPage email={now.user.email} />}
    </ThemeProvider>
  )
}
