import { uuidv7 } from 'uuidv7'
import type { Transaction } from '../db/database.ts'
import { awsAccount } from '../db/schema.ts'
import { addScopes } from '../discovery/ledger.ts'
import { publish } from '../events/bus.ts'
import { unvalidated } from './access-state.ts'
import { type NewAccountEvent, recordEvents } from './account-events.ts'

/** Accounts in one statement: PostgreSQL takes 65,535 parameters, and an organization may have ten thousand accounts. */
const batchSize = 500

interface Role {
  accountId: string
  name: string
  roleArn: string
}

interface Common {
  partition: string
  externalId: string
  regions: string[]
}

type Event = Pick<NewAccountEvent, 'kind' | 'actor'>

const insertBatch = async (
  tx: Transaction,
  roles: readonly Role[],
  common: Common,
  event: Event,
): Promise<{ id: string; accountId: string }[]> => {
  const added = await tx
    .insert(awsAccount)
    .values(
      roles.map(({ accountId, name, roleArn }) => ({
        id: uuidv7(),
        name: name.slice(0, 128),
        accountId,
        credentialType: 'iam_role' as const,
        defaultRegion: common.regions[0] ?? '',
        roleArn,
        ...common,
        ...unvalidated,
        nextValidation: new Date(),
      })),
    )
    .onConflictDoNothing()
    .returning({ id: awsAccount.id, accountId: awsAccount.accountId })
  const ids = added.map((row) => row.id)
  await addScopes(tx, ids)
  await recordEvents(
    tx,
    ids.map((connectionId) => ({ connectionId, ...event })),
  )
  for (const id of ids) await publish(tx, { type: 'account', id })
  return added
}

/**
 * Connections by role with one ExternalId, to be validated at once; answers the id of each that is new, by account.
 * Accounts that are connected stay as they are.
 */
export const insertRoleConnections = async (
  tx: Transaction,
  roles: readonly Role[],
  common: Common,
  event: Event,
): Promise<Map<string, string>> => {
  const added = new Map<string, string>()
  for (let start = 0; start < roles.length; start += batchSize) {
    const batch = await insertBatch(tx, roles.slice(start, start + batchSize), common, event)
    for (const { id, accountId } of batch) added.set(accountId, id)
  }
  if (added.size > 0) await publish(tx, { type: 'work' })
  return added
}
