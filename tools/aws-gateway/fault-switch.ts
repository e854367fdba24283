import { setTimeout as sleep } from 'node:timers/promises'
import { awsError } from './aws-error.ts'
import type { AuthenticatedCall, Handler } from './call.ts'
import { denialMessage } from './denial-message.ts'
import { createChances } from './fault-chance.ts'
import { type Denial, type Disturbance, Faults, type FaultsInput, type Injected } from './faults.ts'
import { delayOf } from './latency.ts'
import { matchesPattern } from './policy-condition.ts'
import { proxyError, serverError } from './server-error.ts'
import { throttled } from './throttled.ts'
import { createTokenBucket, type TokenBucket } from './token-bucket.ts'
import type { WireResponse } from './wire.ts'

export interface FaultSwitch {
  current(): Faults
  /** From the next call on. Buckets are full again and calls are counted from one. @throws ZodError */
  set(input: FaultsInput): void
  injected(): Injected
  /** Refuses, disturbs or delays the chosen calls. Operators pass: they build what is tested. */
  layer(next: Handler): Handler
}

/** `now` in milliseconds drives the token buckets. */
export function createFaultSwitch(input: FaultsInput, now: () => number = () => performance.now()): FaultSwitch {
  const injected: Injected = {}
  const count = (kind: keyof Injected) => void (injected[kind] = (injected[kind] ?? 0) + 1)
  let current = Faults.parse(input)
  let disturb = disturber(current, now, count)
  return {
    current: () => current,
    set(changed) {
      current = Faults.parse(changed)
      disturb = disturber(current, now, count)
    },
    injected: () => ({ ...injected }),
    layer: (next) => async (call) => {
      if (call.principal.kind === 'operator') return next(call)
      const denial = current.denials.find((one) => isMeant(one, call))
      if (denial === undefined) return disturb(call, next)
      count('denial')
      throw awsError('denied', call.protocol, denialMessage(call, denial.reason))
    },
  }
}

type Disturb = (call: AuthenticatedCall, next: Handler) => Promise<WireResponse>

function disturber({ seed, disturbances }: Faults, now: () => number, count: (kind: keyof Injected) => void): Disturb {
  const chances = createChances()
  const buckets = createBuckets(now)
  return async (call, next) => {
    const chance = chances.next(seed, call)
    for (const [index, disturbance] of disturbances.entries()) {
      if (!isMeant(disturbance, call)) continue
      if (disturbance.kind === 'token-bucket') {
        const bucket = buckets(disturbance, call)
        if (bucket.take()) continue
        count('token-bucket')
        throw throttled(call, bucket.secondsToNext())
      }
      if (chance(String(index)) >= disturbance.probability) continue
      count(disturbance.kind)
      if (disturbance.kind !== 'latency') return spoil(disturbance, call, next)
      await sleep(delayOf(disturbance.milliseconds, chance(`${index} first`), chance(`${index} second`)))
    }
    return next(call)
  }
}

type Spoiling = Exclude<Disturbance, { kind: 'token-bucket' | 'latency' }>

const nothing: WireResponse = { status: 500, headers: [], body: Buffer.alloc(0), breakOff: 'before-answer' }

async function spoil(disturbance: Spoiling, call: AuthenticatedCall, next: Handler): Promise<WireResponse> {
  switch (disturbance.kind) {
    case 'throttle':
      throw throttled(call)
    case 'server-error':
      if (disturbance.body === 'html') return proxyError(disturbance.status)
      throw serverError(call, disturbance.status)
    case 'reset':
      return nothing
    case 'lost-answer':
      await next(call)
      return nothing
    case 'truncated-body':
      return { ...(await next(call)), breakOff: 'mid-body' }
    case 'short-page':
    case 'repeated-token':
      return next({ ...call, lie: disturbance.kind })
  }
}

/** One bucket for each disturbance × account × Region × action. */
function createBuckets(now: () => number) {
  const buckets = new Map<Disturbance, Map<string, TokenBucket>>()
  return (
    disturbance: Extract<Disturbance, { kind: 'token-bucket' }>,
    { principal, region, action }: AuthenticatedCall,
  ): TokenBucket => {
    const own = buckets.get(disturbance) ?? new Map<string, TokenBucket>()
    buckets.set(disturbance, own)
    const key = `${principal.accountId}/${region}/${action}`
    const bucket = own.get(key) ?? createTokenBucket(disturbance.burst, disturbance.perSecond, now)
    own.set(key, bucket)
    return bucket
  }
}

type Scope = Pick<Denial, 'accountId' | 'region' | 'actions'>

function isMeant({ accountId = '*', region = '*', actions }: Scope, call: AuthenticatedCall): boolean {
  return (
    matchesPattern(call.principal.accountId, accountId) &&
    matchesPattern(call.region, region) &&
    actions.some((action) => matchesPattern(call.action.toLowerCase(), action.toLowerCase()))
  )
}
