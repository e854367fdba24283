import type { Job } from '@dashboard/contract/jobs.ts'
import { counted, duration, formatNumber, percent } from '../../lib/format.ts'

export const isUnderWay = (job: Pick<Job, 'status'>): boolean => job.status === 'queued' || job.status === 'running'

export const jobPercent = ({ done, total }: Pick<Job, 'done' | 'total'>): number => percent(done, total)

/** `Discovery of 3 accounts`. */
export const jobTitle = ({ accountIds }: Pick<Job, 'accountIds'>): string =>
  `Discovery of ${counted(accountIds.length, 'account')}`

const problems = ['PARTIAL', 'ACCESS_DENIED', 'DENIED_BY_SCP', 'THROTTLED', 'FAILED'] as const

/** How many scopes of the job did not become complete although they should. */
export const problemScopes = ({ byStatus }: Pick<Job, 'byStatus'>): number =>
  problems.reduce((sum, status) => sum + (byStatus[status] ?? 0), 0)

/** Where the job is: `120 of 480 scopes · about 40 s left`. */
export const jobProgress = (job: Job): string => {
  const done = `${formatNumber(job.done)} of ${counted(job.total, 'scope')}`
  if (job.status === 'queued') return 'Waiting for a worker'
  if (job.status === 'running')
    return job.etaSeconds === null ? done : `${done} · about ${duration(job.etaSeconds)} left`
  return `${done} · ${formatNumber(job.resourcesSeen)} resources seen`
}

/** Seconds from start to end, or null while it has not run. */
export const jobSeconds = ({ startedAt, endedAt }: Pick<Job, 'startedAt' | 'endedAt'>): number | null =>
  startedAt && endedAt ? (Date.parse(endedAt) - Date.parse(startedAt)) / 1_000 : null
