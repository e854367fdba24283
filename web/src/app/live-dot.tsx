import { absoluteTime } from '../lib/format.ts'
import { liveState, type LiveState } from '../lib/live.ts'
import { useStore } from '../lib/store.ts'
import styles from './live-dot.module.css'

const words: Record<LiveState['phase'], string> = {
  live: 'Live',
  'catching-up': 'Catching up',
  stale: 'Not connected',
}

const titles: Record<LiveState['phase'], string> = {
  live: 'Changes show here as they happen',
  'catching-up': 'Connecting to the stream of changes',
  stale: 'The server does not answer; it is tried again',
}

/** Whether the page follows the server now. */
export const LiveDot = () => {
  const state = useStore(liveState)
  const title = state.phase === 'stale' ? `${titles.stale}. Since ${absoluteTime(state.since)}` : titles[state.phase]
  return (
    <span className={styles.live} data-phase={state.phase} title={title} role="status">
      <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden="true">
        <circle cx="4" cy="4" r="3" />
      </svg>
      <span>{words[state.phase]}</span>
    </span>
  )
}
