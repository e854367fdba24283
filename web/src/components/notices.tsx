import Button from '@mui/material/Button'
import { dismissNotice, notices, type Notice } from '../lib/notice.ts'
import { useStore } from '../lib/store.ts'
import styles from './notices.module.css'

export const Notices = () => (
  <div className={styles.notices} role="status" aria-live="polite">
    {useStore(notices).map((notice) => (
      <p key={notice.id} data-tone={notice.tone}>
        <span>{notice.text}</span>
        {notice.undo && <Undo {...notice} />}
      </p>
    ))}
  </div>
)

const Undo = ({ id, undo }: Notice) => (
  <Button
    variant="text"
    onClick={() => {
      dismissNotice(id)
      undo?.()
    }}
  >
    Undo
  </Button>
)
