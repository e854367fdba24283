import { oc } from '@orpc/contract'
import { z } from 'zod'
import {
  AccountId,
  Coverage,
  many,
  MaxResults,
  NextToken,
  RelationshipKind,
  ResourceType,
  ScopeRegion,
  Tags,
  Timestamp,
  Uuid,
} from './vocabulary.ts'

export const ResourceSummary = z.object({
  id: Uuid,
  arn: z.string(),
  /** AWS's own id of it: `i-…`, a bucket name, a role name. */
  resourceId: z.string(),
  accountId: AccountId,
  accountName: z.string(),
  region: ScopeRegion,
  service: z.string(),
  resourceType: ResourceType,
  name: z.string(),
  state: z.string().nullable(),
  tags: Tags,
  /** When the resource says it was made. */
  createdAt: Timestamp.nullable(),
  /** First seen by us. */
  discoveredAt: Timestamp,
  /** Last time its content changed. */
  lastUpdated: Timestamp,
  /** Complete as of: the last complete scan of its scope. */
  lastSeenAt: Timestamp.nullable(),
  /** The last complete list did not show it; another one decides. */
  missingSince: Timestamp.nullable(),
  /** Gone; lists do not show it, its own page does. */
  deletedAt: Timestamp.nullable(),
})
export type ResourceSummary = z.infer<typeof ResourceSummary>

export const ResourceRelationship = z.object({
  kind: RelationshipKind,
  /** `out` reads "this resource <kind> the other", `in` the other way round. */
  direction: z.enum(['out', 'in']),
  /** Whose properties say so. */
  declaredBy: z.enum(['this', 'other']),
  /** The other end: what the field held (an id, a name or an ARN), or the ARN of the resource that declares it. */
  target: z.string(),
  targetType: ResourceType,
  /** Null while the other end is not in the inventory: another account, or not discovered. */
  resource: ResourceSummary.pick({
    id: true,
    name: true,
    resourceType: true,
    region: true,
    accountId: true,
    state: true,
  }).nullable(),
})
export type ResourceRelationship = z.infer<typeof ResourceRelationship>

export const FieldChange = z.object({ path: z.string(), before: z.unknown(), after: z.unknown() })

export const ResourceVersion = z.object({
  version: z.int(),
  at: Timestamp,
  kind: z.enum(['CREATED', 'CHANGED', 'DELETED']),
  /** At most 100 fields; `changedFields` has the true count. */
  changes: z.array(FieldChange),
  changedFields: z.int(),
})
export type ResourceVersion = z.infer<typeof ResourceVersion>

export const AWSResource = ResourceSummary.extend({
  /** The SDK's own answer with its PascalCase keys; redacted where it may hold secrets. */
  properties: z.record(z.string(), z.unknown()),
  relationships: z.array(ResourceRelationship),
  versions: z.array(ResourceVersion),
  /** Deep link into the AWS console, where there is one. */
  consoleUrl: z.string().nullable(),
  /** Set when a detail call failed: those fields are as of the last success. */
  detailError: z.object({ operation: z.string(), message: z.string(), at: Timestamp }).nullable(),
})
export type AWSResource = z.infer<typeof AWSResource>

export const ResourceFilter = z.strictObject({
  accountId: many(AccountId).optional(),
  region: many(ScopeRegion).optional(),
  service: many(z.string().regex(/^[a-z0-9-]{1,64}$/)).optional(),
  resourceType: many(ResourceType).optional(),
  state: many(z.string().max(64)).optional(),
  /** `key` (has the tag) or `key=value`. All must match. */
  tag: many(z.string().min(1).max(1300), 20).optional(),
  /** Part of name, id or ARN, any case. */
  text: z.string().max(256).optional(),
})

export const ResourceSort = z.enum([
  'name',
  'resourceType',
  'region',
  'accountId',
  'state',
  'lastUpdated',
  'discoveredAt',
  'createdAt',
])
export type ResourceSort = z.infer<typeof ResourceSort>

const Facet = z.array(z.object({ value: z.string(), label: z.string().optional(), count: z.int() }))

const tags = ['Resources']

export const resources = {
  list: oc
    .route({ method: 'GET', path: '/resources', tags, summary: 'List discovered resources' })
    .input(
      ResourceFilter.extend({
        sort: ResourceSort.default('name'),
        order: z.enum(['asc', 'desc']).default('asc'),
        maxResults: MaxResults,
        nextToken: NextToken.optional(),
      }),
    )
    .output(
      z.object({
        items: z.array(ResourceSummary),
        nextToken: z.string().optional(),
        total: z.int(),
        coverage: Coverage,
      }),
    ),
  /** Values to offer for each filter, with counts over the whole inventory. */
  facets: oc
    .route({ method: 'GET', path: '/resources/facets', tags, summary: 'Filter values with counts' })
    .output(
      z.object({ account: Facet, region: Facet, service: Facet, resourceType: Facet, state: Facet, tagKey: Facet }),
    ),
  get: oc
    .route({ method: 'GET', path: '/resources/{id}', tags, summary: 'One resource with relationships and versions' })
    .input(z.strictObject({ id: Uuid }))
    .output(AWSResource),
  discover: oc
    .route({ method: 'POST', path: '/resources/discover', tags, summary: 'Start a discovery', successStatus: 202 })
    .input(
      z
        .strictObject({
          accountIds: z.array(AccountId).max(1000).optional(),
          /** Also `global`, for what has no region; left out: everywhere. */
          regions: z.array(ScopeRegion).max(65).optional(),
          resourceTypes: z.array(ResourceType).max(500).optional(),
        })
        // No body at all means everything.
        .default({}),
    )
    .output(z.object({ jobId: Uuid, scopes: z.int() })),
}
