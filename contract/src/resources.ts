import { oc } from '@orpc/contract'
import { z } from 'zod'
import {
  AccountId,
  Coverage,
  Environment,
  EnvironmentSource,
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
  environment: Environment.nullable(),
  environmentSource: EnvironmentSource.nullable(),
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

export const ChangeKind = z.enum(['CREATED', 'CHANGED', 'DELETED'])
export type ChangeKind = z.infer<typeof ChangeKind>

/** An instant, or a duration back from now. */
const Since = z
  .union([Timestamp, z.string().regex(/^[1-9]\d{0,4}[mhd]$/, 'Give an instant, or a duration like 30m, 24h or 7d.')])
  .meta({ description: 'ISO 8601 instant, or a duration back from now: 30m, 24h, 7d.', examples: ['24h'] })

export const ResourceVersion = z.object({
  version: z.int(),
  at: Timestamp,
  kind: ChangeKind,
  /** At most 100 fields; `changedFields` has the true count. */
  changes: z.array(FieldChange),
  changedFields: z.int(),
})
export type ResourceVersion = z.infer<typeof ResourceVersion>

export const AWSResource = ResourceSummary.extend({
  /** The SDK's own answer with its PascalCase keys; redacted where it may hold secrets. */
  properties: z.record(z.string(), z.unknown()),
  relationships: z.array(ResourceRelationship),
  /** The newest 20; `resources.versions` has all. */
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
  environment: many(Environment).optional(),
  /** Part of name, id or ARN, any case. */
  text: z.string().max(256).optional(),
  /** Only what changed at or after this: an instant, or a duration back from now as `30m`, `24h`, `7d`. */
  changedSince: Since.optional(),
  /** …and not after this. */
  changedUntil: Since.optional(),
  /** Which changes count within that time; DELETED ones are listed only when asked for. Default: CREATED and CHANGED. */
  change: many(ChangeKind).optional(),
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

export const ExportFormat = z.enum(['csv', 'json'])
export type ExportFormat = z.infer<typeof ExportFormat>

/** Columns of an exported file: fields of a resource, or `tag:KEY` for the value of one tag. */
export const ExportColumn = z.union([
  z.enum([
    'id',
    'arn',
    'resourceId',
    'name',
    'resourceType',
    'service',
    'accountId',
    'accountName',
    'region',
    'state',
    'environment',
    'environmentSource',
    'createdAt',
    'discoveredAt',
    'lastUpdated',
    'lastSeenAt',
    'missingSince',
    'deletedAt',
    'tags',
  ]),
  z.templateLiteral(['tag:', z.string().min(1).max(256)]),
])
export type ExportColumn = z.infer<typeof ExportColumn>

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
  /** Values to offer for each filter, each counted under all the other filters: what choosing it would show. */
  facets: oc
    .route({ method: 'GET', path: '/resources/facets', tags, summary: 'Filter values with counts' })
    .input(
      ResourceFilter.extend({
        /** Also the values of this tag. */
        tagKey: z.string().min(1).max(256).optional(),
      }),
    )
    .output(
      z.object({
        account: Facet,
        region: Facet,
        service: Facet,
        resourceType: Facet,
        state: Facet,
        environment: Facet,
        tagKey: Facet,
        tagValue: Facet,
      }),
    ),
  export: oc
    .route({
      method: 'GET',
      path: '/resources/export',
      tags,
      summary: 'Every resource that matches, as a file',
      description:
        'Streams CSV (RFC 4180; cells that a spreadsheet would compute begin with an apostrophe) or a JSON array of ' +
        'resources. `X-Complete-As-Of`, `X-Scopes` and `X-Scopes-Incomplete` tell how complete it is.',
      outputStructure: 'detailed',
      spec: (operation) => ({
        ...operation,
        responses: {
          200: {
            description: 'The file.',
            headers: {
              'Content-Disposition': { schema: { type: 'string' } },
              'X-Complete-As-Of': {
                description: 'Oldest complete scan of the scopes asked about; missing before the first.',
                schema: { type: 'string', format: 'date-time' },
              },
              'X-Scopes': { description: 'Scopes asked about.', schema: { type: 'integer' } },
              'X-Scopes-Incomplete': {
                description: 'Of these, scopes that are not fully known.',
                schema: { type: 'integer' },
              },
            },
            content: {
              'text/csv': { schema: { type: 'string' } },
              'application/json': { schema: { type: 'array', items: { type: 'object' } } },
            },
          },
        },
      }),
    })
    .input(
      ResourceFilter.extend({
        format: ExportFormat.default('csv'),
        sort: ResourceSort.default('name'),
        order: z.enum(['asc', 'desc']).default('asc'),
        /** Of a CSV file, in this order. JSON has them all. */
        columns: many(ExportColumn, 100).optional(),
      }),
    )
    .output(
      z.object({
        headers: z.record(z.string(), z.string()),
        /** A stream where it is made; a client has it as a file. */
        body: z.custom<ReadableStream<Uint8Array> | Blob>((value) => value instanceof ReadableStream),
      }),
    ),
  versions: oc
    .route({ method: 'GET', path: '/resources/{id}/versions', tags, summary: 'History of one resource, newest first' })
    .input(z.strictObject({ id: Uuid, maxResults: MaxResults, nextToken: NextToken.optional() }))
    .output(z.object({ items: z.array(ResourceVersion), nextToken: z.string().optional(), total: z.int() })),
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
