import { sql } from 'drizzle-orm'
import { recordEvents } from '../accounts/account-events.ts'
import type { Transaction } from '../db/database.ts'
import { retireScopes } from '../discovery/ledger.ts'
import { publish } from '../events/bus.ts'
import type { JoinedOrganization } from './join.ts'
import type { OrganizationReading } from './reading.ts'

interface Joined {
  id: string
  accountId: string
  phase: string
}

/** Connections that came from the organization, except the one that reads it. */
const readJoined = async (tx: Transaction, { id, partition, externalId }: JoinedOrganization): Promise<Joined[]> => {
  const { rows } = await tx.execute<Joined & Record<string, unknown>>(sql`
    select id, account_id as "accountId", phase from aws_account
    where external_id = ${externalId} and partition = ${partition} and id <> ${id}
    order by id for no key update`)
  return rows
}

const words: Record<string, string> = {
  SUSPENDED: 'AWS has suspended the account.',
  PENDING_CLOSURE: 'The account is being closed.',
  CLOSED: 'The account is closed.',
}

/** Why a member is no longer to be called; undefined while it is. */
const leaving = (reading: OrganizationReading): ((accountId: string) => string | undefined) => {
  const states = new Map(reading.accounts.map(({ accountId, state }) => [accountId, state]))
  return (accountId) => {
    const state = states.get(accountId)
    return state === undefined ? 'The account has left the organization.' : words[state]
  }
}

/** So many at once are more likely a mistake of permissions or of somebody than the truth. */
export const isMassRetirement = (retiring: number, joined: number): boolean => retiring > 5 && retiring > joined * 0.3

/** How many connections the reading would retire, of how many that joined. */
export const countRetirements = async (
  tx: Transaction,
  organization: JoinedOrganization,
  reading: OrganizationReading,
): Promise<{ retiring: number; joined: number }> => {
  const reasonOf = leaving(reading)
  const joined = (await readJoined(tx, organization)).filter(({ phase }) => phase !== 'RETIRED')
  return { retiring: joined.filter(({ accountId }) => reasonOf(accountId) !== undefined).length, joined: joined.length }
}

/** Retires connections whose accounts left or are closed, and brings back those that are active again. */
export const retireAndResume = async (
  tx: Transaction,
  organization: JoinedOrganization,
  reading: OrganizationReading,
): Promise<void> => {
  const reasonOf = leaving(reading)
  for (const { id, accountId, phase } of await readJoined(tx, organization)) {
    const reason = reasonOf(accountId)
    if ((reason === undefined) === (phase !== 'RETIRED')) continue
    if (reason === undefined) {
      await tx.execute(sql`
        update aws_account set status = 'inactive', phase = 'PENDING', next_validation = now(), updated_at = now()
        where id = ${id}`)
    } else {
      await tx.execute(sql`
        update aws_account set status = 'inactive', phase = 'RETIRED', next_validation = null, last_error = ${reason},
          updated_at = now()
        where id = ${id}`)
      await retireScopes(tx, id)
    }
    const kind = reason === undefined ? 'RESUMED' : 'RETIRED'
    await recordEvents(tx, [{ connectionId: id, kind, actor: 'system', detail: reason ?? null }])
    await publish(tx, { type: 'account', id })
  }
}
