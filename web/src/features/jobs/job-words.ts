import type { Job, JobScope } from '@dashboard/contract/jobs.ts'
import type { ChangeKind } from '@dashboard/contract/resources.ts'
import type { ScopeStatus } from '@dashboard/contract/vocabulary.ts'
import { counted, duration, formatNumber, percent } from '../../lib/format.ts'
import { scopeStatus } from '../../lib/status.ts'

export const isUnderWay = (job: Pick<Job, 'status'>): boolean => job.status === 'queued' || job.status === 'running'

export const jobPercent = ({ done, total }: Pick<Job, 'done' | 'total'>): number => percent(done, total)

/** `Discovery of 3 accounts`. */
export const jobTitle = ({ accountIds }: Pick<Job, 'accountIds'>): string =>
  `Discovery of ${counted(accountIds.length, 'account')}`

/** Statuses of scopes that should be known and are not. */
export const problemStatuses = [
  'ACCESS_DENIED',
  'DENIED_BY_SCP',
  'FAILED',
  'PARTIAL',
  'THROTTLED',
] as const satisfies ScopeStatus[]

/** How many scopes of the job did not become complete although they should. */
export const problemScopes = ({ byStatus }: Pick<Job, 'byStatus'>): number =>
  problemStatuses.reduce((sum, status) => sum + (byStatus[status] ?? 0), 0)

/** Where the job is: `120 of 480 scopes · about 40 s left`. */
export const jobProgress = (job: Job): string => {
  const done = `${formatNumber(job.done)} of ${counted(job.total, 'scope')}`
  if (job.status === 'queued') return 'Waiting for a worker'
  if (job.status === 'running')
    return job.etaSeconds === null ? done : `${done} · about ${duration(job.etaSeconds)} left`
  return `${done} · ${formatNumber(job.resourcesSeen)} resources seen`
}

/** What the run is doing now. */
export const jobPhase = ({ status, done, total }: Pick<Job, 'status' | 'done' | 'total'>): string => {
  if (status === 'queued') return 'Waiting for a worker'
  if (status === 'cancelled') return 'Cancelled'
  if (status === 'completed') return 'Ended'
  return done < total ? 'Reading AWS' : 'Summing up'
}

const secondsBetween = (from: string, to: number): number => (to - Date.parse(from)) / 1_000

/** How fast it goes, `12 scopes/s` or `40 scopes/min`; null before there is anything to judge by. `now` in milliseconds. */
export const jobRate = ({ startedAt, endedAt, done }: Pick<Job, 'startedAt' | 'endedAt' | 'done'>, now: number) => {
  if (startedAt === null || done === 0) return null
  const taken = secondsBetween(startedAt, endedAt === null ? now : Date.parse(endedAt))
  if (taken <= 0) return null
  const rate = done / taken
  return rate >= 1 ? `${formatNumber(Math.round(rate))} scopes/s` : `${formatNumber(Math.round(rate * 60))} scopes/min`
}

const namedPlaces = 3

/** `406 of 408 scopes complete, 1 access denied, 1 denied by SCP: sandbox Lambda function in eu-west-1, …`. */
export const resultWords = (job: Pick<Job, 'byStatus' | 'done' | 'total'>, places: readonly string[]): string => {
  const complete = `${formatNumber(job.byStatus.SUCCEEDED ?? 0)} of ${counted(job.total, 'scope')} complete`
  const problems = problemStatuses
    .filter((status) => (job.byStatus[status] ?? 0) > 0)
    .map((status) => `${formatNumber(job.byStatus[status] ?? 0)} ${words(status)}`)
  const left = job.total - job.done
  const all = [complete, ...problems, ...(left > 0 ? [`${formatNumber(left)} not reached`] : [])].join(', ')
  const more = places.length > namedPlaces ? `, ${formatNumber(places.length - namedPlaces)} more` : ''
  return places.length ? `${all}. Still: ${places.slice(0, namedPlaces).join(', ')}${more}` : all
}

const words = (status: ScopeStatus): string => scopeStatus[status].word.toLowerCase().replace('scp', 'SCP')

/** Seconds from start to end, or null while it has not run. */
export const jobSeconds = ({ startedAt, endedAt }: Pick<Job, 'startedAt' | 'endedAt'>): number | null =>
  startedAt && endedAt ? (Date.parse(endedAt) - Date.parse(startedAt)) / 1_000 : null

/** An address holds about so many accounts; a run of more leads to all of them. */
const mostAccounts = 50

/** Instants lose what is finer than a millisecond on their way here, and the last row is as old as the end of its run. */
const justAfter = (iso: string): string => new Date(Date.parse(iso) + 1).toISOString()

/** The filter that shows what a run found to be new, changed or deleted, while nothing else found it at the same time. */
export const changesOf = (
  { createdAt, endedAt, accountIds }: Pick<Job, 'createdAt' | 'endedAt' | 'accountIds'>,
  kind: ChangeKind,
) => ({
  account: accountIds.length <= mostAccounts ? accountIds : [],
  region: [],
  changedSince: createdAt,
  ...(endedAt ? { changedUntil: justAfter(endedAt) } : {}),
  change: [kind],
})

/** How many scopes of an ended run were read again after it. */
export const readSince = (
  { endedAt }: Pick<Job, 'endedAt'>,
  scopes: readonly Pick<JobScope, 'lastAttempt'>[],
): number =>
  endedAt === null ? 0 : scopes.filter(({ lastAttempt }) => lastAttempt !== null && lastAttempt > endedAt).length
