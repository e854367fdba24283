import { sql } from 'drizzle-orm'
import { resumeRow, retireRow } from '../accounts/pause.ts'
import type { Transaction } from '../db/database.ts'
import type { JoinedOrganization } from './join.ts'
import type { KnownMember } from './known-members.ts'
import type { OrganizationReading } from './reading.ts'

interface Joined {
  id: string
  accountId: string
  phase: string
}

/** Connections that came from the organization, except the one that reads it; those that somebody paused stay paused. */
const readJoined = async (tx: Transaction, { id, partition, externalId }: JoinedOrganization): Promise<Joined[]> => {
  const { rows } = await tx.execute<Joined & Record<string, unknown>>(sql`
    select id, account_id as "accountId", phase from aws_account
    where external_id = ${externalId} and partition = ${partition} and id <> ${id} and phase <> 'PAUSED'
    order by id for no key update`)
  return rows
}

const words: Record<string, string> = {
  SUSPENDED: 'AWS has suspended the account.',
  PENDING_CLOSURE: 'The account is being closed.',
  CLOSED: 'The account is closed.',
}

/** What a reading says of the accounts that were known before it. */
export interface Change {
  before: readonly KnownMember[]
  reading: OrganizationReading
}

/** Why an account is no longer to be called; undefined while it is. */
const reasonIn = (members: readonly Pick<KnownMember, 'accountId' | 'state'>[]) => {
  const states = new Map(members.map(({ accountId, state }) => [accountId, state]))
  return (accountId: string): string | undefined => {
    const state = states.get(accountId)
    return state === undefined ? 'The account has left the organization.' : words[state]
  }
}

/** Only what this reading changed: who resumed a retired connection nevertheless does not have it retired every hour. */
const leaving = ({ before, reading }: Change): ((accountId: string) => string | undefined) => {
  const [was, is] = [reasonIn(before), reasonIn(reading.accounts)]
  return (accountId) => (was(accountId) === undefined ? is(accountId) : undefined)
}

/** So many at once are more likely a mistake of permissions or of somebody than the truth. */
export const isMassRetirement = (retiring: number, joined: number): boolean => retiring > 5 && retiring > joined * 0.3

/** How many connections the reading would retire, of how many that joined. */
export const countRetirements = async (
  tx: Transaction,
  organization: JoinedOrganization,
  change: Change,
): Promise<{ retiring: number; joined: number }> => {
  const reasonOf = leaving(change)
  const joined = (await readJoined(tx, organization)).filter(({ phase }) => phase !== 'RETIRED')
  return { retiring: joined.filter(({ accountId }) => reasonOf(accountId) !== undefined).length, joined: joined.length }
}

/** Retires connections whose accounts left or are closed, and brings back those that are active again. */
export const retireAndResume = async (
  tx: Transaction,
  organization: JoinedOrganization,
  change: Change,
): Promise<void> => {
  const [leaves, isAway] = [leaving(change), reasonIn(change.reading.accounts)]
  for (const { id, accountId, phase } of await readJoined(tx, organization)) {
    const reason = leaves(accountId)
    if (phase === 'RETIRED' && isAway(accountId) === undefined) await resumeRow(tx, { id }, 'system')
    if (phase !== 'RETIRED' && reason !== undefined) await retireRow(tx, { id }, reason)
  }
}
