import { isIPv6 } from 'node:net'
import { LRUCache } from 'lru-cache'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from '../errors.ts'

/** How a socket that listens on `::` names an IPv4 client. */
const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

/** An IPv4 address, or the first half of an IPv6 one: one customer owns all the rest of it. */
const networkOf = (from: string): string => {
  // The zone of a link-local address (`%eth0`) is the receiver's name for the link.
  const [withoutZone = ''] = from.split('%')
  const ip = mapped.exec(withoutZone)?.[1] ?? withoutZone
  if (!isIPv6(ip)) return ip
  const address = new URL(`http://[${ip}]`).hostname.slice(1, -1)
  const [head = '', tail = ''] = address.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === '' ? [] : tail.split(':')
  const groups = address.includes('::')
    ? [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right]
    : left
  return groups.slice(0, 4).join(':')
}

const consume = async (limiter: RateLimiterMemory, key: string): Promise<void> => {
  try {
    await limiter.consume(key)
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    throw new AppError('TOO_MANY_REQUESTS', { retryAfter: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)) })
  }
}

export interface SignInLimits {
  /** Counts a sign-in attempt before its password is looked at. @throws AppError TOO_MANY_REQUESTS */
  attempt(email: string, ip: string): Promise<void>
  /** A right password gives the attempt back. */
  succeeded(email: string, ip: string): Promise<void>
  /** @throws AppError TOO_MANY_REQUESTS */
  refresh(ip: string): Promise<void>
}

/** Networks that somebody has signed in from, at most. */
const mostKnown = 10_000

/**
 * A minute's failed sign-ins: five for one email from one network (IPv4 address or IPv6 /64), twenty from one network,
 * thirty for one email from all networks together. The last does not count for a network from which that email has
 * signed in before: else whoever guesses from many networks would keep its owner out. Thirty refreshes from a network.
 */
export const createSignInLimits = (): SignInLimits => {
  const byBoth = new RateLimiterMemory({ keyPrefix: 'both', points: 5, duration: 60 })
  const byNetwork = new RateLimiterMemory({ keyPrefix: 'network', points: 20, duration: 60 })
  const byEmail = new RateLimiterMemory({ keyPrefix: 'email', points: 30, duration: 60 })
  const refreshes = new RateLimiterMemory({ keyPrefix: 'refresh', points: 30, duration: 60 })
  const known = new LRUCache<string, true>({ max: mostKnown })
  return {
    attempt: async (email, ip) => {
      const network = networkOf(ip)
      const both = `${network} ${email}`
      await consume(byNetwork, network)
      await consume(byBoth, both)
      if (!known.has(both)) await consume(byEmail, email)
    },
    succeeded: async (email, ip) => {
      const network = networkOf(ip)
      const both = `${network} ${email}`
      await byNetwork.reward(network)
      await byBoth.reward(both)
      if (!known.has(both)) await byEmail.reward(email)
      known.set(both, true)
    },
    refresh: (ip) => consume(refreshes, networkOf(ip)),
  }
}
