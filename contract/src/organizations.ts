import { oc } from '@orpc/contract'
import { z } from 'zod'
import {
  AccountId,
  Arn,
  Environment,
  Fix,
  many,
  MaxResults,
  NextToken,
  PolicyDocument,
  Region,
  Timestamp,
  Uuid,
} from './vocabulary.ts'

/** `ou-…` or the root, `r-…`. */
export const OuId = z
  .string()
  .regex(/^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/, 'An organizational unit looks like ou-ab12-34cd56ef.')
  .meta({ description: 'Organizational unit or root of an organization.', examples: ['ou-ab12-34cd56ef'] })

/** The name of a role without its path. */
export const RoleName = z
  .string()
  .regex(/^[\w+=,.@-]{1,64}$/, 'A role name has up to 64 of the characters A-Z a-z 0-9 + = , . @ - _.')

const joinTerms = {
  /** `OrganizationAccountAccessRole` lets its account in without an ExternalId: it connects as exposed. */
  roleName: RoleName.default('AwsIntegrationDashboard'),
  regions: z.array(Region).min(1).max(64),
}

/** New accounts of these units connect by themselves. */
export const Enrolment = z.object({
  enabled: z.boolean(),
  ouIds: z.array(OuId).max(200),
  roleName: RoleName,
  regions: z.array(Region),
})
export type Enrolment = z.infer<typeof Enrolment>

/** An AWS organization, read through the connection of its management or a delegated administrator account. */
export const Organization = z.object({
  /** The connection that reads it; also its id here. */
  id: Uuid,
  organizationId: z.string(),
  managementAccountId: AccountId,
  /** Name of the connection. */
  connectionName: z.string(),
  /** Shared by all connections that join from it, so that one StackSet serves them. Not a secret. */
  externalId: z.string(),
  accounts: z.object({ total: z.int(), active: z.int(), connected: z.int() }),
  enrolment: Enrolment.nullable(),
  /** Complete as of; null before the first complete reading. */
  lastComplete: Timestamp.nullable(),
  lastAttempt: Timestamp.nullable(),
  /** Why the last attempt failed; what is shown is then as of `lastComplete`. */
  reason: z.string().nullable(),
  fix: Fix.nullable(),
})
export type Organization = z.infer<typeof Organization>

export const OrganizationalUnit = z.object({
  id: OuId,
  name: z.string(),
  parentId: OuId.nullable(),
  /** Names from the root, as `Root/Workloads/Production`. */
  path: z.string(),
  environment: Environment.nullable(),
  /** Accounts directly in it, and those of them that are connected. */
  accounts: z.int(),
  connected: z.int(),
})
export type OrganizationalUnit = z.infer<typeof OrganizationalUnit>

export const OrganizationAccount = z.object({
  accountId: AccountId,
  name: z.string(),
  email: z.string(),
  ouId: OuId,
  ouPath: z.string(),
  /** AWS's own word. Only ACTIVE ones can join. */
  state: z.enum(['PENDING_ACTIVATION', 'ACTIVE', 'SUSPENDED', 'PENDING_CLOSURE', 'CLOSED']),
  joinedOrganizationAt: Timestamp.nullable(),
  /** The connection to it, if there is one. */
  connection: z
    .object({ id: Uuid, name: z.string(), status: z.enum(['active', 'inactive', 'error']), phase: z.string() })
    .nullable(),
})
export type OrganizationAccount = z.infer<typeof OrganizationAccount>

/** What to create so that every account of the organization lets us in. */
export const OrganizationOnboarding = z.object({
  principalArn: Arn.nullable(),
  roleName: z.string(),
  externalId: z.string(),
  permissionPolicy: PolicyDocument,
  trustPolicy: PolicyDocument.nullable(),
  /** CloudFormation template of the role, for a service-managed StackSet. */
  stackSetTemplate: z.string().nullable(),
  /** AWS CLI commands that create the StackSet with automatic deployment and its instances. */
  stackSetCli: z.string().nullable(),
  /** Terraform configuration of the same. */
  terraform: z.string().nullable(),
  fix: Fix.nullable(),
})
export type OrganizationOnboarding = z.infer<typeof OrganizationOnboarding>

export const JoinOutcome = z.object({
  accountId: AccountId,
  name: z.string(),
  outcome: z.enum(['ADDED', 'ALREADY_CONNECTED', 'NOT_ACTIVE', 'NOT_A_MEMBER']),
  connectionId: Uuid.nullable(),
})
export type JoinOutcome = z.infer<typeof JoinOutcome>

const ById = z.strictObject({ id: Uuid })
const tags = ['Organizations']

export const organizations = {
  add: oc
    .route({
      method: 'POST',
      path: '/aws/organizations',
      tags,
      summary: 'Read the organization of a connected management or delegated administrator account',
      successStatus: 201,
    })
    .input(z.strictObject({ connectionId: Uuid }))
    .output(Organization),
  list: oc
    .route({ method: 'GET', path: '/aws/organizations', tags, summary: 'Organizations we read' })
    .output(z.object({ items: z.array(Organization) })),
  get: oc
    .route({ method: 'GET', path: '/aws/organizations/{id}', tags, summary: 'One organization' })
    .input(ById)
    .output(Organization.extend({ units: z.array(OrganizationalUnit) })),
  refresh: oc
    .route({ method: 'POST', path: '/aws/organizations/{id}/refresh', tags, summary: 'Read it again now' })
    .input(ById)
    .output(Organization),
  accounts: oc
    .route({ method: 'GET', path: '/aws/organizations/{id}/accounts', tags, summary: 'Member accounts' })
    .input(
      z.strictObject({
        id: Uuid,
        /** Directly or below. */
        ouId: many(OuId).optional(),
        connected: z.enum(['true', 'false']).optional(),
        text: z.string().max(256).optional(),
        maxResults: MaxResults,
        nextToken: NextToken.optional(),
      }),
    )
    .output(
      z.object({
        items: z.array(OrganizationAccount),
        nextToken: z.string().optional(),
        total: z.int(),
        lastComplete: Timestamp.nullable(),
      }),
    ),
  onboarding: oc
    .route({
      method: 'GET',
      path: '/aws/organizations/{id}/onboarding',
      tags,
      summary: 'StackSet, Terraform and CLI for all accounts of the organization',
    })
    .input(z.strictObject({ id: Uuid, ouId: many(OuId).optional(), roleName: joinTerms.roleName }))
    .output(OrganizationOnboarding),
  join: oc
    .route({
      method: 'POST',
      path: '/aws/organizations/{id}/join',
      tags,
      summary: 'Connect member accounts in one go; each is validated right after',
    })
    .input(
      z.strictObject({
        id: Uuid,
        accountIds: z.array(AccountId).max(1000).optional(),
        /** Every active account in them or below. */
        ouIds: z.array(OuId).max(200).optional(),
        ...joinTerms,
      }),
    )
    .output(z.object({ items: z.array(JoinOutcome), added: z.int() })),
  enrol: oc
    .route({
      method: 'PUT',
      path: '/aws/organizations/{id}/enrolment',
      tags,
      summary: 'Say which new accounts connect by themselves',
    })
    .input(z.strictObject({ id: Uuid, enabled: z.boolean(), ouIds: z.array(OuId).max(200), ...joinTerms }))
    .output(Organization),
  delete: oc
    .route({
      method: 'DELETE',
      path: '/aws/organizations/{id}',
      tags,
      summary: 'Stop reading the organization; connections stay',
      successStatus: 204,
    })
    .input(ById)
    .output(z.void()),
}
