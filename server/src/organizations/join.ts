import { sql } from 'drizzle-orm'
import type { JoinOutcome } from '@dashboard/contract/organizations.ts'
import { insertRoleConnections } from '../accounts/role-connections.ts'
import type { Transaction } from '../db/database.ts'

export interface JoinTerms {
  roleName: string
  regions: string[]
}

interface Candidate {
  accountId: string
  name: string
  state: string
  connectionId: string | null
}

/** What joining needs to know of the organization. */
export interface JoinedOrganization {
  id: string
  partition: string
  externalId: string
}

/** The named accounts, and every one in the named units or below. */
const readCandidates = async (
  tx: Transaction,
  { id, partition }: JoinedOrganization,
  wanted: { accountIds?: string[] | undefined; ouIds?: string[] | undefined },
): Promise<Candidate[]> => {
  const { rows } = await tx.execute<Candidate & Record<string, unknown>>(sql`
    select m.account_id as "accountId", m.name, m.state, a.id as "connectionId"
    from organization_account m
    left join organizational_unit u on u.connection_id = m.connection_id and u.id = m.ou_id
    left join aws_account a on a.account_id = m.account_id and a.partition = ${partition}
    where m.connection_id = ${id}
      and (m.account_id = any(${sql.param(wanted.accountIds ?? [])}::text[])
        or u.ancestors && ${sql.param(wanted.ouIds ?? [])}::text[])
    order by m.account_id`)
  return rows
}

/** Connections with the organization's ExternalId, to be validated at once. Accounts that are connected stay as they are. */
export const insertConnections = (
  tx: Transaction,
  { partition, externalId }: JoinedOrganization,
  members: readonly { accountId: string; name: string }[],
  { roleName, regions }: JoinTerms,
  event: { kind: 'JOINED' | 'ENROLLED'; actor: string },
): Promise<Map<string, string>> => {
  const roleArnOf = (accountId: string) => `arn:${partition}:iam::${accountId}:role/${roleName}`
  const roles = members.map(({ accountId, name }) => ({ accountId, name, roleArn: roleArnOf(accountId) }))
  return insertRoleConnections(tx, roles, { partition, externalId, regions }, event)
}

const outcomeOf = (candidate: Candidate, added: ReadonlyMap<string, string>): JoinOutcome => {
  const { accountId, name, connectionId } = candidate
  const fresh = added.get(accountId)
  if (fresh !== undefined) return { accountId, name, outcome: 'ADDED', connectionId: fresh }
  if (connectionId !== null) return { accountId, name, outcome: 'ALREADY_CONNECTED', connectionId }
  return { accountId, name, outcome: candidate.state === 'ACTIVE' ? 'ALREADY_CONNECTED' : 'NOT_ACTIVE', connectionId }
}

/** Connects member accounts in one go. Asked again, it adds what is still missing and nothing twice. */
export const joinAccounts = async (
  tx: Transaction,
  organization: JoinedOrganization,
  wanted: { accountIds?: string[] | undefined; ouIds?: string[] | undefined },
  terms: JoinTerms,
  actor: string,
): Promise<{ items: JoinOutcome[]; added: number }> => {
  const candidates = await readCandidates(tx, organization, wanted)
  const members = candidates.filter(({ state, connectionId }) => state === 'ACTIVE' && connectionId === null)
  const added = await insertConnections(tx, organization, members, terms, { kind: 'JOINED', actor })
  const known = new Set(candidates.map((candidate) => candidate.accountId))
  const strangers = [...new Set(wanted.accountIds ?? [])].filter((accountId) => !known.has(accountId))
  const items = [
    ...candidates.map((candidate) => outcomeOf(candidate, added)),
    ...strangers.map((accountId): JoinOutcome => ({
      accountId,
      name: accountId,
      outcome: 'NOT_A_MEMBER',
      connectionId: null,
    })),
  ]
  return { items, added: added.size }
}
