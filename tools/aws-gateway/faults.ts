import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { awsError } from './aws-error.ts'
import type { AuthenticatedCall, Handler } from './call.ts'
import { denialMessage, DenialReason } from './denial-message.ts'
import { matchesPattern } from './policy-condition.ts'

/** Which calls are meant; every part may hold `*` and `?`. An absent part means all. */
const scope = {
  accountId: z.string().optional(),
  region: z.string().optional(),
  /** IAM actions (`rds:DescribeDBInstances`, `kms:*`); case does not matter. */
  actions: z.array(z.string()).min(1),
}

export const Denial = z.strictObject({ ...scope, reason: DenialReason })
export type Denial = z.infer<typeof Denial>

const chance = z.number().min(0).max(1).default(1)

export const Disturbance = z.discriminatedUnion('kind', [
  z.strictObject({ ...scope, kind: z.literal('throttle'), probability: chance }),
  z.strictObject({ ...scope, kind: z.literal('server-error'), probability: chance }),
  z.strictObject({
    ...scope,
    kind: z.literal('latency'),
    probability: chance,
    milliseconds: z.int().min(0).max(60_000),
  }),
])
export type Disturbance = z.infer<typeof Disturbance>

export const Faults = z.strictObject({
  denials: z.array(Denial).default([]),
  disturbances: z.array(Disturbance).default([]),
})
export type Faults = z.infer<typeof Faults>
export type FaultsInput = z.input<typeof Faults>

/** Refuses, disturbs or delays the chosen calls. Operators pass: they build what is tested. */
export function faults(current: () => Faults, next: Handler): Handler {
  return async (call) => {
    if (call.principal.kind === 'operator') return next(call)
    const denial = current().denials.find((one) => isMeant(one, call))
    if (denial) throw awsError('denied', call.protocol, denialMessage(call, denial.reason))
    for (const disturbance of current().disturbances) {
      if (isMeant(disturbance, call) && Math.random() < disturbance.probability) await disturb(disturbance, call)
    }
    return next(call)
  }
}

async function disturb(disturbance: Disturbance, call: AuthenticatedCall): Promise<void> {
  if (disturbance.kind === 'throttle') throw awsError('throttled', call.protocol)
  if (disturbance.kind === 'server-error') throw awsError('internal', call.protocol)
  await sleep(disturbance.milliseconds)
}

type Scope = Pick<Denial, 'accountId' | 'region' | 'actions'>

function isMeant({ accountId = '*', region = '*', actions }: Scope, call: AuthenticatedCall): boolean {
  return (
    matchesPattern(call.principal.accountId, accountId) &&
    matchesPattern(call.region, region) &&
    actions.some((action) => matchesPattern(call.action.toLowerCase(), action.toLowerCase()))
  )
}
