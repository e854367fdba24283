import { eq, inArray, sql } from 'drizzle-orm'
import { readsOf } from '../../aws/reads.ts'
import type { ReadGates } from '../../aws/read-gates.ts'
import type { Database } from '../../db/database.ts'
import { awsAccount } from '../../db/schema.ts'
import { publish } from '../../events/bus.ts'
import type { Logger } from '../../log/log.ts'
import { connectionOf } from '../accounts.ts'
import { isHeldRow } from '../held.ts'
import type { AccountRow } from '../present.ts'
import { runValidation, takenFor, type ValidationTools } from './run-validation.ts'

export interface RevalidationTools extends ValidationTools {
  gates: ReadGates
  log: Logger
  /** How often the claim on what is under way is renewed. Default: a minute. */
  heartbeatMs?: number
}

/** Accounts at once: each has up to eight calls in flight, beside the scans of this worker. */
const atOnce = 4
const usualHeartbeatMs = 60_000

/**
 * Accounts whose validation is due. Taking them counts as the try, so that several workers share the work and one that
 * dies leaves its accounts due again in five minutes.
 */
const takeDue = async (db: Database): Promise<AccountRow[]> => {
  const due = sql`
    select id from aws_account
    where next_validation <= now() and not ${isHeldRow}
    order by next_validation limit ${atOnce} for no key update skip locked`
  return db
    .update(awsAccount)
    .set({ nextValidation: takenFor })
    .where(sql`${awsAccount.id} in (${due})`)
    .returning()
}

/**
 * What is still ours. One that is due by another hand (a new key, a pause) is not taken back; neither is one that ended
 * while this statement waited for its row: its next time lies further ahead.
 */
const keepTaken = async (db: Database, ids: string[]): Promise<void> => {
  await db
    .update(awsAccount)
    .set({ nextValidation: takenFor })
    .where(sql`${inArray(awsAccount.id, ids)} and ${awsAccount.nextValidation} between now() and ${takenFor}`)
}

const giveBack = async (db: Database, id: string): Promise<void> => {
  await db
    .update(awsAccount)
    .set({ nextValidation: sql`now()` })
    .where(sql`${eq(awsAccount.id, id)} and ${awsAccount.nextValidation} is not null`)
  await publish(db, { type: 'work' })
}

const revalidate = async (tools: RevalidationTools, account: AccountRow, signal: AbortSignal): Promise<void> => {
  const { db, send, gates, broker, log } = tools
  const about = { connectionId: account.id, accountId: account.accountId }
  try {
    const connection = await connectionOf(db, account)
    // Nobody waits for it, so it takes its turn behind the same gates as discovery.
    const call = readsOf({ send, gates, broker, connection, signal })
    for await (const _check of runValidation(tools, { account, connection }, { actor: 'system', signal, call })) {
      // Only people watch single checks.
    }
    log.debug(about, 'account validated')
  } catch (err) {
    if (signal.aborted) await giveBack(db, account.id)
    else log.warn({ err, ...about }, 'validation failed; tried again in five minutes')
  }
}

/** Validates the accounts that are due; answers how many it took. Any number of workers may call it at any time. */
export const revalidateDue = async (
  tools: RevalidationTools,
  signal: AbortSignal = new AbortController().signal,
): Promise<number> => {
  const taken = await takeDue(tools.db)
  if (taken.length === 0) return 0
  // One that has ended has its next time: it is not called back while the others go on.
  const underWay = new Set(taken.map(({ id }) => id))
  const heartbeat = setInterval(() => {
    keepTaken(tools.db, [...underWay]).catch((err: unknown) => tools.log.warn({ err }, 'keeping validations failed'))
  }, tools.heartbeatMs ?? usualHeartbeatMs)
  try {
    await Promise.all(
      taken.map(async (account) => {
        await revalidate(tools, account, signal)
        underWay.delete(account.id)
      }),
    )
  } finally {
    clearInterval(heartbeat)
  }
  return taken.length
}
