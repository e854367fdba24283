import type { Fix } from '@dashboard/contract/vocabulary.ts'
import type { z } from 'zod'
import { CodeBlock } from './code-block.tsx'
import styles from './fix-panel.module.css'

/** What to do about a problem: the missing actions and the statement that grants them, ready to paste. */
export const FixPanel = ({ fix }: { fix: z.infer<typeof Fix> }) => (
  <div className={styles.fix}>
    <p>{fix.summary}</p>
    {fix.missingActions && fix.missingActions.length > 0 && (
      <p>
        Missing:{' '}
        {fix.missingActions.map((action, index) => (
          <span key={action}>
            {index > 0 && ', '}
            <code className="mono">{action}</code>
          </span>
        ))}
      </p>
    )}
    {fix.statement && <CodeBlock label="Policy statement to add" text={JSON.stringify(fix.statement, null, 2)} />}
  </div>
)
