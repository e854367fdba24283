import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  pgView,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { Fix, PolicyStatement, ScopeStatus, Tags } from '@dashboard/contract/vocabulary.ts'
import type { AccountEvent, AccountPhase, AWSPermission } from '@dashboard/contract/accounts.ts'
import type { SavedView } from '@dashboard/contract/views.ts'
import type { Role } from '@dashboard/contract/auth.ts'

const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
const identity = (name: string) => bigint(name, { mode: 'number' }).generatedAlwaysAsIdentity()

export type { PolicyStatement }

/** One row: what makes this installation itself. */
export const installation = pgTable('installation', {
  id: uuid('id').primaryKey(),
  /** Guards the single row. */
  only: boolean('only').notNull().default(true).unique(),
  createdAt: instant('created_at').notNull().defaultNow(),
})

export const user = pgTable('user', {
  id: uuid('id').primaryKey(),
  /** Lower case. */
  email: text('email').notNull().unique(),
  passwordHash: text('password_hash').notNull(),
  role: text('role').$type<Role>().notNull(),
  status: text('status').$type<'active' | 'disabled'>().notNull().default('active'),
  mustChangePassword: boolean('must_change_password').notNull().default(false),
  /** Raised to end every access token of the user at once. */
  tokenVersion: integer('token_version').notNull().default(1),
  createdAt: instant('created_at').notNull().defaultNow(),
})

/** A sign-in: the family of refresh tokens that descend from it. */
export const session = pgTable(
  'session',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** Thirty days after sign-in, however often it is refreshed. */
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
    revokedReason: text('revoked_reason'),
    userAgent: text('user_agent'),
    ip: text('ip'),
  },
  (table) => [index('session_user').on(table.userId)],
)

export const refreshToken = pgTable(
  'refresh_token',
  {
    /** SHA-256; the token itself is nowhere stored. */
    hash: bytea('hash').primaryKey(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => session.id, { onDelete: 'cascade' }),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    /** The successor, sealed under a key derived from this token: only who holds this one can read it. */
    successor: bytea('successor'),
  },
  (table) => [index('refresh_token_session').on(table.sessionId)],
)

export const signingKey = pgTable('signing_key', {
  kid: text('kid').primaryKey(),
  publicJwk: jsonb('public_jwk').$type<Record<string, unknown>>().notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  /** After this it signs no more; it verifies for a day longer. */
  retiresAt: instant('retires_at').notNull(),
})

/** Each version of the key-encryption key, with the sealed check value that proves we hold the right one. */
export const kekVersion = pgTable('kek_version', {
  version: integer('version').primaryKey(),
  source: text('source').notNull(),
  checkValue: bytea('check_value').notNull(),
  state: text('state').$type<'active' | 'decrypt_only' | 'retired'>().notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
})

/** The envelope of one version of one secret. See docs/decisions/0003. */
export const secretVersion = pgTable(
  'secret_version',
  {
    ownerId: text('owner_id').notNull(),
    kind: text('kind').notNull(),
    version: integer('version').notNull(),
    kekVersion: integer('kek_version')
      .notNull()
      .references(() => kekVersion.version),
    algorithm: integer('algorithm').notNull().default(1),
    wrappedDek: bytea('wrapped_dek').notNull(),
    commitment: bytea('commitment').notNull(),
    body: bytea('body').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.ownerId, table.kind, table.version] }),
    index('secret_version_kek').on(table.kekVersion),
  ],
)

export const credential = pgTable('credential', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  kind: text('kind').$type<'access_key'>().notNull(),
  accessKeyIdHint: text('access_key_id_hint').notNull(),
  currentVersion: integer('current_version').notNull(),
  lastTested: instant('last_tested'),
  lastTestSucceeded: boolean('last_test_succeeded'),
  createdAt: instant('created_at').notNull().defaultNow(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
})

