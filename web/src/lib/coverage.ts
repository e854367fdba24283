import type { Coverage } from '@dashboard/contract/vocabulary.ts'
import { counted, percent, relativeTime } from './format.ts'

type Gap = Coverage['gaps'][number]

const afterCount: Record<Gap['status'], string> = {
  NEW: 'not scanned yet',
  SUCCEEDED: 'complete',
  PARTIAL: 'partial',
  ACCESS_DENIED: 'denied',
  DENIED_BY_SCP: 'denied by SCP',
  THROTTLED: 'throttled',
  NOT_SUPPORTED: 'not supported',
  REGION_DISABLED: 'in disabled regions',
  FAILED: 'failed',
}

const gapWords = ({ accountName, scopes, status }: Gap): string =>
  `${accountName}: ${counted(scopes, 'scope')} ${afterCount[status]}`

/** Share of the scopes that proved what is there and what is not, in whole percent. */
export const coveragePercent = ({ scopes }: Coverage): number => percent(scopes.byStatus.SUCCEEDED ?? 0, scopes.total)

export const isComplete = (coverage: Coverage): boolean =>
  coverage.scopes.total > 0 && (coverage.scopes.byStatus.SUCCEEDED ?? 0) === coverage.scopes.total

/** The one line under a title that says how much of the estate an answer covers. `now` in milliseconds. */
export const coverageSentence = (coverage: Coverage, now: number): string => {
  const { accounts, completeAsOf, gaps, scopes } = coverage
  if (accounts.total === 0) return 'No account is connected yet'
  if (scopes.total === 0) return 'Nothing has been discovered yet'
  const age = completeAsOf
    ? `Complete as of ${relativeTime(completeAsOf, now)}`
    : `${coveragePercent(coverage)} % of scopes complete`
  const share = `${accounts.complete} of ${counted(accounts.total, 'account')} complete`
  const shown = gaps.slice(0, 2).map(gapWords)
  const more = gaps.length > 2 ? [`${gaps.length - 2} more`] : []
  return [age, [share, ...shown, ...more].join(', ')].join('; ')
}
