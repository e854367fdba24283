import { queryKeys, tokenOf, type QueryKey } from './query-line.ts'

/** One value that can be filtered by, with how many resources have it. */
export interface FacetValue {
  value: string
  label?: string | undefined
  count: number
}

export type Facets = Record<QueryKey, readonly FacetValue[]>

export interface Suggestion {
  key: QueryKey
  /** Absent: only the key, the value is still to come. */
  value?: string
  label: string
  count?: number
}

const most = 12

const matches = ({ value, label }: FacetValue, wanted: string): boolean =>
  value.toLowerCase().includes(wanted) || (label?.toLowerCase().includes(wanted) ?? false)

const suggestion = (key: QueryKey, { value, label, count }: FacetValue): Suggestion => ({
  key,
  value,
  label: label ?? value,
  count,
})

const ofKey = (facets: Facets, key: QueryKey, wanted: string): Suggestion[] =>
  facets[key].filter((facet) => matches(facet, wanted)).map((facet) => suggestion(key, facet))

/** What may complete the word being typed, best first, at most twelve. */
export const suggest = (word: string, facets: Facets): Suggestion[] => {
  const token = tokenOf(word)
  if (token) return ofKey(facets, token.key, token.value.toLowerCase()).slice(0, most)
  const wanted = word.toLowerCase()
  const keys: Suggestion[] = queryKeys.filter((key) => key.startsWith(wanted)).map((key) => ({ key, label: `${key}:` }))
  if (wanted.length < 2) return keys
  const values = queryKeys.flatMap((key) => ofKey(facets, key, wanted).slice(0, 4))
  return [...keys, ...values].slice(0, most)
}
