import { oc } from '@orpc/contract'
import { z } from 'zod'
import { JobScope } from './jobs.ts'
import {
  AccountId,
  Coverage,
  many,
  MaxResults,
  NextToken,
  ResourceType,
  ScopeRegion,
  ScopeStatus,
  Timestamp,
} from './vocabulary.ts'

/** One line of the ledger: account × region × resource type. */
export const Scope = JobScope.extend({
  id: z.int(),
  /** When it is asked again by itself. */
  nextDue: Timestamp,
  /** Attempts in a row that brought no complete list. */
  failures: z.int(),
  /** So much vanished at once that nothing is deleted until somebody confirms it. */
  held: z.object({ since: Timestamp, missing: z.int() }).nullable(),
})
export type Scope = z.infer<typeof Scope>

/** One account and region: how each type stands. */
export const ScopeRow = z.object({
  accountId: AccountId,
  accountName: z.string(),
  region: ScopeRegion,
  cells: z.array(
    z.object({ id: z.int(), resourceType: ResourceType, status: ScopeStatus, running: z.boolean(), held: z.boolean() }),
  ),
})
export type ScopeRow = z.infer<typeof ScopeRow>

const tags = ['Discovery']

export const scopes = {
  list: oc
    .route({ method: 'GET', path: '/scopes', tags, summary: 'The scope ledger, those needing attention first' })
    .input(
      z.strictObject({
        accountId: many(AccountId).optional(),
        region: many(ScopeRegion).optional(),
        resourceType: many(ResourceType).optional(),
        status: many(ScopeStatus).optional(),
        /** Only those that wait for somebody to confirm a disappearance. */
        held: z.literal('true').optional(),
        maxResults: MaxResults,
        nextToken: NextToken.optional(),
      }),
    )
    .output(z.object({ items: z.array(Scope), nextToken: z.string().optional(), total: z.int(), coverage: Coverage })),
  matrix: oc
    .route({
      method: 'GET',
      path: '/scopes/matrix',
      tags,
      summary: 'Account × region × type, a page of accounts at a time',
    })
    .input(
      z.strictObject({
        accountId: many(AccountId).optional(),
        /** Accounts a page. */
        maxResults: z.coerce.number().int().min(1).max(50).default(20),
        nextToken: NextToken.optional(),
      }),
    )
    .output(
      z.object({ rows: z.array(ScopeRow), nextToken: z.string().optional(), accounts: z.int(), coverage: Coverage }),
    ),
  confirmDisappearance: oc
    .route({
      method: 'POST',
      path: '/scopes/{id}/confirm-disappearance',
      tags,
      summary:
        'Say that what vanished from a held scope is really gone; it is read once more before anything is deleted',
    })
    .input(z.strictObject({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }))
    .output(Scope),
}
