import { oc } from '@orpc/contract'
import { z } from 'zod'
import { AccountId, Fix, MaxResults, NextToken, Timestamp, Uuid } from './vocabulary.ts'

/** Write-only: no route ever gives `secretAccessKey` back. */
export const AccessKey = z.strictObject({
  accessKeyId: z
    .string()
    .trim()
    .regex(/^(AKIA|ASIA)[A-Z0-9]{12,28}$/, 'An access key id starts with AKIA and is in capitals.'),
  secretAccessKey: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9/+=]{40}$/, 'A secret access key has 40 characters.'),
})
export type AccessKey = z.infer<typeof AccessKey>

export const Credential = z.object({
  id: Uuid,
  name: z.string(),
  kind: z.literal('access_key'),
  /** Enough to recognise the key: first four and last four characters. */
  accessKeyIdHint: z.string(),
  version: z.int(),
  /** Accounts connected with it. */
  usedBy: z.array(z.object({ id: Uuid, name: z.string(), accountId: AccountId })),
  lastTested: Timestamp.nullable(),
  lastTestSucceeded: z.boolean().nullable(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
})
export type Credential = z.infer<typeof Credential>

const Name = z.string().trim().min(1).max(128)
const ById = z.strictObject({ id: Uuid })
const tags = ['Credentials']

export const credentials = {
  create: oc
    .route({
      method: 'POST',
      path: '/credentials',
      tags,
      summary: 'Store a credential (write-only)',
      successStatus: 201,
    })
    .input(AccessKey.extend({ name: Name }))
    .output(Credential),
  list: oc
    .route({ method: 'GET', path: '/credentials', tags, summary: 'List credentials, without their secrets' })
    .input(z.strictObject({ maxResults: MaxResults, nextToken: NextToken.optional() }))
    .output(z.object({ items: z.array(Credential), nextToken: z.string().optional(), total: z.int() })),
  update: oc
    .route({
      method: 'PUT',
      path: '/credentials/{id}',
      tags,
      summary: 'Replace the secret with a new version; a name alone renames',
    })
    .input(
      z.strictObject({
        id: Uuid,
        name: Name.optional(),
        accessKey: AccessKey.optional(),
      }),
    )
    .output(Credential),
  delete: oc
    .route({
      method: 'DELETE',
      path: '/credentials/{id}',
      tags,
      summary: 'Delete a credential no account uses',
      successStatus: 204,
    })
    .input(ById)
    .output(z.void()),
  test: oc
    .route({ method: 'POST', path: '/credentials/{id}/test', tags, summary: 'Ask AWS who this credential is' })
    .input(ById)
    .output(
      z.object({
        succeeded: z.boolean(),
        accountId: AccountId.nullable(),
        arn: z.string().nullable(),
        latencyMs: z.number(),
        message: z.string().nullable(),
        fix: Fix.nullable(),
      }),
    ),
}
