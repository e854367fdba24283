import { and, asc, desc, eq, or, sql } from 'drizzle-orm'
import { uuidv7 } from 'uuidv7'
import type { SavedView } from '@dashboard/contract/views.ts'
import type { Principal } from '../auth/access-tokens.ts'
import type { Database, Transaction } from '../db/database.ts'
import { savedView, user } from '../db/schema.ts'
import { AppError, notFound } from '../errors.ts'

type NewView = Pick<SavedView, 'page' | 'name' | 'search' | 'shared'>
type Changes = { id: string } & { [Field in 'name' | 'search' | 'shared']?: NewView[Field] | undefined }
type Row = typeof savedView.$inferSelect & { owner: string }

/** Pages with their filters under a name: each user's own, and those that others share. */
export interface Views {
  list(principal: Principal, filter: { page?: SavedView['page'] | undefined }): Promise<{ items: SavedView[] }>
  /** @throws AppError VIEW_EXISTS, TOO_MANY_VIEWS */
  add(principal: Principal, view: NewView): Promise<SavedView>
  /** @throws AppError NOT_FOUND, FORBIDDEN, VIEW_EXISTS */
  update(principal: Principal, changes: Changes): Promise<SavedView>
  /** @throws AppError NOT_FOUND, FORBIDDEN */
  delete(principal: Principal, id: string): Promise<void>
}

/** Of one user. */
const mostViews = 200
/** In one answer, the user's own first. */
const mostListed = 1_000

const present = (row: Row, principal: Principal): SavedView => ({
  id: row.id,
  page: row.page,
  name: row.name,
  search: row.search,
  shared: row.shared,
  owner: row.owner,
  own: row.userId === principal.userId,
  createdAt: row.createdAt.toISOString(),
})

const columns = {
  id: savedView.id,
  userId: savedView.userId,
  page: savedView.page,
  name: savedView.name,
  search: savedView.search,
  shared: savedView.shared,
  createdAt: savedView.createdAt,
  owner: user.email,
}

const visibleTo = (principal: Principal) => or(eq(savedView.userId, principal.userId), eq(savedView.shared, true))

const select = (db: Database | Transaction) =>
  db.select(columns).from(savedView).innerJoin(user, eq(user.id, savedView.userId))

/** The view, if the principal may change it. What somebody else keeps private does not exist for others. */
const changeable = async (tx: Transaction, principal: Principal, id: string): Promise<Row> => {
  const [row] = await select(tx)
    .where(and(eq(savedView.id, id), visibleTo(principal)))
    .for('update', { of: savedView })
  if (row === undefined) throw notFound('view')
  if (row.userId !== principal.userId && principal.role !== 'admin')
    throw new AppError('FORBIDDEN', { message: 'Only its owner and administrators change a shared view.' })
  return row
}

const isNameTaken = (error: unknown): boolean => {
  const { code, constraint } = (error instanceof Error ? (error.cause ?? error) : {}) as Record<string, unknown>
  return code === '23505' && constraint === 'saved_view_name'
}

const uniqueName = async <Result>(work: Promise<Result>): Promise<Result> => {
  try {
    return await work
  } catch (error) {
    throw isNameTaken(error) ? new AppError('VIEW_EXISTS', { cause: error }) : error
  }
}

/** Two requests at once count one after the other: the user's row is their turnstile. */
const requireRoom = async (tx: Transaction, userId: string): Promise<void> => {
  await tx.execute(sql`select from ${user} where ${user.id} = ${userId} for no key update`)
  if ((await tx.$count(savedView, eq(savedView.userId, userId))) >= mostViews) throw new AppError('TOO_MANY_VIEWS')
}

const insert = (db: Database, principal: Principal, view: NewView): Promise<string> =>
  db.transaction(async (tx) => {
    await requireRoom(tx, principal.userId)
    const id = uuidv7()
    await tx.insert(savedView).values({ id, userId: principal.userId, ...view })
    return id
  })

const update = (db: Database, principal: Principal, { id, ...changes }: Changes): Promise<Row> =>
  db.transaction(async (tx) => {
    const row = await changeable(tx, principal, id)
    const { name = row.name, search = row.search, shared = row.shared } = changes
    await tx.update(savedView).set({ name, search, shared }).where(eq(savedView.id, id))
    return { ...row, name, search, shared }
  })

export const createViews = ({ db }: { db: Database }): Views => ({
  list: async (principal, { page }) => {
    const rows = await select(db)
      .where(and(visibleTo(principal), page === undefined ? undefined : eq(savedView.page, page)))
      .orderBy(desc(eq(savedView.userId, principal.userId)), asc(savedView.name), asc(savedView.id))
      .limit(mostListed)
    return { items: rows.map((row) => present(row, principal)) }
  },
  add: async (principal, view) => {
    const id = await uniqueName(insert(db, principal, view))
    const [row] = await select(db).where(eq(savedView.id, id))
    if (row === undefined) throw notFound('view')
    return present(row, principal)
  },
  update: async (principal, changes) => present(await uniqueName(update(db, principal, changes)), principal),
  delete: (principal, id) =>
    db.transaction(async (tx) => {
      await changeable(tx, principal, id)
      await tx.delete(savedView).where(eq(savedView.id, id))
    }),
})
