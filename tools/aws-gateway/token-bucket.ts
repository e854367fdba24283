export interface TokenBucket {
  /** Takes a token when there is one. */
  take(): boolean
  /** Whole seconds until there is one again. */
  secondsToNext(): number
}

/** Holds `burst` tokens at most and gains `perSecond`. `now` in milliseconds. Source: EC2 developer guide, "Request throttling". */
export function createTokenBucket(burst: number, perSecond: number, now: () => number): TokenBucket {
  let tokens = burst
  let at = now()
  const refill = () => {
    const time = now()
    tokens = Math.min(burst, tokens + ((time - at) / 1000) * perSecond)
    at = time
  }
  return {
    take() {
      refill()
      if (tokens < 1) return false
      tokens -= 1
      return true
    },
    secondsToNext() {
      refill()
      return Math.max(1, Math.ceil((1 - tokens) / perSecond))
    },
  }
}
