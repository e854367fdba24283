import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '../../lib/api.ts'
import { shortType } from '../../lib/format.ts'
import type { Facets } from '../../lib/suggest.ts'

const none: Facets = { service: [], type: [], region: [], account: [], state: [], tag: [] }

/** The values to filter by, with how many resources of the whole inventory have each. */
export const useFacets = () => {
  const query = useQuery(api.resources.facets.queryOptions({ placeholderData: keepPreviousData }))
  const facets = useMemo((): Facets => {
    if (!query.data) return none
    const { resourceType, tagKey, ...rest } = query.data
    return {
      ...rest,
      type: resourceType.map((facet) => ({ ...facet, label: facet.label ?? shortType(facet.value) })),
      tag: tagKey,
    }
  }, [query.data])
  return { facets, query }
}
