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
            {formatNumber(job.resourcesSeen)} seen, {formatNumber(job.resourcesCreated)} new,{' '}
            {formatNumber(job.resourcesChanged)} changed, {formatNumber(job.resourcesDeleted)} deleted
          </span>
          <RelativeTime at={job.endedAt ?? job.startedAt ?? job.createdAt} />
        </div>
      </div>
    )}
  </Section>
)
