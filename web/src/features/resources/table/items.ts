import type { Row } from './columns.tsx'

/** One line of the grid. */
export type Item =
  | { kind: 'row'; id: string; row: Row }
  | { kind: 'group'; id: string; value: string | null; label: string; count: number; isOpen: boolean }
  /** Rows of a group that are still to come. */
  | { kind: 'more'; id: string; value: string }

export const rowItem = (row: Row): Item => ({ kind: 'row', id: row.id, row })

export const groupId = (value: string | null): string => `group ${value ?? ''}`

/** The rows between two of them, ends included, whichever comes first. */
export const between = (items: readonly Item[], from: string, to: string): string[] => {
  const ends = [items.findIndex(({ id }) => id === from), items.findIndex(({ id }) => id === to)]
  const [first = 0, last = 0] = ends.toSorted((a, b) => a - b)
  return first < 0 ? [to] : items.slice(first, last + 1).flatMap(({ kind, id }) => (kind === 'row' ? id : []))
}
