import { useState } from 'react'
import type { ResourcesSearch } from '../resources-search.ts'

const narrow = '(max-width: 1000px)'
const crowded = '(max-width: 1700px)'

/** Whether the facets show: the rows need the room that the inspector takes, unless somebody asks for both. */
export const useFacetRoom = (search: ResourcesSearch, go: (next: ResourcesSearch, replace: boolean) => void) => {
  const isFolded = search.open !== undefined && matchMedia(crowded).matches
  const isNarrow = matchMedia(narrow).matches
  const [narrowFacets, setNarrowFacets] = useState(false)
  const areWide = search.facets === 'shown' || (search.facets === undefined && !isFolded)
  return {
    isNarrow,
    areShown: isNarrow ? narrowFacets : areWide,
    toggle: () => {
      if (isNarrow) return setNarrowFacets(!narrowFacets)
      const { facets: _, ...rest } = search
      if (areWide) return go(isFolded ? rest : { ...rest, facets: 'hidden' }, true)
      go(isFolded ? { ...rest, facets: 'shown' } : rest, true)
    },
  }
}
