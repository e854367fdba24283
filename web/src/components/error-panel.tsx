import Button from '@mui/material/Button'
import type { Problem } from '../lib/problem.ts'
import { CopyButton } from './copy-button.tsx'
import styles from './error-panel.module.css'
import { FixPanel } from './fix-panel.tsx'
import { Icon } from './icon.tsx'

interface ErrorPanelProps {
  problem: Problem
  /** What could not be done: “The accounts could not be loaded”. */
  what?: string
  retry?: () => void
}

/** One region's failure: cause, request id to hand on, retry, and the mend. The rest of the page works on. */
export const ErrorPanel = ({ problem, what, retry }: ErrorPanelProps) => (
  <div className={styles.panel} role="alert">
    <Icon name="warning" />
    <div className={styles.body}>
      {what && <p className={styles.what}>{what}</p>}
      <p>{problem.message}</p>
      {problem.code === 'INVALID_INPUT' &&
        problem.issues.map(({ path, message }) => <p key={`${path} ${message}`}>{message}</p>)}
      {problem.fix && <FixPanel fix={problem.fix} />}
      <p className={styles.meta}>
        <span className="mono">{problem.code}</span>
        {problem.requestId && (
          <span className={styles.request}>
            <span className={styles.word}>Request</span> <span className="mono">{problem.requestId}</span>
            <CopyButton text={problem.requestId} what="request id" />
          </span>
        )}
      </p>
    </div>
    {retry && problem.code !== 'NOT_FOUND' && <Button onClick={retry}>Try again</Button>}
  </div>
)
