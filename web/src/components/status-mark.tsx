import type { Shape, Status } from '../lib/status.ts'
import styles from './status-mark.module.css'

/** Each tone has its own shape, so that colour is never the only difference. */
const shapes: Record<Shape, string> = {
  ok: 'M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1zM3.8 6.2l1.6 1.6 3-3.3',
  warn: 'M6 1.2l5.2 9.6H.8zM6 4.8v2.6M6 9h.01',
  bad: 'M3.9 1h4.2L11 3.9v4.2L8.1 11H3.9L1 8.1V3.9zM4.3 4.3l3.4 3.4M7.7 4.3L4.3 7.7',
  idle: 'M6 1.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9z',
  running: 'M1 6h10',
  denied: 'M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1zM3.4 6h5.2',
  policy: 'M6 .8l5.2 5.2L6 11.2.8 6zM3.9 6h4.2',
  partial: 'M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1zM6 1v10M8 2.3v7.4M10 3.6v4.8',
  throttled: 'M2.5 1h7M2.5 11h7M3.5 1c0 3 5 4.5 5 5s-5 2-5 5M8.5 1c0 3-5 4.5-5 5s5 2 5 5',
  none: 'M3 6h6',
  off: 'M6 1.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM2.9 9.1l6.2-6.2',
  held: 'M1.5 1.5h9v9h-9zM4.6 4v4M7.4 4v4',
}

/** The mark without its word: whoever shows it says the word in another way. */
export const StatusShape = ({ status }: { status: Status }) => (
  <svg className={styles.shape} width="12" height="12" viewBox="0 0 12 12" data-tone={status.tone} aria-hidden="true">
    <path d={shapes[status.shape ?? status.tone]} />
  </svg>
)

export const StatusMark = ({ status, title }: { status: Status; title?: string }) => (
  <span className={styles.mark} title={title} data-tone={status.tone}>
    <StatusShape status={status} />
    {status.word}
  </span>
)
