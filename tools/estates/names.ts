import { kindOf, type KindName } from './kinds.ts'
import type { EstatePlace } from './places.ts'
import { digest } from './random.ts'

type Place = Pick<EstatePlace, 'accountId' | 'region'>

const teams = ['orders', 'payments', 'search', 'shipping', 'identity', 'billing', 'catalogue', 'platform']

export const teamOf = (seed: string, kind: KindName, place: Place, ordinal: number): string =>
  teams[parseInt(uniqueOf(seed, kind, place, ordinal).slice(0, 6), 16) % teams.length] ?? ''

/** `payments-worker-0042`; a bucket's is unique in the world. */
export function nameOf(seed: string, kind: KindName, place: Place, ordinal: number): string {
  const name = `${teamOf(seed, kind, place, ordinal)}-${kindOf(kind).noun}-${String(ordinal).padStart(4, '0')}`
  return kind === 'bucket' ? `${name}-${place.accountId}` : name
}

/** What AWS calls it: a prefix and 17 hexadecimal digits, or its name. */
export function idOf(seed: string, kind: KindName, place: Place, ordinal: number): string {
  const { prefix } = kindOf(kind)
  if (prefix !== undefined) return `${prefix}${uniqueOf(seed, kind, place, ordinal).slice(0, 17)}`
  const name = nameOf(seed, kind, place, ordinal)
  return kind === 'log-group' ? `/${name}` : name
}

/** Hexadecimal digits that no other resource has. */
export const uniqueOf = (seed: string, kind: KindName, { accountId, region }: Place, ordinal: number): string =>
  digest(seed, kind, accountId, region, ordinal)