/** A connection to an AWS account. */
export const awsAccount = pgTable(
  'aws_account',
  {
    id: uuid('id').primaryKey(),
    name: text('name').notNull(),
    accountId: text('account_id').notNull(),
    partition: text('partition').notNull(),
    credentialType: text('credential_type').$type<'access_key' | 'iam_role' | 'instance_profile'>().notNull(),
    credentialId: uuid('credential_id').references(() => credential.id, { onDelete: 'restrict' }),
    regions: text('regions').array().notNull(),
    defaultRegion: text('default_region').notNull(),
    roleArn: text('role_arn'),
    /** Not unique: the accounts that joined from one organization share one. */
    externalId: text('external_id'),
    status: text('status').$type<'active' | 'inactive' | 'error'>().notNull(),
    phase: text('phase').$type<AccountPhase>().notNull(),
    exposed: boolean('exposed').notNull().default(false),
    fix: jsonb('fix').$type<Fix>(),
    lastValidated: instant('last_validated'),
    lastError: text('last_error'),
    permissions: jsonb('permissions').$type<AWSPermission[]>().notNull().default([]),
    tags: jsonb('tags').$type<Tags>().notNull().default({}),
    /** Said by a person; the view `account_environment` has what holds. */
    environment: text('environment'),
    /** A worker validates it then; null: not by itself (paused, retired, never validated). */
    nextValidation: instant('next_validation'),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('aws_account_identity').on(table.partition, table.accountId),
    index('aws_account_validation').on(table.nextValidation),
  ],
)

/** What happened to a connection, for people to read. */
export const accountEvent = pgTable(
  'account_event',
  {
    id: uuid('id').primaryKey(),
    connectionId: uuid('connection_id')
      .notNull()
      .references(() => awsAccount.id, { onDelete: 'cascade' }),
    at: instant('at').notNull().defaultNow(),
    kind: text('kind').$type<AccountEvent['kind']>().notNull(),
    actor: text('actor').notNull(),
    detail: text('detail'),
    permissions: text('permissions').array().notNull().default([]),
  },
  (table) => [
    index('account_event_connection').on(table.connectionId, table.id),
    index('account_event_at').on(table.at),
  ],
)

/** A page with its filters under a name. */
export const savedView = pgTable(
  'saved_view',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    page: text('page').$type<SavedView['page']>().notNull(),
    name: text('name').notNull(),
    search: text('search').notNull(),
    shared: boolean('shared').notNull().default(false),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [uniqueIndex('saved_view_name').on(table.userId, table.page, table.name)],
)

/** The scope ledger, which is the queue: one row per account × region × resource type. */
export const scope = pgTable(
  'scope',
  {
    id: identity('id').primaryKey(),
    connectionId: uuid('connection_id')
      .notNull()
      .references(() => awsAccount.id, { onDelete: 'cascade' }),
    region: text('region').notNull(),
    resourceType: text('resource_type').notNull(),
    service: text('service').notNull(),
    status: text('status').$type<ScopeStatus>().notNull().default('NEW'),
    reason: text('reason'),
    fix: jsonb('fix').$type<Fix>(),
    lastComplete: instant('last_complete'),
    lastAttempt: instant('last_attempt'),
    nextDue: instant('next_due').notNull().defaultNow(),
    /** Lower goes first: 0 somebody waits, 10 scheduled. */
    priority: integer('priority').notNull().default(10),
    leaseOwner: text('lease_owner'),
    leaseUntil: instant('lease_until'),
    /** Raised at each claim; a worker that lost its lease writes nothing. */
    fence: bigint('fence', { mode: 'number' }).notNull().default(0),
    /** Consecutive attempts that ended without a complete list. */
    failures: integer('failures').notNull().default(0),
    /** Live resources as of the last complete scan. */
    live: integer('live').notNull().default(0),
    calls: integer('calls').notNull().default(0),
    throttles: integer('throttles').notNull().default(0),
    /** So much vanished at once that somebody must say whether to believe it; nothing is deleted until then. */
    heldSince: instant('held_since'),
    heldMissing: integer('held_missing').notNull().default(0),
    /** Digest of the catalog entry its rows were described with: another one describes them anew. */
    entryDigest: text('entry_digest'),
    /** Somebody said that it is true. */
    disappearanceConfirmedAt: instant('disappearance_confirmed_at'),
  },
  (table) => [
    uniqueIndex('scope_identity').on(table.connectionId, table.region, table.resourceType),
    index('scope_due').on(table.priority, table.nextDue),
  ],
)

