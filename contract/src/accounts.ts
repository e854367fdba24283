import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { AccessKey } from './credentials.ts'
import {
  AccountId,
  Arn,
  Coverage,
  Fix,
  MaxResults,
  NextToken,
  PolicyDocument,
  Region,
  RoleArn,
  Tags,
  Timestamp,
  Uuid,
} from './vocabulary.ts'

export const CredentialType = z.enum(['access_key', 'iam_role', 'instance_profile'])
export type CredentialType = z.infer<typeof CredentialType>

/** Finer than `status`. */
export const AccountPhase = z.enum(['PENDING', 'VALIDATING', 'CONNECTED', 'DEGRADED', 'LOST_ACCESS'])
export type AccountPhase = z.infer<typeof AccountPhase>

/** What was really probed, not what a policy promises. */
export const AWSPermission = z.object({
  action: z.string(),
  region: z.string(),
  allowed: z.boolean(),
  probedAt: Timestamp,
})
export type AWSPermission = z.infer<typeof AWSPermission>

export const AWSAccount = z.object({
  id: Uuid,
  name: z.string(),
  accountId: AccountId,
  partition: z.string(),
  credentialType: CredentialType,
  credentialId: Uuid.nullable(),
  regions: z.array(Region),
  defaultRegion: Region,
  roleArn: z.string().nullable(),
  /** Made by us, unique per connection, never changes. Not a secret. */
  externalId: z.string().nullable(),
  status: z.enum(['active', 'inactive', 'error']),
  phase: AccountPhase,
  /** The role can be assumed without the right ExternalId: the confused-deputy hole. `fix` mends it. */
  exposed: z.boolean(),
  fix: Fix.nullable(),
  lastValidated: Timestamp.nullable(),
  lastError: z.string().nullable(),
  permissions: z.array(AWSPermission),
  tags: Tags,
  resourceCount: z.int(),
  /** How much of this account the last discovery covered. */
  coverage: Coverage,
  lastDiscovered: Timestamp.nullable(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
})
export type AWSAccount = z.infer<typeof AWSAccount>

const common = {
  name: z.string().trim().min(1).max(128),
  accountId: AccountId,
  regions: z.array(Region).min(1).max(64),
  defaultRegion: Region.optional().meta({ description: 'Default: the first of `regions`.' }),
  tags: Tags.optional(),
}

export const AddAccount = z.discriminatedUnion('credentialType', [
  z.strictObject({
    credentialType: z.literal('iam_role'),
    ...common,
    roleArn: RoleArn.optional().meta({ description: 'Default: role/AwsIntegrationDashboard in that account.' }),
  }),
  z.strictObject({
    credentialType: z.literal('access_key'),
    ...common,
    credentialId: Uuid.optional().meta({ description: 'A stored credential…' }),
    accessKey: AccessKey.optional().meta({ description: '…or a new one, stored with the account.' }),
  }),
])
export type AddAccount = z.infer<typeof AddAccount>

export const UpdateAccount = z.strictObject({
  id: Uuid,
  name: common.name.optional(),
  regions: common.regions.optional(),
  defaultRegion: Region.optional(),
  roleArn: RoleArn.optional(),
  credentialId: Uuid.optional(),
  tags: Tags.optional(),
})

export const ValidationCheck = z.object({
  /** Stable, for example `assume-role` or `probe:ec2:eu-west-1`. */
  id: z.string(),
  label: z.string(),
  status: z.enum(['RUNNING', 'PASSED', 'WARNING', 'FAILED', 'SKIPPED']),
  detail: z.string().nullable(),
  latencyMs: z.number().nullable(),
  fix: Fix.nullable(),
})
export type ValidationCheck = z.infer<typeof ValidationCheck>

/** Sent as each check starts and ends; `done` comes last, once. */
export const ValidationEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('check'), check: ValidationCheck }),
  z.object({ type: z.literal('done'), account: AWSAccount, passed: z.int(), failed: z.int(), warnings: z.int() }),
])
export type ValidationEvent = z.infer<typeof ValidationEvent>

