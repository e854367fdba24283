/** What AWS grants one account in one region for one service's reads, as documented or observed. */
export interface Quota {
  /** Calls a second that the bucket refills by. */
  perSecond: number
  /** Calls it holds when full. */
  burst: number
}

/**
 * EC2's buckets are documented: 100 paginated reads, refilled by 20 a second. The others are not; these are rates at
 * which their list calls are rarely throttled, and the limiter finds the truth from there.
 */
const quotas: Record<string, Quota> = {
  ec2: { perSecond: 20, burst: 100 },
  iam: { perSecond: 15, burst: 30 },
  lambda: { perSecond: 15, burst: 30 },
  s3: { perSecond: 50, burst: 100 },
}
const otherwise: Quota = { perSecond: 20, burst: 40 }

/** The share we take at most unless told otherwise: the buckets belong to the customer's own automation too. */
export const courtesyShare = 0.5
/** Even a service that throttles everything is asked this often, else it could never show that it recovered. */
const leastPerSecond = 0.2
const growthPerSecond = 0.1
/** A throttle is followed by a pause of so many calls' time, a second at most: the bucket must fill before it is asked. */
const pausedCalls = 4
const longestPauseMs = 1_000

export interface Limiter {
  /** Waits until one call may be made. @throws the signal's reason */
  acquire(signal?: AbortSignal): Promise<void>
  /** AWS throttled: halve the rate and pause, at least as long as AWS said (milliseconds). */
  throttled(retryAfterMs?: number): void
  /** Calls a second allowed now. */
  readonly rate: number
}

interface Clock {
  now(): number
  random(): number
}

const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const wake = setTimeout(done, ms)
    function done(): void {
      signal?.removeEventListener('abort', abort)
      resolve()
    }
    function abort(): void {
      clearTimeout(wake)
      reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'))
    }
    if (signal?.aborted) abort()
    else signal?.addEventListener('abort', abort, { once: true })
  })

/**
 * A token bucket whose rate rises by a tenth for each second without a throttle, up to our share, and halves at each
 * throttle (additive increase, multiplicative decrease). Callers are served in order.
 */
export const createLimiter = (
  quota: Quota,
  share = courtesyShare,
  clock: Clock = { now: Date.now, random: Math.random },
): Limiter => {
  const most = quota.perSecond * share
  const capacity = Math.max(1, quota.burst * share)
  let rate = most
  let tokens = capacity
  let at = clock.now()
  let pausedUntil = 0
  let queue = Promise.resolve()

  const refill = (): void => {
    const now = clock.now()
    const cleanSeconds = Math.max(0, now - Math.max(at, pausedUntil)) / 1_000
    tokens = Math.min(capacity, tokens + cleanSeconds * rate)
    rate = Math.min(most, rate * (1 + growthPerSecond * cleanSeconds))
    at = now
  }

  const waitMs = (): number => {
    const pause = Math.max(0, pausedUntil - clock.now())
    return tokens >= 1 ? pause : pause + ((1 - tokens) / rate) * 1_000
  }

  const take = async (signal?: AbortSignal): Promise<void> => {
    refill()
    for (let wait = waitMs(); wait > 0; wait = waitMs()) {
      // A timer may fire a hair early; a millisecond more spares a second round.
      await sleep(Math.ceil(wait) + 1, signal)
      refill()
    }
    tokens -= 1
  }

  return {
    acquire: (signal) => {
      const turn = queue.then(() => take(signal))
      queue = turn.catch(() => undefined)
      return turn
    },
    throttled: (retryAfterMs = 0) => {
      refill()
      // Answers of calls already under way when the rate was halved say nothing new.
      if (clock.now() < pausedUntil) return
      rate = Math.max(leastPerSecond, rate / 2)
      tokens = Math.min(tokens, 1)
      pausedUntil =
        clock.now() +
        Math.max(retryAfterMs, Math.min(longestPauseMs, (pausedCalls * 1_000) / rate) * (0.5 + clock.random()))
    },
    get rate() {
      return rate
    },
  }
}

export const quotaOf = (client: string): Quota => quotas[client] ?? otherwise