export const scanRun = pgTable(
  'scan_run',
  {
    id: identity('id').primaryKey(),
    scopeId: bigint('scope_id', { mode: 'number' })
      .notNull()
      .references(() => scope.id, { onDelete: 'cascade' }),
    fence: bigint('fence', { mode: 'number' }).notNull(),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at').notNull(),
    outcome: text('outcome').$type<ScopeStatus>().notNull(),
    reason: text('reason'),
    pages: integer('pages').notNull(),
    calls: integer('calls').notNull(),
    throttles: integer('throttles').notNull(),
    seen: integer('seen').notNull(),
    created: integer('created').notNull(),
    changed: integer('changed').notNull(),
    deleted: integer('deleted').notNull(),
  },
  (table) => [index('scan_run_scope').on(table.scopeId, table.id)],
)

export const job = pgTable(
  'job',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind').$type<'discovery'>().notNull(),
    status: text('status').$type<'queued' | 'running' | 'completed' | 'cancelled'>().notNull(),
    requestedBy: text('requested_by').notNull(),
    /** Of the request that asked for it: what the workers log for it carries the same id. */
    requestId: text('request_id'),
    accountIds: text('account_ids').array().notNull(),
    total: integer('total').notNull(),
    done: integer('done').notNull().default(0),
    byStatus: jsonb('by_status').$type<Partial<Record<ScopeStatus, number>>>().notNull().default({}),
    seen: integer('seen').notNull().default(0),
    created: integer('created').notNull().default(0),
    changed: integer('changed').notNull().default(0),
    deleted: integer('deleted').notNull().default(0),
    createdAt: instant('created_at').notNull().defaultNow(),
    startedAt: instant('started_at'),
    endedAt: instant('ended_at'),
  },
  (table) => [index('job_created').on(table.createdAt)],
)

export const jobScope = pgTable(
  'job_scope',
  {
    jobId: uuid('job_id')
      .notNull()
      .references(() => job.id, { onDelete: 'cascade' }),
    scopeId: bigint('scope_id', { mode: 'number' })
      .notNull()
      .references(() => scope.id, { onDelete: 'cascade' }),
    /** Only a scan claimed after the request answers it: one under way may have read the old state. */
    afterFence: bigint('after_fence', { mode: 'number' }).notNull(),
    finishedAt: instant('finished_at'),
  },
  (table) => [
    primaryKey({ columns: [table.jobId, table.scopeId] }),
    // Whole, not partial: the cascade of a removed scope looks here, and a partial index does not serve it.
    index('job_scope_scope').on(table.scopeId),
  ],
)

