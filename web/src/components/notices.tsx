import { notices } from '../lib/notice.ts'
import { useStore } from '../lib/store.ts'
import styles from './notices.module.css'

export const Notices = () => (
  <div className={styles.notices} role="status" aria-live="polite">
    {useStore(notices).map(({ id, text, tone }) => (
      <p key={id} data-tone={tone}>
        {text}
      </p>
    ))}
  </div>
)
