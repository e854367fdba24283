import { formatChanged } from './query/changed.ts'
import { queryKeys, tokenOf, type QueryKey, type TokenKey } from './query-line.ts'

/** One value that can be filtered by, with how many resources have it. */
export interface FacetValue {
  value: string
  label?: string | undefined
  count: number
}

/** What can be filtered by. `tag` are keys; `tagValue` the values of the key that is being typed. */
export type Facets = Record<Exclude<QueryKey, 'change'>, readonly FacetValue[]> & {
  tagValue?: readonly FacetValue[]
}

export interface Suggestion {
  key: TokenKey
  /** Absent: only the beginning of a word, the value is still to come. */
  value?: string
  /** What a beginning puts into the line. */
  insert?: string
  label: string
  count?: number
}

const most = 12
const ages = ['1h', '24h', '7d', '30d']
const changes = ['CREATED', 'CHANGED', 'DELETED']

const matches = ({ value, label }: FacetValue, wanted: string): boolean =>
  value.toLowerCase().includes(wanted) || (label?.toLowerCase().includes(wanted) ?? false)

const suggestion = (key: QueryKey, { value, label, count }: FacetValue): Suggestion => ({
  key,
  value,
  label: label ?? value,
  count,
})

const beginning = (key: TokenKey, insert: string, count?: number): Suggestion => ({
  key,
  insert,
  label: insert,
  ...(count === undefined ? {} : { count }),
})

/** The key of the tag whose value is being typed: `env` in `tag.env=pr`. */
export const tagKeyOf = (word: string): string | undefined => {
  const token = tokenOf(word)
  const cut = token?.key === 'tag' ? token.value.indexOf('=') : -1
  return cut > 0 ? token?.value.slice(0, cut) : undefined
}

const ofTag = (facets: Facets, typed: string): Suggestion[] => {
  const cut = typed.indexOf('=')
  if (cut > 0) {
    const [key, wanted] = [typed.slice(0, cut), typed.slice(cut + 1).toLowerCase()]
    return (facets.tagValue ?? [])
      .filter((facet) => matches(facet, wanted))
      .map(({ value, count }) => ({ key: 'tag', value: `${key}=${value}`, label: value || '(empty)', count }))
  }
  return facets.tag
    .filter((facet) => matches(facet, typed.toLowerCase()))
    .map(({ value, count }) => beginning('tag', `tag.${value}=`, count))
}

const ofKey = (facets: Facets, key: QueryKey, wanted: string): Suggestion[] => {
  if (key === 'tag') return ofTag(facets, wanted)
  if (key === 'change')
    return changes
      .filter((value) => value.toLowerCase().startsWith(wanted.toLowerCase()))
      .map((value) => ({ key, value, label: value.toLowerCase() }))
  return facets[key].filter((facet) => matches(facet, wanted.toLowerCase())).map((facet) => suggestion(key, facet))
}

const ofAge = (typed: string): Suggestion[] =>
  ages
    .filter((age) => formatChanged('changedSince', age).startsWith(typed))
    .map((age) => ({ key: 'changedSince', value: age, label: age }))

const keyBeginning = (key: QueryKey): Suggestion => beginning(key, key === 'tag' ? 'tag.' : `${key}:`)
const beginnings: Suggestion[] = [...queryKeys.map(keyBeginning), beginning('changedSince', 'changed<')]

/** What may complete the word being typed, best first, at most twelve. */
export const suggest = (word: string, facets: Facets): Suggestion[] => {
  if (/^changed[<>]/i.test(word)) return ofAge(word.toLowerCase())
  if (word.toLowerCase() === 'tag.') return ofTag(facets, '').slice(0, most)
  const token = tokenOf(word)
  if (token && token.key !== 'changedSince' && token.key !== 'changedUntil')
    return ofKey(facets, token.key, token.value).slice(0, most)
  const wanted = word.toLowerCase()
  const keys = beginnings.filter(({ label }) => label.startsWith(wanted))
  if (wanted.length < 2) return keys
  const values = queryKeys.flatMap((key) => ofKey(facets, key, wanted).slice(0, 4))
  return [...keys, ...values].slice(0, most)
}
