import { eq, sql } from 'drizzle-orm'
import type { AWSAccount } from '@dashboard/contract/accounts.ts'
import type { Database, Transaction } from '../db/database.ts'
import { awsAccount } from '../db/schema.ts'
import { retireScopes } from '../discovery/ledger.ts'
import { notFound } from '../errors.ts'
import { publish } from '../events/bus.ts'
import { type NewAccountEvent, recordEvent } from './account-events.ts'
import { isHeldPhase } from './held.ts'
import { presentAccount, type AccountRow } from './present.ts'

export interface Pausing {
  /** Nothing is called in the account until it is resumed. `actor` is an email. */
  pause(id: string, actor: string): Promise<AWSAccount>
  /** A worker validates it at once. */
  resume(id: string, actor: string): Promise<AWSAccount>
}

const lock = async (tx: Transaction, id: string): Promise<AccountRow> => {
  const [row] = await tx.select().from(awsAccount).where(eq(awsAccount.id, id)).for('no key update')
  if (row === undefined) throw notFound('account')
  return row
}

/**
 * Scans under way write nothing any more, and no job waits for them. Their calls end as well: whoever hears of the
 * change drops the account's sessions, and the broker hands out no others (`held.ts`).
 */
const endScans = async (tx: Transaction, id: string): Promise<void> => {
  await retireScopes(tx, id)
  await tx.execute(sql`
    update scope set fence = fence + 1, lease_owner = null, lease_until = null
    where connection_id = ${id} and lease_owner is not null`)
}

/** Nothing is called in it any more; its inventory stays. */
const hold = async (
  tx: Transaction,
  id: string,
  held: Pick<AccountRow, 'phase'> & Partial<Pick<AccountRow, 'lastError'>>,
  event: Pick<NewAccountEvent, 'kind' | 'actor' | 'detail'>,
): Promise<void> => {
  await tx
    .update(awsAccount)
    .set({ ...held, status: 'inactive', nextValidation: null, updatedAt: new Date() })
    .where(eq(awsAccount.id, id))
  await endScans(tx, id)
  await recordEvent(tx, { connectionId: id, ...event })
  await publish(tx, { type: 'account', id })
}

const pauseRow = (tx: Transaction, { id }: Pick<AccountRow, 'id'>, actor: string): Promise<void> =>
  hold(tx, id, { phase: 'PAUSED' }, { kind: 'PAUSED', actor })

/** For an account that AWS has closed or that left its organization. The row is locked by the caller. */
export const retireRow = (tx: Transaction, { id }: Pick<AccountRow, 'id'>, reason: string): Promise<void> =>
  hold(tx, id, { phase: 'RETIRED', lastError: reason }, { kind: 'RETIRED', actor: 'system', detail: reason })

/** What is known of it stays: the validation that follows tells what changed meanwhile. */
export const resumeRow = async (tx: Transaction, row: Pick<AccountRow, 'id'>, actor: string): Promise<void> => {
  const now = new Date()
  const resumed = {
    status: 'inactive',
    phase: 'PENDING',
    lastError: null,
    nextValidation: now,
    updatedAt: now,
  } as const
  await tx.update(awsAccount).set(resumed).where(eq(awsAccount.id, row.id))
  await recordEvent(tx, { connectionId: row.id, kind: 'RESUMED', actor })
  await publish(tx, { type: 'account', id: row.id })
  await publish(tx, { type: 'work' })
}

/** Asked twice, both change nothing the second time. */
export const createPausing = ({ db }: { db: Database }): Pausing => {
  const change = async (
    id: string,
    applies: (row: AccountRow) => boolean,
    apply: (tx: Transaction, row: AccountRow) => Promise<void>,
  ): Promise<AWSAccount> => {
    await db.transaction(async (tx) => {
      const row = await lock(tx, id)
      if (applies(row)) await apply(tx, row)
    })
    const [row] = await db.select().from(awsAccount).where(eq(awsAccount.id, id))
    if (row === undefined) throw notFound('account')
    return presentAccount(db, row)
  }
  return {
    pause: (id, actor) =>
      change(
        id,
        ({ phase }) => !isHeldPhase(phase),
        (tx, row) => pauseRow(tx, row, actor),
      ),
    resume: (id, actor) =>
      change(
        id,
        ({ phase }) => isHeldPhase(phase),
        (tx, row) => resumeRow(tx, row, actor),
      ),
  }
}
