import type { Status, Tone } from '../lib/status.ts'
import styles from './status-mark.module.css'

/** Each tone has its own shape, so that colour is never the only difference. */
const shapes: Record<Tone, string> = {
  ok: 'M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1zM3.8 6.2l1.6 1.6 3-3.3',
  warn: 'M6 1.2l5.2 9.6H.8zM6 4.8v2.6M6 9h.01',
  bad: 'M3.9 1h4.2L11 3.9v4.2L8.1 11H3.9L1 8.1V3.9zM4.3 4.3l3.4 3.4M7.7 4.3L4.3 7.7',
  idle: 'M6 1.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9z',
  running: 'M1 6h10',
}

export const StatusMark = ({ status, title }: { status: Status; title?: string }) => (
  <span className={styles.mark} title={title} data-tone={status.tone}>
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      <path d={shapes[status.tone]} />
    </svg>
    {status.word}
  </span>
)
