import { resourceKey, scopeOf } from './scopes.ts'
import { required } from '../aws-gateway/required.ts'
import { bundleOf, kindOf, type KindName } from './kinds.ts'
import { idOf } from './names.ts'
import type { EstatePlace } from './places.ts'
import { anchorsOf, ordinalsOf, type Population } from './population.ts'
import { type Next, numbers } from './random.ts'

export interface ChurnRequest {
  /** Other seeds touch other resources. */
  seed: string
  /** At least so many resources each; one that others are part of comes and goes with them. */
  add?: number
  remove?: number
  change?: number
}

/** Keys of the resources that came, went and changed. */
export interface Churn {
  added: string[]
  removed: string[]
  changed: string[]
}

interface One {
  place: EstatePlace
  kind: KindName
  population: Population
  ordinal: number
}

/** Changes the populations in place. @throws RangeError when there are not so many that may go, or change */
export function applyChurn(seed: string, places: readonly EstatePlace[], request: ChurnRequest): Churn {
  const { add = 0, remove = 0, change = 0 } = request
  const next = numbers(`${seed}\n${request.seed}`)
  const goers = living(places, mayGo)
  const removed = until(remove, () => goOne(seed, take(goers, next)))
  const changeable = living(places, ({ kind }) => !withoutTags.has(kind))
  const changed = until(change, () => changeOne(seed, take(changeable, next)))
  const growing = living(places, mayGrow)
  const added = until(add, () => addOne(seed, required(growing[next(growing.length)], 'a kind that grows')))
  return { added, removed, changed }
}

function living(places: readonly EstatePlace[], fits: (one: One) => boolean): One[] {
  const herds = places.flatMap((place) =>
    [...place.populations].map(([kind, population]) => ({ place, kind, population })),
  )
  return herds.flatMap((herd) =>
    ordinalsOf(herd.population)
      .map((ordinal) => ({ ...herd, ordinal }))
      .filter(fits),
  )
}

const isMaster = ({ kind }: One): boolean => kindOf(kind).companionOf === undefined

/** Only those that nothing names. */
const mayGo = (one: One): boolean => isMaster(one) && one.ordinal >= anchorsOf(one.kind, one.population)

/** A Region has one default VPC. */
const mayGrow = (one: One): boolean => isMaster(one) && kindOf(one.kind).where !== 'every-region'

/** Their tag `team` changes, so those without it do not. */
const withoutTags: ReadonlySet<KindName> = new Set([
  'default-vpc',
  'default-subnet',
  'default-security-group',
  'main-route-table',
  'nat-address',
  'nat-interface',
  'root-volume',
  'instance-interface',
  'dead-letter-queue',
])

function until(wanted: number, once: () => string[]): string[] {
  const keys: string[] = []
  while (keys.length < wanted) keys.push(...once())
  return keys
}

/** One of them, which is not among them any more. */
function take(pool: One[], next: Next): One {
  const index = next(pool.length)
  const last = pool.pop()
  const taken = pool[index] ?? last
  if (taken === undefined) throw new RangeError('there are not so many')
  // Filling the gap with the last one keeps this fast where there are a million.
  if (last !== undefined && index < pool.length) pool[index] = last
  return taken
}

function goOne(seed: string, { place, kind, ordinal }: One): string[] {
  for (const part of bundleOf(kind)) place.populations.get(part)?.removed.add(ordinal)
  return keysOf(seed, place, kind, ordinal)
}

function changeOne(seed: string, { place, kind, population, ordinal }: One): string[] {
  population.changes.set(ordinal, (population.changes.get(ordinal) ?? 0) + 1)
  return [keyOf(seed, place, kind, ordinal)]
}

/** One more of its kind, in its place. */
function addOne(seed: string, { place, kind, population }: One): string[] {
  const ordinal = population.first + population.added
  for (const part of bundleOf(kind)) {
    const grown = place.populations.get(part)
    if (grown) grown.added += 1
  }
  return keysOf(seed, place, kind, ordinal)
}

const keysOf = (seed: string, place: EstatePlace, kind: KindName, ordinal: number): string[] =>
  bundleOf(kind).map((part) => keyOf(seed, place, part, ordinal))

const keyOf = (seed: string, place: EstatePlace, kind: KindName, ordinal: number): string =>
  resourceKey(scopeOf({ kind, place }), idOf(seed, kind, place, ordinal))
