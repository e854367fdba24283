import { lazy, Suspense } from 'react'
import { useStore } from '../../lib/store.ts'
import { tray } from './tray-state.ts'

// Loaded at the first press: the first page needs no tray.
const JobTrayPanel = lazy(async () => ({ default: (await import('./job-tray-panel.tsx')).JobTrayPanel }))

/** Long work at hand on every page: what runs, how far, and how to stop it. */
export const JobTray = () => {
  const { open } = useStore(tray)
  return <Suspense fallback={null}>{open && <JobTrayPanel />}</Suspense>
}
