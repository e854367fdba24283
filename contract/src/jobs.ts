import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import {
  AccountId,
  Fix,
  many,
  MaxResults,
  NextToken,
  ResourceType,
  ScopeRegion,
  ScopeStatus,
  Timestamp,
  Uuid,
} from './vocabulary.ts'

export const Job = z.object({
  id: Uuid,
  kind: z.literal('discovery'),
  status: z.enum(['queued', 'running', 'completed', 'cancelled']),
  /** Who asked: an email, or `system`. */
  requestedBy: z.string(),
  /** Accounts it covers. */
  accountIds: z.array(AccountId),
  done: z.int(),
  total: z.int(),
  byStatus: z.partialRecord(ScopeStatus, z.int()),
  resourcesSeen: z.int(),
  resourcesCreated: z.int(),
  resourcesChanged: z.int(),
  resourcesDeleted: z.int(),
  /** Seconds; null before there is a rate to judge by. */
  etaSeconds: z.number().nullable(),
  createdAt: Timestamp,
  startedAt: Timestamp.nullable(),
  endedAt: Timestamp.nullable(),
})
export type Job = z.infer<typeof Job>

/** One line of a job: account × region × resource type. */
export const JobScope = z.object({
  accountId: AccountId,
  accountName: z.string(),
  region: ScopeRegion,
  resourceType: ResourceType,
  status: ScopeStatus,
  running: z.boolean(),
  reason: z.string().nullable(),
  fix: Fix.nullable(),
  resources: z.int(),
  calls: z.int(),
  throttles: z.int(),
  lastComplete: Timestamp.nullable(),
  lastAttempt: Timestamp.nullable(),
})
export type JobScope = z.infer<typeof JobScope>

export const LiveEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('job'), job: Job }),
  z.object({
    type: z.literal('resources'),
    accountId: AccountId,
    region: ScopeRegion,
    resourceType: ResourceType,
    created: z.int(),
    changed: z.int(),
    deleted: z.int(),
  }),
  z.object({ type: z.literal('account'), id: Uuid }),
  /** Events were missed: fetch again. */
  z.object({ type: z.literal('resync') }),
])
export type LiveEvent = z.infer<typeof LiveEvent>

const ById = z.strictObject({ id: Uuid })
const tags = ['Jobs']

export const jobs = {
  list: oc
    .route({ method: 'GET', path: '/jobs', tags, summary: 'Recent jobs, newest first' })
    .input(z.strictObject({ maxResults: MaxResults, nextToken: NextToken.optional() }))
    .output(z.object({ items: z.array(Job), nextToken: z.string().optional() })),
  get: oc.route({ method: 'GET', path: '/jobs/{id}', tags, summary: 'One job' }).input(ById).output(Job),
  cancel: oc
    .route({
      method: 'POST',
      path: '/jobs/{id}/cancel',
      tags,
      summary: 'Cancel: scopes under way finish, the rest return to their schedule',
    })
    .input(ById)
    .output(Job),
  scopes: oc
    .route({
      method: 'GET',
      path: '/jobs/{id}/scopes',
      tags,
      summary: 'The scopes of a job, those needing attention first',
    })
    .input(
      z.strictObject({
        id: Uuid,
        status: many(ScopeStatus).optional(),
        maxResults: MaxResults,
        nextToken: NextToken.optional(),
      }),
    )
    .output(z.object({ items: z.array(JobScope), nextToken: z.string().optional(), total: z.int() })),
  events: oc
    .route({ method: 'GET', path: '/events', tags, summary: 'Live events; resumes after `Last-Event-ID`' })
    .output(eventIterator(LiveEvent)),
}
