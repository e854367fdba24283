import { eq, sql } from 'drizzle-orm'
import { connectionOf, getAccountRow } from '../accounts/accounts.ts'
import type { Broker } from '../aws/broker.ts'
import type { Send } from '../aws/client-pool.ts'
import { homeRegionOf } from '../aws/partition.ts'
import type { ReadGates } from '../aws/read-gates.ts'
import { readsOf } from '../aws/reads.ts'
import type { Database, Transaction } from '../db/database.ts'
import { organization } from '../db/organization-schema.ts'
import { AppError, notFound } from '../errors.ts'
import { publish } from '../events/bus.ts'
import type { Logger } from '../log/log.ts'
import { enrolNewAccounts } from './enrol.ts'
import type { JoinedOrganization } from './join.ts'
import { readKnownMembers } from './known-members.ts'
import { type OrganizationReading, readOrganization } from './reading.ts'
import { isRefusal, type Refusal, refusalOf } from './refusal.ts'
import { countRetirements, isMassRetirement, retireAndResume } from './retire.ts'
import { storeReading } from './store-reading.ts'

export interface RefreshOptions {
  db: Database
  send: Send
  gates: ReadGates
  broker: Broker
  log: Logger
}

/** Asks AWS through a connection. @throws OrganizationReadError, CredentialsUnavailable, AppError */
export const readThrough = async (
  { db, send, gates, broker }: RefreshOptions,
  connectionId: string,
): Promise<OrganizationReading> => {
  const account = await getAccountRow(db, connectionId)
  if (account.status !== 'active')
    throw new AppError('ACCOUNT_NOT_ACTIVE', {
      message: `The connection ${account.name} is not active: resume or validate it first.`,
    })
  const connection = await connectionOf(db, account)
  return readOrganization(readsOf({ send, gates, broker, connection }), homeRegionOf(account.partition))
}

/**
 * Reads an organization that is known. Who is moved while we walk, into a unit that we have read before, is met nowhere:
 * when a known member is missing, it is looked for in a second reading before that is believed.
 */
const readAnew = async (options: RefreshOptions, id: string): Promise<OrganizationReading> => {
  const known = await readKnownMembers(options.db, id)
  const reading = await readThrough(options, id)
  const met = new Map(reading.accounts.map((account) => [account.accountId, account]))
  if (known.every(({ accountId }) => met.has(accountId))) return reading
  const again = await readThrough(options, id)
  for (const account of again.accounts) met.set(account.accountId, account)
  return { ...again, accounts: [...met.values()] }
}

const lock = async (tx: Transaction, id: string) => {
  const [row] = await tx.select().from(organization).where(eq(organization.connectionId, id)).for('update')
  if (row === undefined) throw notFound('organization')
  const account = await getAccountRow(tx, id)
  return { row, joined: { id, partition: account.partition, externalId: row.externalId } satisfies JoinedOrganization }
}

const heldReason = (retiring: number, joined: number): string =>
  `${retiring} of ${joined} connected accounts would have left or be closed all at once. Nothing was changed. If that is true, read the organization again to confirm it.`

/** The connection reads another organization now: none of ours has left ours for that. */
const otherOrganization = ({ organizationId }: OrganizationReading, ours: string) => ({
  reason: `The connection is in organization ${organizationId} now, not in ${ours} any more. Nothing was changed.`,
  fix: { summary: `Remove ${ours} here, and add an account that can read it; ${organizationId} is added anew.` },
})

/**
 * Takes over a complete reading. So many retirements at once are held until a person asks for the reading again and it
 * says no more than that; `byPerson` says that one did.
 */
const takeOver = (db: Database, id: string, reading: OrganizationReading, byPerson: boolean): Promise<void> =>
  db.transaction(async (tx) => {
    const { row, joined: organizationJoined } = await lock(tx, id)
    if (reading.organizationId !== row.organizationId)
      return noteRefusal(tx, id, otherOrganization(reading, row.organizationId))
    const before = await readKnownMembers(tx, id)
    const change = { before, reading }
    const { retiring, joined } = await countRetirements(tx, organizationJoined, change)
    if (isMassRetirement(retiring, joined) && !(byPerson && row.heldRetirements >= retiring)) {
      await tx
        .update(organization)
        .set({
          lastAttempt: sql`now()`,
          heldRetirements: retiring,
          reason: heldReason(retiring, joined),
          fix: null,
          nextDue: sql`now() + interval '1 hour'`,
        })
        .where(eq(organization.connectionId, id))
      return
    }
    await storeReading(tx, id, reading)
    await retireAndResume(tx, organizationJoined, change)
    await enrolNewAccounts(tx, organizationJoined, before)
    await tx
      .update(organization)
      .set({
        managementAccountId: reading.managementAccountId,
        lastComplete: sql`now()`,
        lastAttempt: sql`now()`,
        heldRetirements: 0,
        reason: null,
        fix: null,
        nextDue: sql`now() + interval '1 hour'`,
      })
      .where(eq(organization.connectionId, id))
    await publish(tx, { type: 'account', id })
  })

/** The last complete reading stays; beside it stands why there is no newer one. */
const noteRefusal = async (
  db: Database | Transaction,
  id: string,
  { reason, fix }: Pick<Refusal, 'reason' | 'fix'>,
): Promise<void> => {
  await db
    .update(organization)
    .set({ lastAttempt: sql`now()`, reason, fix, nextDue: sql`now() + interval '15 minutes'` })
    .where(eq(organization.connectionId, id))
}

/** Reads an organization anew and acts on what changed. @throws what the reading threw, after it is noted */
export const refreshOrganization = async (options: RefreshOptions, id: string, byPerson: boolean): Promise<void> => {
  try {
    await takeOver(options.db, id, await readAnew(options, id), byPerson)
  } catch (error) {
    if (error instanceof AppError) {
      if (error.code === 'ACCOUNT_NOT_ACTIVE') await noteRefusal(options.db, id, { reason: error.message, fix: null })
      throw error
    }
    if (!isRefusal(error)) throw error
    const { accountId } = await getAccountRow(options.db, id)
    await noteRefusal(options.db, id, refusalOf(error, accountId))
    throw error
  }
}

/** Taking counts as the try, so that several workers share the work; one that dies leaves it due again in five minutes. */
const takeDue = async (db: Database): Promise<string | undefined> => {
  const { rows } = await db.execute<{ id: string }>(sql`
    update organization set next_due = now() + interval '5 minutes'
    where connection_id = (
      select connection_id from organization where next_due <= now() order by next_due limit 1 for update skip locked)
    returning connection_id as id`)
  return rows[0]?.id
}

/** Reads every organization that is due, hourly; for a worker to call as often as it likes. */
export const refreshDueOrganizations = async (options: RefreshOptions): Promise<void> => {
  for (let id = await takeDue(options.db); id !== undefined; id = await takeDue(options.db)) {
    try {
      await refreshOrganization(options, id, false)
    } catch (err) {
      options.log.warn({ err, connectionId: id }, 'the organization could not be read')
    }
  }
}
