import { circuitBreaker, type CircuitBreakerPolicy, ConsecutiveBreaker, handleWhen } from 'cockatiel'
import { LRUCache } from 'lru-cache'
import { awsFailure } from './failure.ts'
import { createLimiter, type Limiter, quotaOf } from './limiter.ts'

/** What stands before the calls of one account, region and service. */
interface Gate {
  limiter: Limiter
  breaker: CircuitBreakerPolicy
}

/** Calls in a row that AWS or the network let down before we stop asking. */
const failuresInARow = 10
/** How long we do not ask then; one call tries whether it is over. */
const openMs = 15_000

/** A denial or a throttle is an answer; only faults of the other side open the circuit. */
const isFault = (error: unknown): boolean => {
  const { status, retryable } = awsFailure(error, 'any')
  return status === 'FAILED' && retryable
}

const createGate = (client: string, share: number): Gate => ({
  limiter: createLimiter(quotaOf(client), share),
  breaker: circuitBreaker(handleWhen(isFault), {
    halfOpenAfter: openMs,
    breaker: new ConsecutiveBreaker(failuresInARow),
  }),
})

/** `Retry-After` of a throttle, in milliseconds; AWS sends it seldom. */
const retryAfterOf = (error: unknown): number => {
  const headers = (error as { $response?: { headers?: Record<string, string> } }).$response?.headers
  const seconds = Number(headers?.['retry-after'])
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 60) * 1_000 : 0
}

export interface ReadGates {
  /** Makes one call when its turn comes. @throws BrokenCircuitError while the service keeps failing */
  pass<Answer>(
    at: { connection: string; region: string; client: string },
    call: () => Promise<Answer>,
    signal?: AbortSignal,
  ): Promise<Answer>
}

/** Limiter and circuit breaker per account × region × service, shared by all scans of this process. */
export const createReadGates = (options: { share: number }): ReadGates => {
  const gates = new LRUCache<string, Gate>({ max: 20_000 })
  const gateOf = (key: string, client: string): Gate => {
    const known = gates.get(key) ?? createGate(client, options.share)
    gates.set(key, known)
    return known
  }
  return {
    pass: async ({ connection, region, client }, call, signal) => {
      const { limiter, breaker } = gateOf(`${connection}|${region}|${client}`, client)
      await limiter.acquire(signal)
      try {
        return await breaker.execute(call)
      } catch (error) {
        if (awsFailure(error, 'any').status === 'THROTTLED') limiter.throttled(retryAfterOf(error))
        throw error
      }
    },
  }
}
