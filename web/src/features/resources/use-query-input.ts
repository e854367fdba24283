import { useMemo } from 'react'
import { resolveTypes } from '../../lib/type-names.ts'
import { useCatalog } from '../../lib/use-catalog.ts'
import { useScope } from '../../lib/use-scope.ts'
import { filterInput, type FilterInput } from './list-input.ts'
import { filterOf, type ResourcesSearch } from './resources-search.ts'

/**
 * The filter of the address with the ids of its accounts and the full names of its types. Null until those are known:
 * without them the API would be asked for everything, or for a type that there is not.
 */
export const useQueryInput = (search: ResourcesSearch) => {
  const scope = useScope()
  const catalog = useCatalog()
  const filter = filterOf(search)
  const { types, unknown } = resolveTypes(filter.type ?? [], catalog)
  const isAnswerable = scope.isAnswerable && unknown.length === 0
  const isSettled = isAnswerable || scope.unknown.length > 0 || (catalog.length > 0 && unknown.length > 0)
  const { type: _, ...others } = filter
  const given = filterInput(
    types.length ? { ...others, type: types } : others,
    scope.accountIds?.length ? scope.accountIds : undefined,
  )
  const text = JSON.stringify(given)
  // The same object as long as it says the same.
  const same = useMemo(() => JSON.parse(text) as FilterInput, [text])
  return {
    input: isAnswerable ? same : null,
    /** Where a name is wrong, what it could be instead is offered under the rest of the filter. */
    facetInput: isSettled ? same : null,
    unknownAccounts: scope.unknown,
    unknownTypes: catalog.length ? unknown : [],
  }
}
