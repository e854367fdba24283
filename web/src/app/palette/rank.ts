/** How well a text answers what is typed: 0 not at all, 1 to 4 the better the higher. Every word must be found. */
export const rankOf = (text: string, typed: string): number => {
  const wanted = typed.trim().toLowerCase()
  if (wanted === '') return 1
  const held = text.toLowerCase()
  if (held === wanted) return 4
  if (held.startsWith(wanted)) return 3
  const words = wanted.split(/\s+/)
  if (!words.every((word) => held.includes(word))) return 0
  return words.every((word) => new RegExp(`(^|[^a-z0-9])${escaped(word)}`).test(held)) ? 2 : 1
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Those that answer, best first; equals keep their order. */
export const ranked = <T>(items: readonly T[], typed: string, textsOf: (item: T) => readonly string[]): T[] =>
  items
    .map((item) => ({ item, rank: Math.max(...textsOf(item).map((text) => rankOf(text, typed))) }))
    .filter(({ rank }) => rank > 0)
    .toSorted((a, b) => b.rank - a.rank)
    .map(({ item }) => item)
