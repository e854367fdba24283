import type { Job } from '@dashboard/contract/jobs.ts'
import type { ChangeKind } from '@dashboard/contract/resources.ts'
import { Link } from '@tanstack/react-router'
import { formatNumber } from '../../lib/format.ts'
import { changesOf } from './job-words.ts'

const counts: Record<ChangeKind, (job: Job) => number> = {
  CREATED: (job) => job.resourcesCreated,
  CHANGED: (job) => job.resourcesChanged,
  DELETED: (job) => job.resourcesDeleted,
}

interface JobChangeProps {
  job: Job
  kind: ChangeKind
  word?: string
}

/** How many resources a run found to be new, changed or deleted; it opens their rows. */
export const JobChange = ({ job, kind, word }: JobChangeProps) => {
  const count = counts[kind](job)
  const text = word ? `${formatNumber(count)} ${word}` : formatNumber(count)
  if (count === 0) return <span className="muted">{text}</span>
  return (
    <Link to="/resources" search={changesOf(job, kind)}>
      {text}
    </Link>
  )
}

export const JobChanges = ({ job }: { job: Job }) => (
  <>
    <JobChange job={job} kind="CREATED" word="new" />, <JobChange job={job} kind="CHANGED" word="changed" />,{' '}
    <JobChange job={job} kind="DELETED" word="deleted" />
  </>
)
