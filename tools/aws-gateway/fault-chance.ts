import { hash } from 'node:crypto'
import type { AuthenticatedCall } from './call.ts'

export interface Chances {
  /** Counts the call; what it returns belongs to this one call. */
  next(seed: string, call: AuthenticatedCall): (purpose: string) => number
}

/**
 * Each account × Region × action is counted by itself, so calls that run beside each other do not change what happens to
 * either.
 */
export function createChances(): Chances {
  const counts = new Map<string, number>()
  return {
    next(seed, { principal, region, action }) {
      const key = `${principal.accountId}/${region}/${action}`
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      return (purpose) => fraction(`${seed}\n${key}\n${count}\n${purpose}`)
    },
  }
}

const fraction = (text: string): number => parseInt(hash('sha1', text, 'hex').slice(0, 12), 16) / 2 ** 48
