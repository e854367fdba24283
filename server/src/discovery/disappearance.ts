import { sql } from 'drizzle-orm'
import type { Transaction } from '../db/database.ts'

/** A live resource that a complete list did not show. */
export interface Unseen {
  id: number
  /** An earlier complete list did not show it either. */
  missing: boolean
}

export interface Burial {
  deleted: number
  /** Something is missing for the first time: look again soon. */
  firstMiss: boolean
}

/** Fewer than this may vanish unasked: a stack that is torn down is everyday life. */
const heldAbove = 20
/** …and more than this part of the scope: a hundred of ten thousand is everyday life as well. */
const heldShare = 0.3

/** Whether so much is gone at once that lost permissions or a wrong answer are likelier than deletion. */
export const isMassDisappearance = (unseen: number, live: number): boolean =>
  unseen > heldAbove && unseen > live * heldShare

const ids = (rows: readonly Unseen[]) => sql`${sql.param(rows.map((row) => row.id))}::bigint[]`

const holdScope = async (tx: Transaction, scopeId: number, missing: number): Promise<void> => {
  await tx.execute(sql`
    update scope set held_since = coalesce(held_since, now()), held_missing = ${missing} where id = ${scopeId}`)
}

const releaseScope = async (tx: Transaction, scopeId: number): Promise<void> => {
  await tx.execute(sql`
    update scope set held_since = null, held_missing = 0, disappearance_confirmed_at = null
    where id = ${scopeId} and (held_since is not null or disappearance_confirmed_at is not null)`)
}

const isConfirmed = async (tx: Transaction, scopeId: number): Promise<boolean> => {
  const { rows } = await tx.execute(
    sql`select id from scope where id = ${scopeId} and disappearance_confirmed_at is not null`,
  )
  return rows.length > 0
}

const markMissing = async (tx: Transaction, rows: readonly Unseen[]): Promise<void> => {
  await tx.execute(sql`update resource set missing_since = now() where id = any(${ids(rows)})`)
}

const bury = async (tx: Transaction, rows: readonly Unseen[]): Promise<void> => {
  await tx.execute(sql`
    with gone as (
      update resource set deleted_at = now(), changed_at = now(), version = version + 1
      where id = any(${ids(rows)}) returning id, version
    )
    insert into resource_version (resource_id, version, at, kind, changes)
    select id, version, now(), 'DELETED', '[]'::jsonb from gone`)
  await tx.execute(sql`update edge set valid_to = now() where src = any(${ids(rows)}) and valid_to is null`)
  await tx.execute(sql`update edge set dst = null where dst = any(${ids(rows)}) and valid_to is null`)
}

/**
 * What a complete, error-free list says about what it did not show. The first such list marks it missing, the second
 * one deletes it; a mass disappearance is held until somebody confirms it.
 */
export const buryUnseen = async (
  tx: Transaction,
  scopeId: number,
  unseen: readonly Unseen[],
  live: number,
): Promise<Burial> => {
  // Most lists show everything, and must cost no more than this.
  if (unseen.length === 0) {
    await releaseScope(tx, scopeId)
    return { deleted: 0, firstMiss: false }
  }
  const firstMiss = unseen.filter((row) => !row.missing)
  const secondMiss = unseen.filter((row) => row.missing)
  await markMissing(tx, firstMiss)
  if (isMassDisappearance(unseen.length, live) && !(await isConfirmed(tx, scopeId))) {
    await holdScope(tx, scopeId, unseen.length)
    return { deleted: 0, firstMiss: firstMiss.length > 0 }
  }
  await bury(tx, secondMiss)
  // Nothing is missing any more: the question, and its answer, are settled.
  if (firstMiss.length === 0) await releaseScope(tx, scopeId)
  return { deleted: secondMiss.length, firstMiss: firstMiss.length > 0 }
}
