import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { DenialReason } from './denial-message.ts'

/** Which calls are meant; every part may hold `*` and `?`. An absent part means all. */
const scope = {
  accountId: z.string().optional(),
  region: z.string().optional(),
  /** IAM actions (`rds:DescribeDBInstances`, `kms:*`); case does not matter. */
  actions: z.array(z.string()).min(1),
}

export const Denial = z.strictObject({ ...scope, reason: DenialReason })
export type Denial = z.infer<typeof Denial>

const sometimes = { ...scope, probability: z.number().min(0).max(1).default(1) }
const milliseconds = z.number().min(0).max(60_000)

/** A fixed delay, or a log-normal one that half of the calls stay below, and 99 in a hundred. */
const Delay = z.union([milliseconds, z.strictObject({ p50: milliseconds.min(0.1), p99: milliseconds })])

export const Disturbance = z.discriminatedUnion('kind', [
  /** A share of the calls is told to slow down. */
  z.strictObject({ ...sometimes, kind: z.literal('throttle') }),
  /** AWS's own way: so many calls at once, then so many a second, for each account × Region × action. */
  z.strictObject({
    ...scope,
    kind: z.literal('token-bucket'),
    burst: z.number().min(1),
    perSecond: z.number().positive(),
  }),
  z.strictObject({
    ...sometimes,
    kind: z.literal('server-error'),
    status: z.union([z.literal(500), z.literal(502), z.literal(503)]).default(500),
    /** `html` is what a proxy on the way answers. */
    body: z.enum(['aws', 'html']).default('aws'),
  }),
  z.strictObject({ ...sometimes, kind: z.literal('latency'), milliseconds: Delay }),
  /** The connection is cut before the service has seen the call. */
  z.strictObject({ ...sometimes, kind: z.literal('reset') }),
  /** The connection is cut after half of the body; its length was said rightly. */
  z.strictObject({ ...sometimes, kind: z.literal('truncated-body') }),
  /** The call is carried out, and the connection is cut instead of an answer. */
  z.strictObject({ ...sometimes, kind: z.literal('lost-answer') }),
  /** Half a page without a token, which AWS never answers. Of the recording back end only. */
  z.strictObject({ ...sometimes, kind: z.literal('short-page') }),
  /** Each page gives the token that asks for it again. Of the recording back end only. */
  z.strictObject({ ...sometimes, kind: z.literal('repeated-token') }),
])
export type Disturbance = z.infer<typeof Disturbance>

export const Faults = z.strictObject({
  /** The same seed disturbs the same calls: the nth of an action in an account and Region. */
  seed: z.string().default(() => randomUUID()),
  denials: z.array(Denial).default([]),
  /** In their order; the first that refuses or cuts a call is the last. */
  disturbances: z.array(Disturbance).default([]),
})
export type Faults = z.infer<typeof Faults>
export type FaultsInput = z.input<typeof Faults>

/** How often each was done to a call since the gateway started. */
export type Injected = Partial<Record<Disturbance['kind'] | 'denial', number>>
