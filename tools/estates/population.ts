import { bundleOf, kindNames, kindOf, type KindName } from './kinds.ts'

/** How many of a kind there are in a place at first, and which have come and gone since. */
export interface Population {
  first: number
  added: number
  removed: Set<number>
  /** How often a resource has changed, by its ordinal. */
  changes: Map<number, number>
}

/** Ordinals of the living. */
export function ordinalsOf({ first, added, removed }: Population): number[] {
  const all = Array.from({ length: first + added }, (_, ordinal) => ordinal)
  return removed.size === 0 ? all : all.filter((ordinal) => !removed.has(ordinal))
}

/** How many of the first ones others may name. */
export const anchorsOf = (kind: KindName, { first }: Population): number => Math.ceil(first * kindOf(kind).anchored)

/** Populations of a place whose resources are exactly `budget` in number. */
export function populate(where: ReturnType<typeof kindOf>['where'], budget: number): Map<KindName, Population> {
  const masters = kindNames.filter((name) => kindOf(name).where === where && kindOf(name).count !== undefined)
  const counts = new Map(masters.map((name) => [name, kindOf(name).count?.(budget) ?? 0]))
  settle(counts, where, budget)
  const all = [...counts].flatMap(([name, first]) => bundleOf(name).map((kind) => [kind, population(first)] as const))
  return new Map(all)
}

const population = (first: number): Population => ({ first, added: 0, removed: new Set(), changes: new Map() })

/** What rounding left over, or took too much, is made up by these. */
const fillers = { 'every-region': undefined, 'used-region': 'snapshot', account: 'role' } as const

function settle(counts: Map<KindName, number>, where: keyof typeof fillers, budget: number): void {
  const filler = fillers[where]
  if (filler === undefined) return
  const total = [...counts].reduce((sum, [name, count]) => sum + count * bundleOf(name).length, 0)
  const filled = (counts.get(filler) ?? 0) + budget - total
  if (filled < 1) throw new RangeError(`${budget} resources are too few for a place that is used`)
  counts.set(filler, filled)
}
