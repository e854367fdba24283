import type { ValidationCheck } from '@dashboard/contract/accounts.ts'
import { ErrorPanel } from '../../components/error-panel.tsx'
import { FixPanel } from '../../components/fix-panel.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import { counted, formatNumber } from '../../lib/format.ts'
import { checkStatus } from '../../lib/status.ts'
import styles from './accounts.module.css'
import type { Validation } from './use-validation.ts'

const verdict = ({ passed, failed, warnings }: { passed: number; failed: number; warnings: number }): string => {
  const parts = [
    `${counted(passed, 'check')} passed`,
    failed && `${formatNumber(failed)} failed`,
    warnings && counted(warnings, 'warning'),
  ]
  return parts.filter(Boolean).join(', ')
}

// The later, the higher; what is not here needs nobody.
const urgency: ValidationCheck['status'][] = ['WARNING', 'FAILED']

/** Only once all have ended: until then each stays where it appeared. */
const failuresFirst = (a: ValidationCheck, b: ValidationCheck) => urgency.indexOf(b.status) - urgency.indexOf(a.status)

/** The checks of a validation as they finish; each failing one with the missing action and the statement that adds it. */
export const Checklist = ({ validation }: { validation: Validation }) => {
  const { checks, phase, problem, result } = validation
  return (
    <div className={styles.checklist}>
      <p role="status" className="muted">
        {phase === 'running' &&
          `Validating: ${counted(checks.filter(({ status }) => status !== 'RUNNING').length, 'check')} done`}
        {result && verdict(result)}
      </p>
      {checks.length > 0 && (
        <ul className={styles.checks}>
          {(phase === 'done' ? checks.toSorted(failuresFirst) : checks).map((check) => (
            <Check key={check.id} check={check} />
          ))}
        </ul>
      )}
      {problem && <ErrorPanel problem={problem} what="The validation did not finish" retry={validation.start} />}
    </div>
  )
}

const Check = ({ check }: { check: ValidationCheck }) => (
  <li className={styles.check} data-check={check.id}>
    <StatusMark status={checkStatus[check.status]} />
    <span>{check.label}</span>
    <span className={styles.latency}>
      {check.latencyMs === null ? '' : `${formatNumber(Math.round(check.latencyMs))} ms`}
    </span>
    {check.detail && <p className={styles.detail}>{check.detail}</p>}
    {check.fix && (
      <div className={styles.detail}>
        <FixPanel fix={check.fix} />
      </div>
    )}
  </li>
)
