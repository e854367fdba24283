import type { Job, JobScope } from '@dashboard/contract/jobs.ts'
import { Link } from '@tanstack/react-router'
import { RelativeTime } from '../../components/relative-time.tsx'
import { counted } from '../../lib/format.ts'
import { readSince } from './job-words.ts'

/** Says that the ledger of an ended run is the one of now, once scopes have been read again since. */
export const AsOfNow = ({ job, scopes }: { job: Job; scopes: readonly JobScope[] }) => {
  const newer = readSince(job, scopes)
  if (newer === 0) return null
  return (
    <p className="muted">
      These scopes are shown as they stand now, not as this run left them <RelativeTime at={job.endedAt} />:{' '}
      {counted(newer, 'scope')} {newer === 1 ? 'was' : 'were'} read again since. The figures above are this run’s own.{' '}
      <Link to="/discovery">Open the ledger</Link>
    </p>
  )
}
