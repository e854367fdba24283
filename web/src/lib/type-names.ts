/** What names a type: its full name and how it reads. */
export interface NamedType {
  resourceType: string
  label: string
}

export interface ResolvedTypes {
  /** Full names; a name that several types share stands for all of them. */
  types: string[]
  /** Words that name no type, each with the label of the nearest one. */
  unknown: { word: string; nearest: string | undefined }[]
}

const fullName = /^[A-Z][A-Za-z0-9]+(::[A-Za-z0-9]+){2}$/

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '')

const namesOf = ({ resourceType, label }: NamedType): string[] => {
  const parts = resourceType.split('::')
  return [label, resourceType, parts.slice(1).join(), parts.at(-1) ?? ''].map(plain)
}

const pairsOf = (text: string): Set<string> =>
  new Set(Array.from({ length: Math.max(text.length - 1, 0) }, (_, at) => text.slice(at, at + 2)))

/** 0–1: the share of letter pairs that two names have in common. */
const likeness = (a: string, b: string): number => {
  const [first, second] = [pairsOf(a), pairsOf(b)]
  return (2 * [...first].filter((pair) => second.has(pair)).length) / Math.max(first.size + second.size, 1)
}

const leastLikeness = 0.4

const nearestTo = (word: string, catalog: readonly NamedType[]): string | undefined => {
  const rated = catalog.map((type) => ({
    label: type.label,
    rate: Math.max(...namesOf(type).map((name) => likeness(plain(word), name))),
  }))
  const best = rated.toSorted((a, b) => b.rate - a.rate)[0]
  return best && best.rate >= leastLikeness ? best.label : undefined
}

/** The types that a word names by label, full name, `service/name` or name alone, in any case and punctuation. */
export const typesNamed = (word: string, catalog: readonly NamedType[]): string[] => {
  // A full name need not wait for the catalog.
  if (catalog.length === 0) return fullName.test(word) ? [word] : []
  return catalog.filter((type) => namesOf(type).includes(plain(word))).map(({ resourceType }) => resourceType)
}

/** Resolves the types of a filter. */
export const resolveTypes = (words: readonly string[], catalog: readonly NamedType[]): ResolvedTypes => {
  const found = words.map((word) => ({ word, types: typesNamed(word, catalog) }))
  return {
    types: [...new Set(found.flatMap(({ types }) => types))],
    unknown: found
      .filter(({ types }) => types.length === 0)
      .map(({ word }) => ({ word, nearest: nearestTo(word, catalog) })),
  }
}
