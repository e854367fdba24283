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

/** Statuses in which everything that can be known is known. */
const known = ['SUCCEEDED', 'NOT_SUPPORTED', 'REGION_DISABLED'] as const

/** Scopes that proved what is there and what is not; a region that is switched off has nothing to prove. */
export const completeScopes = ({ scopes }: Coverage): number =>
  known.reduce((sum, status) => sum + (scopes.byStatus[status] ?? 0), 0)

/** Their share, in whole percent. */
export const coveragePercent = (coverage: Coverage): number => percent(completeScopes(coverage), coverage.scopes.total)

export const isComplete = (coverage: Coverage): boolean =>
  coverage.scopes.total > 0 && completeScopes(coverage) === coverage.scopes.total

const shownGaps = 2

const gapsSentence = ({ accounts, gaps }: Coverage): string => {
  const open = accounts.total - accounts.complete
  const shown = gaps.slice(0, shownGaps).map(gapWords)
  const more = gaps.length > shownGaps ? [`${gaps.length - shownGaps} more`] : []
  const who = accounts.complete > 0 ? `${open}` : counted(open, 'account')
  return `${who} ${open === 1 ? 'has' : 'have'} gaps${shown.length ? `: ${[...shown, ...more].join(', ')}` : ''}`
}

/** The one line under a title that says how much of the estate an answer covers. `now` in milliseconds. */
export const coverageSentence = (coverage: Coverage, now: number): string => {
  const { accounts, completeAsOf, scopes } = coverage
  // An account that is connected but not scanned counts in neither, so this says nothing about connections.
  if (accounts.total === 0 || scopes.total === 0) return 'Nothing has been discovered yet'
  const asOf = completeAsOf ? ` as of ${relativeTime(completeAsOf, now)}` : ''
  if (isComplete(coverage)) return `Complete${asOf}: ${counted(accounts.total, 'account')}`
  const share =
    accounts.complete > 0
      ? `${accounts.complete} of ${counted(accounts.total, 'account')}`
      : `${coveragePercent(coverage)} % of scopes`
  return `${share} complete${asOf}; ${gapsSentence(coverage)}`
}
