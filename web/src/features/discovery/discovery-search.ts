import type { ScopeStatus } from '@dashboard/contract/vocabulary.ts'
import { scopeStatuses } from '../../lib/scope-statuses.ts'
import { many, one, oneOf } from '../../lib/search-params.ts'

/** What the ledger shows, as it stands in the address. */
export interface DiscoverySearch {
  /** The matrix unless it says so. */
  view?: 'list'
  /** Only lines with one of these; absent means all. */
  status?: ScopeStatus[]
  /** Only lines that wait for somebody to confirm a disappearance. */
  held?: 'true'
  /** The line in the inspector: account/region/type. */
  open?: string
}

export const statusesOf = (value: unknown): ScopeStatus[] => {
  const wanted = many(value)
  return scopeStatuses.filter((status) => wanted?.includes(status))
}

export const discoverySearch = (raw: Record<string, unknown>): DiscoverySearch => {
  const status = statusesOf(raw['status'])
  const view = oneOf(['list'], raw['view'])
  const held = oneOf(['true'], raw['held'])
  const open = one(raw['open'])
  return {
    ...(view ? { view } : {}),
    ...(status.length ? { status } : {}),
    ...(held ? { held } : {}),
    ...(open ? { open } : {}),
  }
}
