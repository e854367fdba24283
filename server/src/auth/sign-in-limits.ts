import { isIPv6 } from 'node:net'
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

/** Five failed sign-ins a minute per email and per network (IPv4 address or IPv6 /64), thirty refreshes a minute per network. */
export const createSignInLimits = (): SignInLimits => {
  const byEmail = new RateLimiterMemory({ keyPrefix: 'email', points: 5, duration: 60 })
  const byNetwork = new RateLimiterMemory({ keyPrefix: 'network', points: 5, duration: 60 })
  const refreshes = new RateLimiterMemory({ keyPrefix: 'refresh', points: 30, duration: 60 })
  return {
    attempt: async (email, ip) => {
      await consume(byNetwork, networkOf(ip))
      await consume(byEmail, email)
    },
    succeeded: async (email, ip) => {
      await byNetwork.reward(networkOf(ip))
      await byEmail.reward(email)
    },
    refresh: (ip) => consume(refreshes, networkOf(ip)),
  }
}
