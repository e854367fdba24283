import { one } from '../../lib/search-params.ts'

/** The operation that is shown; none: how to begin. */
export interface ApiReferenceSearch {
  operation?: string | undefined
}

export const apiReferenceSearch = (raw: Record<string, unknown>): ApiReferenceSearch => {
  const operation = one(raw['operation'])
  return operation ? { operation } : {}
}
