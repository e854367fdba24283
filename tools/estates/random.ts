import { hash } from 'node:crypto'

/** 160 bits in hex that depend on the parts alone. */
export const digest = (...parts: readonly (string | number)[]): string => hash('sha1', parts.join('\n'), 'hex')

/** A number from 0 up to, not including, 1 that depends on the parts alone. */
export const chance = (...parts: readonly (string | number)[]): number =>
  parseInt(digest(...parts).slice(0, 12), 16) / 2 ** 48

/** A whole number from 0 up to, not including, `below`. */
export type Next = (below: number) => number

/** Another number each time: the same ones for the same seed. */
export function numbers(seed: string): Next {
  let turn = 0
  return (below) => {
    turn += 1
    return Math.floor(chance(seed, turn) * below)
  }
}
