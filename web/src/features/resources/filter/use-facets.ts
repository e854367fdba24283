import { skipToken } from '@tanstack/react-query'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '../../../lib/api.ts'
import { shortType } from '../../../lib/format.ts'
import type { Facets } from '../../../lib/suggest.ts'
import type { FilterInput } from '../list-input.ts'

const none: Facets = { service: [], type: [], region: [], account: [], environment: [], state: [], tag: [] }

/** The values to filter by, each with how many resources it would show under all the other filters. */
export const useFacets = (input: FilterInput | null) => {
  const query = useQuery(
    api.resources.facets.queryOptions({ input: input ?? skipToken, placeholderData: keepPreviousData }),
  )
  const facets = useMemo((): Facets => {
    if (!query.data) return none
    const { resourceType, tagKey, tagValue: _, ...rest } = query.data
    return {
      ...rest,
      type: resourceType.map((facet) => ({ ...facet, label: facet.label ?? shortType(facet.value) })),
      tag: tagKey,
    }
  }, [query.data])
  return { facets, query }
}

/** The values of one tag under the other filters; nothing is asked without a key. */
export const useTagValues = (input: FilterInput | null, tagKey: string | undefined) =>
  useQuery(
    api.resources.facets.queryOptions({
      input: input && tagKey ? { ...input, tagKey } : skipToken,
      select: ({ tagValue }) => tagValue,
    }),
  )