export const resource = pgTable(
  'resource',
  {
    id: identity('id').primaryKey(),
    uid: uuid('uid').notNull().unique(),
    scopeId: bigint('scope_id', { mode: 'number' })
      .notNull()
      .references(() => scope.id, { onDelete: 'cascade' }),
    accountId: text('account_id').notNull(),
    region: text('region').notNull(),
    service: text('service').notNull(),
    resourceType: text('resource_type').notNull(),
    nativeId: text('native_id').notNull(),
    arn: text('arn').notNull(),
    name: text('name').notNull(),
    state: text('state'),
    tags: jsonb('tags').$type<Tags>().notNull(),
    /** What its own tags say; the SQL function reads the usual keys and abbreviations. */
    environment: text('environment').generatedAlwaysAs(sql`environment_of_tags(tags)`),
    properties: jsonb('properties').$type<Record<string, unknown>>().notNull(),
    hash: bytea('hash').notNull(),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at'),
    /** DNS name or public address under which it answers, lower case: a DNS record names it by that alone. */
    endpoint: text('endpoint'),
    discoveredAt: instant('discovered_at').notNull(),
    changedAt: instant('changed_at').notNull(),
    /** First complete scan that did not list it; a second one makes it deleted. */
    missingSince: instant('missing_since'),
    deletedAt: instant('deleted_at'),
    detailError: jsonb('detail_error').$type<{ operation: string; message: string; code: string; at: string }>(),
  },
  (table) => [
    uniqueIndex('resource_identity').on(table.scopeId, table.nativeId),
    index('resource_arn').on(table.arn),
    index('resource_native').on(table.resourceType, table.nativeId),
    // Exactly the order in which lists are sorted by name.
    index('resource_live_order')
      .on(sql`lower(name) collate "C"`, table.id)
      .where(sql`deleted_at is null`),
    index('resource_live_named')
      .on(table.resourceType, table.name)
      .where(sql`deleted_at is null`),
    index('resource_endpoint')
      .on(table.endpoint)
      .where(sql`endpoint is not null and deleted_at is null`),
    index('resource_tags')
      .using('gin', sql`tags jsonb_path_ops`)
      .where(sql`deleted_at is null`),
    // The order of lists by their last change.
    index('resource_changed')
      .on(table.changedAt, table.id)
      .where(sql`deleted_at is null`),
    // What facets count by, in one small index: the rows themselves are fifty times as large.
    index('resource_facets')
      .on(table.service, table.region, table.resourceType, table.accountId, table.state, table.environment)
      .where(sql`deleted_at is null`),
    // By what they say themselves, and in an account by what they do not say: `resources/environment.ts` asks for both.
    index('resource_environment')
      .on(table.environment, table.accountId)
      .where(sql`deleted_at is null`),
    // Any part of name, id or ARN, in any case: `resources/filter.ts` asks for exactly this expression.
    index('resource_text')
      .using('gin', sql`(name || ' ' || native_id || ' ' || arn) gin_trgm_ops`)
      .where(sql`deleted_at is null`),
  ],
)

export const resourceVersion = pgTable(
  'resource_version',
  {
    resourceId: bigint('resource_id', { mode: 'number' })
      .notNull()
      .references(() => resource.id, { onDelete: 'cascade' }),
    version: integer('version').notNull(),
    at: instant('at').notNull(),
    kind: text('kind').$type<'CREATED' | 'CHANGED' | 'DELETED'>().notNull(),
    /** Field changes with before and after, so that older versions can be rebuilt from the present one. */
    changes: jsonb('changes').$type<{ path: string; before?: unknown; after?: unknown }[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.resourceId, table.version] }), index('resource_version_at').on(table.at)],
)

/** The environment of a connection and what told it: its own word, its tag, its organizational unit. Nearest first. */
export const accountEnvironment = pgView('account_environment', {
  connectionId: uuid('connection_id').notNull(),
  environment: text('environment'),
  source: text('source').$type<'account' | 'ou'>(),
}).as(sql`
  select a.id as connection_id,
    coalesce(a.environment, environment_of_tags(a.tags), ou.environment) as environment,
    case when coalesce(a.environment, environment_of_tags(a.tags)) is not null then 'account'
      when ou.environment is not null then 'ou' end as source
  from aws_account a
  left join lateral (
    select u.environment from organization_account m
    join organizational_unit u on u.connection_id = m.connection_id and u.id = m.ou_id
    where m.account_id = a.account_id order by m.connection_id limit 1
  ) ou on true`)

/** A relationship, kept by what the field held, bound to a resource once that one is known. */
export const edge = pgTable(
  'edge',
  {
    id: identity('id').primaryKey(),
    src: bigint('src', { mode: 'number' })
      .notNull()
      .references(() => resource.id, { onDelete: 'cascade' }),
    kind: text('kind').notNull(),
    targetType: text('target_type').notNull(),
    targetKey: text('target_key').notNull(),
    targetBy: text('target_by').$type<'id' | 'arn' | 'name' | 'endpoint'>().notNull(),
    /** The relationship reads from the target to the source: `allows` of an ingress rule. */
    reverse: boolean('reverse').notNull().default(false),
    dst: bigint('dst', { mode: 'number' }).references(() => resource.id, { onDelete: 'set null' }),
    validFrom: instant('valid_from').notNull(),
    validTo: instant('valid_to'),
  },
  (table) => [
    // Whole, not partial: the cascades of a removed resource look here.
    index('edge_from').on(table.src),
    index('edge_to').on(table.dst),
    index('edge_unbound')
      .on(table.targetKey)
      .where(sql`dst is null and valid_to is null`),
  ],
)
