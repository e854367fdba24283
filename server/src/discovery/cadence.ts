import type { ScopeStatus } from '@dashboard/contract/vocabulary.ts'

const minute = 60
const hour = 60 * minute

/**
 * Seconds until a scope is due again. `failures` counts attempts in a row without a complete list; `maxStaleness` are
 * the seconds that an answer about its type may age. Only where there is nothing to ask may it take longer.
 */
export const secondsUntilDue = (
  status: ScopeStatus,
  facts: { failures: number; missing: boolean; maxStaleness: number },
): number => {
  if (facts.missing) return minute
  switch (status) {
    case 'THROTTLED':
    case 'FAILED':
    case 'NEW':
      // Doubling from one minute: a passing fault heals soon, a lasting one costs little.
      return Math.min(hour, facts.maxStaleness, minute * 2 ** Math.min(facts.failures, 6))
    case 'NOT_SUPPORTED':
      return 24 * hour
    case 'REGION_DISABLED':
      return 6 * hour
    case 'SUCCEEDED':
    case 'PARTIAL':
    case 'ACCESS_DENIED':
    case 'DENIED_BY_SCP':
      return facts.maxStaleness
  }
}
