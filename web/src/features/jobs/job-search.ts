import type { ScopeStatus } from '@dashboard/contract/vocabulary.ts'
import { scopeStatuses } from '../../lib/scope-statuses.ts'
import { many } from '../../lib/search-params.ts'

/** Which scopes of the job are shown; none means all. */
export interface JobSearch {
  status?: ScopeStatus[]
}

export const jobSearch = (raw: Record<string, unknown>): JobSearch => {
  const wanted = many(raw['status'])
  const status = scopeStatuses.filter((value) => wanted?.includes(value))
  return status.length ? { status } : {}
}
