import type { Organization } from '@dashboard/contract/organizations.ts'
import { FixPanel } from '../../components/fix-panel.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import type { Status } from '../../lib/status.ts'
import styles from './organizations.module.css'

const statusOf = ({ lastComplete, reason }: Organization): Status => {
  if (reason !== null) return { tone: 'bad', word: 'Cannot be read' }
  return lastComplete === null ? { tone: 'idle', word: 'Not read yet' } : { tone: 'ok', word: 'Read' }
}

export const OrganizationStatus = ({ organization }: { organization: Organization }) => (
  <StatusMark
    status={statusOf(organization)}
    {...(organization.reason === null ? {} : { title: organization.reason })}
  />
)

/** Why the last reading failed, what shows meanwhile, and the mend. */
export const ReadingFailure = ({ organization }: { organization: Organization }) => {
  const { reason, fix, lastComplete, lastAttempt } = organization
  if (reason === null) return null
  return (
    <div className={styles.alarm} role="group" aria-label="Last reading">
      <p>
        <strong>The last reading failed</strong> (<RelativeTime at={lastAttempt} />
        ): {reason}
      </p>
      <p className="muted">
        {lastComplete === null ? (
          'Nothing is known of the organization yet.'
        ) : (
          <>
            What shows is complete as of <RelativeTime at={lastComplete} />. No account connects or retires by itself
            until a reading succeeds.
          </>
        )}
      </p>
      {fix && <FixPanel fix={fix} />}
    </div>
  )
}
