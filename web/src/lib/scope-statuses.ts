import type { ScopeStatus } from '@dashboard/contract/vocabulary.ts'

const urgency: Record<ScopeStatus, number> = {
  ACCESS_DENIED: 0,
  DENIED_BY_SCP: 1,
  FAILED: 2,
  PARTIAL: 3,
  THROTTLED: 4,
  NEW: 5,
  SUCCEEDED: 6,
  NOT_SUPPORTED: 7,
  REGION_DISABLED: 8,
}

export const byUrgency = (a: ScopeStatus, b: ScopeStatus): number => urgency[a] - urgency[b]

/** Every scope status, those that need attention first. */
export const scopeStatuses = (Object.keys(urgency) as ScopeStatus[]).toSorted(byUrgency)
