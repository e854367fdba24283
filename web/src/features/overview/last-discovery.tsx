import type { Job } from '@dashboard/contract/jobs.ts'
import { Link } from '@tanstack/react-router'
import { Section } from '../../components/page.tsx'
import { ProgressBar } from '../../components/progress-bar.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import { counted, formatNumber, percent } from '../../lib/format.ts'
import { jobStatus } from '../../lib/status.ts'
import styles from './overview.module.css'

export const LastDiscovery = ({ job }: { job: Job | null }) => (
  <Section title="Last discovery">
    {job === null ? (
      <p className="muted">No discovery has run yet.</p>
    ) : (
      <div className={styles.last}>
        <div className={styles.lastLine}>
          <Link to="/jobs/$id" params={{ id: job.id }}>
            {counted(job.accountIds.length, 'account')}, {formatNumber(job.done)} of {counted(job.total, 'scope')}
          </Link>
          <StatusMark status={jobStatus[job.status]} />
        </div>
        {job.status === 'running' && <ProgressBar percent={percent(job.done, job.total)} label="Last discovery" />}
        <div className={styles.lastLine}>
          <span className="muted">
            {formatNumber(job.resourcesSeen)} seen, <Found job={job} count={job.resourcesCreated} change="CREATED" />,{' '}
            <Found job={job} count={job.resourcesChanged} change="CHANGED" />,{' '}
            <Found job={job} count={job.resourcesDeleted} change="DELETED" />
          </span>
          <RelativeTime at={job.endedAt ?? job.startedAt ?? job.createdAt} />
        </div>
      </div>
    )}
  </Section>
)

const word = { CREATED: 'new', CHANGED: 'changed', DELETED: 'deleted' } as const

/** A figure of a run that leads to its resources, once the run has begun. */
const Found = ({ job, count, change }: { job: Job; count: number; change: keyof typeof word }) => {
  const words = `${formatNumber(count)} ${word[change]}`
  if (count === 0 || job.startedAt === null) return words
  const until = job.endedAt === null ? {} : { changedUntil: job.endedAt }
  return (
    <Link to="/resources" search={{ changedSince: job.startedAt, ...until, change: [change], account: [], region: [] }}>
      {words}
    </Link>
  )
}
