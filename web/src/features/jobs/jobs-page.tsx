import type { Job } from '@dashboard/contract/jobs.ts'
import { Link, useNavigate } from '@tanstack/react-router'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { DiscoverButton } from '../../components/discover-button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Loadable } from '../../components/loadable.tsx'
import { Page } from '../../components/page.tsx'
import { ProgressBar } from '../../components/progress-bar.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import { counted, duration, formatNumber } from '../../lib/format.ts'
import { jobStatus } from '../../lib/status.ts'
import { DiscoveryTabs } from '../../components/discovery-tabs.tsx'
import { JobChange } from './job-changes.tsx'
import {
  isUnderWay,
  jobPercent,
  jobProgress,
  jobSeconds,
  jobTitle,
  problemScopes,
  problemStatuses,
} from './job-words.ts'
import styles from './jobs.module.css'
import { useJobs } from './use-jobs.ts'

const seconds = (job: Job) => {
  const taken = jobSeconds(job)
  return taken === null ? <span className="muted">–</span> : duration(taken)
}

const columns: Column<Job>[] = [
  {
    title: 'Job',
    cell: (job) => (
      <Link to="/jobs/$id" params={{ id: job.id }}>
        {jobTitle(job)}
      </Link>
    ),
  },
  { title: 'State', cell: (job) => <StatusMark status={jobStatus[job.status]} /> },
  {
    title: 'Progress',
    cell: (job) =>
      isUnderWay(job) ? (
        <div className={styles.progress}>
          <ProgressBar percent={jobPercent(job)} label={jobTitle(job)} />
          <span className="muted">{jobProgress(job)}</span>
        </div>
      ) : (
        `${formatNumber(job.done)} of ${counted(job.total, 'scope')}`
      ),
  },
  {
    title: 'Incomplete',
    align: 'right',
    cell: (job) => {
      const count = problemScopes(job)
      if (count === 0) return <span className="muted">0</span>
      return (
        <Link
          to="/jobs/$id"
          params={{ id: job.id }}
          search={{ status: [...problemStatuses] }}
          className={styles.bad ?? ''}
        >
          {formatNumber(count)}
        </Link>
      )
    },
  },
  { title: 'Seen', align: 'right', cell: (job) => formatNumber(job.resourcesSeen) },
  { title: 'New', align: 'right', cell: (job) => <JobChange job={job} kind="CREATED" /> },
  { title: 'Changed', align: 'right', cell: (job) => <JobChange job={job} kind="CHANGED" /> },
  { title: 'Deleted', align: 'right', cell: (job) => <JobChange job={job} kind="DELETED" /> },
  { title: 'Took', align: 'right', cell: seconds },
  { title: 'Asked by', most: 110, cell: ({ requestedBy }) => <span title={requestedBy}>{requestedBy}</span> },
  { title: 'Asked', cell: (job) => <RelativeTime at={job.createdAt} /> },
]

/** Every discovery run, newest first. */
export const JobsPage = () => {
  const navigate = useNavigate()
  return (
    <Page
      title="Discovery"
      subtitle={<p className="muted">Each run asks AWS account by account, region by region and type by type.</p>}
      actions={<DiscoverButton />}
    >
      <DiscoveryTabs />
      <Loadable query={useJobs()} what="The jobs could not be loaded">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="jobs" title="No discovery has run yet" action={<DiscoverButton />}>
              A discovery reads what is in the connected accounts. It changes nothing there.
            </EmptyState>
          ) : (
            <DataTable
              label="Discovery runs"
              columns={columns}
              rows={items}
              keyOf={({ id }) => id}
              onRowClick={({ id }) => void navigate({ to: '/jobs/$id', params: { id } })}
            />
          )
        }
      </Loadable>
    </Page>
  )
}
