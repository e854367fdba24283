import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { AccessKey } from './credentials.ts'
import {
  AccountId,
  Arn,
  Coverage,
  Environment,
  EnvironmentSource,
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

/**
 * Finer than `status`: PENDING, PAUSED (somebody holds it) and RETIRED (closed in AWS) are `inactive`, LOST_ACCESS is
 * `error`.
 */
export const AccountPhase = z.enum([
  'PENDING',
  'VALIDATING',
  'CONNECTED',
  'DEGRADED',
  'LOST_ACCESS',
  'PAUSED',
  'RETIRED',
])
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
  /** Made by us, never changes; unique per connection, or shared by those that joined from one organization. Not a secret. */
  externalId: z.string().nullable(),
  status: z.enum(['active', 'inactive', 'error']),
  phase: AccountPhase,
  /** The role can be assumed without the right ExternalId: the confused-deputy hole. `fix` mends it. */
  exposed: z.boolean(),
  fix: Fix.nullable(),
  lastValidated: Timestamp.nullable(),
  lastError: z.string().nullable(),
  permissions: z.array(AWSPermission),
  /** The same counted by region; `global` for services that have none. */
  permissionsByRegion: z.array(z.object({ region: z.string(), probed: z.int(), denied: z.int() })),
  tags: Tags,
  /** What its resources are for where they do not say so themselves. */
  environment: Environment.nullable(),
  environmentSource: EnvironmentSource.nullable(),
  /** Where it is in an organization that we read; null where we read none with it. */
  organization: z
    .object({ organizationId: z.string(), ouId: z.string(), ouPath: z.string(), connectionId: Uuid })
    .nullable(),
  /** When it is validated again by itself; null while it is not. */
  nextValidation: Timestamp.nullable(),
  resourceCount: z.int(),
  /** How much of this account the last discovery covered. */
  coverage: Coverage,
  lastDiscovered: Timestamp.nullable(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
})
export type AWSAccount = z.infer<typeof AWSAccount>

/** As lists show it: each probed permission of each account would make them megabytes. */
export const AWSAccountSummary = AWSAccount.omit({ permissions: true })
export type AWSAccountSummary = z.infer<typeof AWSAccountSummary>

const common = {
  name: z.string().trim().min(1).max(128),
  accountId: AccountId,
  regions: z.array(Region).min(1).max(64),
  defaultRegion: Region.optional().meta({ description: 'Default: the first of `regions`.' }),
  tags: Tags.optional(),
  environment: Environment.optional(),
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
  z.strictObject({
    credentialType: z.literal('instance_profile').meta({
      description:
        'The identity this installation has itself, by the default chain of the SDK: environment, SSO profile, web identity (IRSA), container (ECS, EKS Pod Identity) or instance (IMDSv2). It must be of `accountId`.',
    }),
    ...common,
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
  /** Null: no longer said here; a tag of the account or its organizational unit decides. */
  environment: Environment.nullable().optional(),
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
  /** Terraform configuration (HCL). */
  terraform: z.string().nullable(),
  /** AWS CLI commands, one script. */
  cli: z.string().nullable(),
  fix: Fix.nullable(),
})
export type Onboarding = z.infer<typeof Onboarding>

/** Something that happened to a connection. */
export const AccountEvent = z.object({
  id: Uuid,
  at: Timestamp,
  kind: z.enum([
    'ADDED',
    'JOINED',
    'ENROLLED',
    'CONNECTED',
    'DEGRADED',
    'ACCESS_LOST',
    'ACCESS_REGAINED',
    'PERMISSIONS_LOST',
    'PERMISSIONS_GAINED',
    'EXPOSED',
    'NO_LONGER_EXPOSED',
    'ACCESS_CHANGED',
    'PAUSED',
    'RESUMED',
    'RETIRED',
  ]),
  /** Who did it: an email, or `system`. */
  actor: z.string(),
  detail: z.string().nullable(),
  /** Actions lost or gained, as `ec2:DescribeVolumes in eu-west-1`. */
  permissions: z.array(z.string()),
})
export type AccountEvent = z.infer<typeof AccountEvent>

/** The identity of this installation as the SDK's default chain finds it, before an account is connected with it. */
export const InstallationIdentity = z.object({
  accountId: AccountId.nullable(),
  arn: z.string().nullable(),
  /** Which link of the chain gave it; `unknown` where that cannot be told. */
  source: z
    .enum(['environment', 'sso', 'profile', 'web-identity', 'container', 'instance-metadata', 'unknown'])
    .nullable(),
  fix: Fix.nullable(),
})
export type InstallationIdentity = z.infer<typeof InstallationIdentity>

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
      z.object({
        items: z.array(AWSAccountSummary),
        nextToken: z.string().optional(),
        total: z.int(),
        coverage: Coverage,
      }),
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
  pause: oc
    .route({
      method: 'POST',
      path: '/aws/accounts/{id}/pause',
      tags,
      summary: 'Pause: nothing is called in the account until it is resumed; its inventory stays',
    })
    .input(ById)
    .output(AWSAccount),
  resume: oc
    .route({ method: 'POST', path: '/aws/accounts/{id}/resume', tags, summary: 'Resume; it is validated at once' })
    .input(ById)
    .output(AWSAccount),
  history: oc
    .route({ method: 'GET', path: '/aws/accounts/{id}/history', tags, summary: 'What happened to a connection' })
    .input(z.strictObject({ id: Uuid, maxResults: MaxResults, nextToken: NextToken.optional() }))
    .output(z.object({ items: z.array(AccountEvent), nextToken: z.string().optional() })),
  identity: oc
    .route({ method: 'GET', path: '/aws/identity', tags, summary: 'Who this installation is in AWS' })
    .output(InstallationIdentity),
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
