import { z } from 'zod'

/** UUIDv7 of one of our own rows. */
export const Uuid = z.uuid().meta({ description: 'Identifier of one of our own records (UUIDv7).' })

/** Twelve digits, kept as a string: leading zeros count. */
export const AccountId = z
  .string()
  .regex(/^\d{12}$/, 'An AWS account id has exactly 12 digits.')
  .meta({ description: 'AWS account id, 12 digits.', examples: ['111111111111'] })

/** Region code; it ends up in host names, so the pattern is strict. */
export const Region = z
  .string()
  .max(32)
  .regex(/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/, 'A region looks like eu-central-1.')
  .meta({ description: 'AWS region code.', examples: ['eu-central-1'] })

/** Where a scope is: a region, or `global` for services that have none (IAM, the S3 bucket list). */
export const ScopeRegion = z.union([z.literal('global'), Region])

export const Arn = z
  .string()
  .max(2048)
  .regex(/^arn:[a-z-]+:[a-z0-9-]*:[a-z0-9-]*:[0-9a-z]*:.+$/, 'An ARN looks like arn:aws:iam::111111111111:role/Name.')
  .meta({ description: 'Amazon Resource Name.' })

export const RoleArn = z
  .string()
  .max(2048)
  .regex(
    /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
    'A role ARN looks like arn:aws:iam::111111111111:role/Name.',
  )
  .meta({ description: 'ARN of an IAM role.' })

/** CloudFormation type name, also the catalog's key. */
export const ResourceType = z
  .string()
  .max(128)
  .regex(/^[A-Z][A-Za-z0-9]+::[A-Za-z0-9]+::[A-Za-z0-9]+$/, 'A resource type looks like AWS::EC2::Volume.')
  .meta({ description: 'CloudFormation type name.', examples: ['AWS::EC2::Volume'] })

export const Timestamp = z.iso.datetime().meta({ description: 'ISO 8601 instant, UTC.' })

export const Tags = z.record(z.string().max(256), z.string().max(1024))
export type Tags = z.infer<typeof Tags>

/** Why a scope (account × region × resource type) is or is not known. Only SUCCEEDED proves absence. */
export const ScopeStatus = z.enum([
  'NEW',
  'SUCCEEDED',
  'PARTIAL',
  'ACCESS_DENIED',
  'DENIED_BY_SCP',
  'THROTTLED',
  'NOT_SUPPORTED',
  'REGION_DISABLED',
  'FAILED',
])
export type ScopeStatus = z.infer<typeof ScopeStatus>

export const RelationshipKind = z.enum([
  'in',
  'attached-to',
  'uses',
  'assumes',
  'encrypted-by',
  'allows',
  'member-of',
  'sends-to',
  'invokes',
  'routes-to',
  'created-from',
])
export type RelationshipKind = z.infer<typeof RelationshipKind>

/** One IAM policy statement, ready to paste. */
export const PolicyStatement = z.object({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  Action: z.union([z.string(), z.array(z.string())]),
  Resource: z.union([z.string(), z.array(z.string())]).optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.array(z.string())]))).optional(),
})
export type PolicyStatement = z.infer<typeof PolicyStatement>

export const PolicyDocument = z.object({
  Version: z.literal('2012-10-17'),
  Statement: z.array(PolicyStatement),
})
export type PolicyDocument = z.infer<typeof PolicyDocument>

/** What a person can do about a problem; an AWS denial names the action and the statement that grants it. */
export const Fix = z.object({
  summary: z.string(),
  missingActions: z.array(z.string()).optional(),
  statement: PolicyStatement.optional(),
})
export type Fix = z.infer<typeof Fix>

/**
 * How much of the asked-for estate the answer covers. Every list and figure carries it, so that "nothing" and
 * "not known" stay apart.
 */
export const Coverage = z.object({
  scopes: z.object({ total: z.int(), byStatus: z.partialRecord(ScopeStatus, z.int()) }),
  accounts: z.object({ total: z.int(), complete: z.int() }),
  /** Oldest complete scan among the scopes that ever had one; null before the first. `gaps` names the others. */
  completeAsOf: Timestamp.nullable(),
  /** Accounts with scopes that are not SUCCEEDED, worst first, at most 20. */
  gaps: z.array(
    z.object({
      accountId: AccountId,
      accountName: z.string(),
      status: ScopeStatus,
      scopes: z.int(),
      reason: z.string().nullable(),
    }),
  ),
})
export type Coverage = z.infer<typeof Coverage>

export const MaxResults = z.coerce.number().int().min(1).max(200).default(50)
/** Opaque; hand back what the previous answer gave. */
export const NextToken = z.string().min(1).max(4096)

/** What a resource is for: `production`, `staging`, …; usual abbreviations (`prod`, `stg`) are read as these. */
export const Environment = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'An environment is lower case letters, digits and hyphens, like production.')
  .meta({ description: 'Environment, from a tag, the account or its organizational unit.', examples: ['production'] })

/** What told the environment, nearest first. */
export const EnvironmentSource = z.enum(['tag', 'account', 'ou'])
export type EnvironmentSource = z.infer<typeof EnvironmentSource>

/** A query parameter that may be given once or many times. */
export const many = <T extends z.ZodType>(item: T, most = 50) =>
  z
    .union([item, z.array(item).max(most)])
    .transform((value): z.output<T>[] => (Array.isArray(value) ? (value as z.output<T>[]) : [value as z.output<T>]))
