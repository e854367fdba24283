import { eq, sql } from 'drizzle-orm'
import type { Broker } from '../aws/broker.ts'
import type { Access, Connection } from '../aws/connection.ts'
import { credentialsUnavailable } from '../aws/credentials-unavailable.ts'
import type { Database } from '../db/database.ts'
import { awsAccount } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import { publish } from '../events/bus.ts'
import type { Logger } from '../log/log.ts'
import { lockWithAccess } from './access-state.ts'
import { connectionOf } from './accounts.ts'
import type { AccountRow } from './present.ts'

/** Often enough that a mended role works again within a coffee, seldom enough to trouble nobody's CloudTrail. */
const everyMinutes = 15
/** Accounts tried in one go; the next go takes the next. */
const atOnce = 5

/** Lost accounts not tried for a while. Taking them counts as the try, so that several workers share the work. */
const takeDue = (db: Database): Promise<AccountRow[]> => {
  const due = sql`
    select id from aws_account
    where status = 'error' and greatest(updated_at, last_validated) < now() - make_interval(mins => ${everyMinutes})
    order by updated_at limit ${atOnce} for no key update skip locked`
  return db
    .update(awsAccount)
    .set({ updatedAt: sql`now()` })
    .where(sql`${awsAccount.id} in (${due})`)
    .returning()
}

/** It lets us in again; what it allows, the first discovery shows. */
const regain = (db: Database, id: string, access: Access): Promise<boolean> =>
  db.transaction(async (tx) => {
    const account = await lockWithAccess(tx, id, access)
    if (account?.status !== 'error') return false
    await tx
      .update(awsAccount)
      .set({ status: 'active', phase: 'DEGRADED', lastError: null, fix: account.exposed ? account.fix : null })
      .where(eq(awsAccount.id, id))
    await publish(tx, { type: 'account', id })
    await publish(tx, { type: 'work' })
    return true
  })

const tryAgain = async (db: Database, broker: Broker, connection: Connection): Promise<boolean> => {
  broker.forget(connection.id)
  try {
    // The lease itself asks STS, and answers only for credentials of this account.
    await broker.lease(connection)()
  } catch (error) {
    if (credentialsUnavailable(error) === undefined) throw error
    return false
  }
  return regain(db, connection.id, connection.access)
}

const connectionIfAny = async (db: Database, account: AccountRow): Promise<Connection | undefined> => {
  try {
    return await connectionOf(db, account)
  } catch (error) {
    if (error instanceof AppError) return undefined
    throw error
  }
}

/**
 * Tries the accounts that lost their access once more, each every fifteen minutes, with one call to STS; answers how many
 * work again. To be called by a worker with nothing better to do, as often as it likes.
 */
export const retryLostAccess = async (options: { db: Database; broker: Broker; log: Logger }): Promise<number> => {
  const { db, broker, log } = options
  let regained = 0
  for (const account of await takeDue(db)) {
    const connection = await connectionIfAny(db, account)
    if (connection === undefined || !(await tryAgain(db, broker, connection))) continue
    regained += 1
    log.info({ connectionId: account.id, accountId: account.accountId }, 'access regained')
  }
  return regained
}
