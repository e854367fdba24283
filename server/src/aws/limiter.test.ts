import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createLimiter } from './limiter.ts'

const quota = { perSecond: 20, burst: 40 }

/** Calls let through in `seconds`, by somebody who always wants more. */
const letThrough = async (
  limiter: ReturnType<typeof createLimiter>,
  seconds: number,
  onCall: (calls: number) => void = () => undefined,
) => {
  let calls = 0
  const stop = new AbortController()
  const asking = (async () => {
    for (;;) {
      await limiter.acquire(stop.signal)
      calls += 1
      onCall(calls)
    }
  })().catch(() => undefined)
  await vi.advanceTimersByTimeAsync(seconds * 1_000)
  stop.abort(new Error('enough'))
  await vi.advanceTimersByTimeAsync(0)
  await asking
  return calls
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('The limiter of one account, region and service', () => {
  test('takes half of what AWS grants, burst and rate', async () => {
    const calls = await letThrough(createLimiter(quota), 10)
    expect(calls).toBeGreaterThanOrEqual(110)
    expect(calls).toBeLessThanOrEqual(121)
  })

  test('halves its rate at a throttle, once for all the calls that were under way', () => {
    const limiter = createLimiter(quota)
    for (let answer = 0; answer < 8; answer += 1) limiter.throttled()
    expect(limiter.rate).toBe(5)
  })

  test('stays silent as long as AWS says', async () => {
    const limiter = createLimiter(quota)
    limiter.throttled(3_000)
    expect(await letThrough(limiter, 2.9)).toBe(0)
    expect(await letThrough(limiter, 1)).toBeGreaterThan(0)
  })

  test('recovers its whole share after clean traffic', async () => {
    const limiter = createLimiter(quota)
    limiter.throttled()
    await letThrough(limiter, 30)
    expect(limiter.rate).toBe(10)
  })

  test('settles below a bucket smaller than it thought, and never stops asking', async () => {
    const limiter = createLimiter(quota)
    let tokens = 5
    let at = Date.now()
    let refused = 0
    const calls = await letThrough(limiter, 120, () => {
      tokens = Math.min(5, tokens + ((Date.now() - at) / 1_000) * 2)
      at = Date.now()
      if (tokens >= 1) tokens -= 1
      else {
        refused += 1
        limiter.throttled()
      }
    })
    expect(calls - refused).toBeGreaterThan(120)
    expect(refused / calls).toBeLessThan(0.25)
  })

  test('a caller that gives up takes nobody else along', async () => {
    const limiter = createLimiter({ perSecond: 2, burst: 2 })
    await limiter.acquire()
    const gone = new AbortController()
    const first = limiter.acquire(gone.signal)
    const second = limiter.acquire()
    gone.abort(new Error('gone'))
    await expect(first).rejects.toThrow('gone')
    await vi.advanceTimersByTimeAsync(2_000)
    await expect(second).resolves.toBeUndefined()
  })
})