export const AccountRegion = z.object({
  region: Region,
  optInStatus: z.enum(['opt-in-not-required', 'opted-in', 'not-opted-in', 'unknown']),
  /** Whether the connection scans it. */
  selected: z.boolean(),
})
export type AccountRegion = z.infer<typeof AccountRegion>

/** What to create in the account so that we may read it. */
export const Onboarding = z.object({
  /** Who will assume the role; null while this installation has no AWS identity (then `fix` says what to do). */
  principalArn: Arn.nullable(),
  roleName: z.string(),
  permissionPolicy: PolicyDocument,
  trustPolicy: PolicyDocument.nullable(),
  /** CloudFormation template, YAML. */
  cloudFormation: z.string().nullable(),
  /** AWS CLI commands, one script. */
  cli: z.string().nullable(),
  fix: Fix.nullable(),
})
export type Onboarding = z.infer<typeof Onboarding>

const ById = z.strictObject({ id: Uuid })
const tags = ['Accounts']

export const accounts = {
  add: oc
    .route({ method: 'POST', path: '/aws/accounts', tags, summary: 'Add an AWS account', successStatus: 201 })
    .input(AddAccount)
    .output(AWSAccount),
  list: oc
    .route({ method: 'GET', path: '/aws/accounts', tags, summary: 'List connected accounts' })
    .input(z.strictObject({ maxResults: MaxResults, nextToken: NextToken.optional() }))
    .output(
      z.object({ items: z.array(AWSAccount), nextToken: z.string().optional(), total: z.int(), coverage: Coverage }),
    ),
  get: oc
    .route({ method: 'GET', path: '/aws/accounts/{id}', tags, summary: 'Get one account' })
    .input(ById)
    .output(AWSAccount),
  update: oc
    .route({ method: 'PUT', path: '/aws/accounts/{id}', tags, summary: 'Update an account; fields left out stay' })
    .input(UpdateAccount)
    .output(AWSAccount),
  delete: oc
    .route({
      method: 'DELETE',
      path: '/aws/accounts/{id}',
      tags,
      summary: 'Remove an account with its inventory and the credential only it uses',
      successStatus: 204,
    })
    .input(ById)
    .output(z.void()),
  validate: oc
    .route({
      method: 'POST',
      path: '/aws/accounts/{id}/validate',
      tags,
      summary: 'Validate; answers a stream of checks as they finish',
    })
    .input(ById)
    .output(eventIterator(ValidationEvent)),
  regions: oc
    .route({
      method: 'GET',
      path: '/aws/accounts/{id}/regions',
      tags,
      summary: 'Regions the account can use, asked of AWS',
    })
    .input(ById)
    .output(
      z.object({
        items: z.array(AccountRegion),
        source: z.enum(['ec2:DescribeRegions', 'static']),
        fix: Fix.nullable(),
      }),
    ),
  assumeRole: oc
    .route({
      method: 'POST',
      path: '/aws/accounts/{id}/assume-role',
      tags,
      summary: 'Test role assumption and its ExternalId',
    })
    .input(ById)
    .output(
      z.object({
        assumedRoleArn: z.string(),
        expiration: Timestamp,
        latencyMs: z.number(),
        exposed: z.boolean(),
        fix: Fix.nullable(),
      }),
    ),
  onboarding: oc
    .route({
      method: 'GET',
      path: '/aws/accounts/{id}/onboarding',
      tags,
      summary: 'Policies, CloudFormation and CLI for this connection',
    })
    .input(ById)
    .output(Onboarding),
  /** Before an account exists: the policy a connection will ask for. */
  requirements: oc
    .route({
      method: 'GET',
      path: '/aws/requirements',
      tags,
      summary: 'The read-only policy and principal a connection needs',
    })
    .output(Onboarding),
}
