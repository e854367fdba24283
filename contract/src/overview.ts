import { oc } from '@orpc/contract'
import { z } from 'zod'
import { Job } from './jobs.ts'
import { AccountId, Coverage, Fix, ResourceType, ScopeRegion, Timestamp, Uuid } from './vocabulary.ts'

const Count = z.object({ value: z.string(), label: z.string(), count: z.int() })

export const NeedsYou = z.object({
  kind: z.enum([
    'ACCOUNT_EXPOSED',
    'ACCOUNT_ERROR',
    'ACCOUNT_PENDING',
    'PERMISSIONS_LOST',
    'ORGANIZATION_UNREADABLE',
    'ORGANIZATION_ACCOUNTS_UNCONNECTED',
    'SCOPES_DENIED',
    'SCOPES_FAILED',
    'SCOPE_HELD',
  ]),
  severity: z.enum(['LOW', 'MEDIUM', 'HIGH', 'CRITICAL']),
  title: z.string(),
  detail: z.string().nullable(),
  since: Timestamp.nullable(),
  accountId: AccountId.nullable(),
  connectionId: Uuid.nullable(),
  /** The scope it is about, where it is about one. */
  scopeId: z.int().nullable(),
  fix: Fix.nullable(),
})
export type NeedsYou = z.infer<typeof NeedsYou>

export const RecentChange = z.object({
  at: Timestamp,
  kind: z.enum(['CREATED', 'CHANGED', 'DELETED']),
  resourceId: Uuid,
  name: z.string(),
  resourceType: ResourceType,
  region: ScopeRegion,
  accountId: AccountId,
  accountName: z.string(),
  changedFields: z.int(),
})

export const Overview = z.object({
  accounts: z.object({ total: z.int(), active: z.int(), inactive: z.int(), error: z.int(), exposed: z.int() }),
  regions: z.int(),
  resources: z.int(),
  resourceTypes: z.int(),
  relationships: z.int(),
  byService: z.array(Count),
  byRegion: z.array(Count),
  byAccount: z.array(Count),
  needsYou: z.array(NeedsYou),
  recentChanges: z.array(RecentChange),
  /**
   * Last 30 days, oldest first, today included; days are UTC. A resource counts once a day: deleted, else created, else
   * changed. So the three add up to the rows of `changedSince`, `changedUntil` and all three kinds of `change`.
   */
  changesByDay: z.array(z.object({ day: z.iso.date(), created: z.int(), changed: z.int(), deleted: z.int() })),
  /** What a new installation has to do, in order. */
  checklist: z.array(
    z.object({
      step: z.enum(['IDENTITY', 'ACCOUNT', 'VALIDATED', 'DISCOVERED', 'ORGANIZATION']),
      done: z.boolean(),
      detail: z.string().nullable(),
    }),
  ),
  lastJob: Job.nullable(),
  coverage: Coverage,
})
export type Overview = z.infer<typeof Overview>

export const overview = {
  get: oc
    .route({ method: 'GET', path: '/overview', tags: ['Overview'], summary: 'The estate at a glance' })
    .output(Overview),
}
