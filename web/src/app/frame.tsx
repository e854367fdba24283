import { Outlet, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { JobTray } from '../features/jobs/job-tray.tsx'
import { useJobProgress } from '../features/jobs/use-job-progress.ts'
import { frame } from './frame-state.ts'
import styles from './frame.module.css'
import { IgnoredParams } from './ignored-params.tsx'
import { Rail } from './rail.tsx'
import { TopBar } from './top-bar.tsx'
import { useShortcuts } from './use-shortcuts.ts'
import { useStore } from '../lib/store.ts'

// Loaded at the first `?`: the first page needs no dialog.
const ShortcutSheet = lazy(async () => ({ default: (await import('./shortcut-sheet.tsx')).ShortcutSheet }))

/** Moves focus to the new page, so that a keyboard goes on there; not at the first load. */
const useFocusOnNavigation = () => {
  const main = useRef<HTMLElement>(null)
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const first = useRef(path)
  useEffect(() => {
    if (first.current === path) return
    first.current = path
    if (!document.activeElement?.closest('main')) main.current?.focus({ preventScroll: true })
  }, [path])
  return main
}

export const Frame = () => {
  const { collapsed, sheet } = useStore(frame)
  const [menu, setMenu] = useState(false)
  const main = useFocusOnNavigation()
  useShortcuts()
  useJobProgress()
  return (
    <div className={styles.frame} data-collapsed={collapsed}>
      <a href="#main" className={styles.skip}>
        Skip to the content
      </a>
      <Rail open={menu} onClose={() => setMenu(false)} />
      <div className={styles.column}>
        <TopBar onMenu={() => setMenu(true)} />
        <IgnoredParams />
        <main id="main" ref={main} tabIndex={-1} className={styles.main}>
          <Outlet />
        </main>
      </div>
      <JobTray />
      <Suspense fallback={null}>{sheet && <ShortcutSheet />}</Suspense>
    </div>
  )
}
