import { asc, eq, sql } from 'drizzle-orm'
import { uuidv7 } from 'uuidv7'
import type { Config } from '../config/config.ts'
import type { Database } from '../db/database.ts'
import { user } from '../db/schema.ts'
import { Secret } from '../secret.ts'
import { hashPassword, oneTimePassword, verifyPassword } from './passwords.ts'
import { endSessions } from './refresh-tokens.ts'

/** What to print at the end of the start: the password only while nobody has replaced it. */
export interface FirstAdmin {
  email: string
  oneTimePassword: Secret | undefined
  /** Something that whoever set the variables should know. */
  note?: string
}

type UserRow = typeof user.$inferSelect

/**
 * Makes sure that somebody can sign in. With ADMIN_EMAIL and ADMIN_PASSWORD that user exists with that password, unless
 * it has chosen its own; otherwise a one-time password is made, and made anew at each start until its first use replaces
 * it, because the earlier one is stored nowhere in the clear.
 */
export const ensureFirstAdmin = async (db: Database, wanted: Config['firstAdmin']): Promise<FirstAdmin> => {
  const email = wanted.email.toLowerCase()
  const existing = await findByEmail(db, email)
  if (wanted.kind === 'given') return give(db, email, existing, wanted.password)
  const admin = existing ?? (await findFirstAdmin(db))
  if (admin === undefined) {
    const password = new Secret(oneTimePassword())
    await create(db, email, password, true)
    return { email, oneTimePassword: password }
  }
  if (!admin.mustChangePassword) return { email: admin.email, oneTimePassword: undefined }
  return { email: admin.email, oneTimePassword: await renew(db, admin) }
}

/**
 * The way back in: the administrator of ADMIN_EMAIL, or else the first one, gets a one-time password, and everything it
 * is signed in to ends.
 */
export const resetAdminPassword = async (db: Database, wanted: Config['firstAdmin']): Promise<FirstAdmin> => {
  const named = await findByEmail(db, wanted.email.toLowerCase())
  const admin = named?.role === 'admin' ? named : await findFirstAdmin(db)
  if (admin === undefined) return ensureFirstAdmin(db, wanted)
  return { email: admin.email, oneTimePassword: await renew(db, admin) }
}

const findByEmail = async (db: Database, email: string): Promise<UserRow | undefined> => {
  const [row] = await db.select().from(user).where(eq(user.email, email))
  return row
}

const findFirstAdmin = async (db: Database): Promise<UserRow | undefined> => {
  const [row] = await db.select().from(user).where(eq(user.role, 'admin')).orderBy(asc(user.createdAt)).limit(1)
  return row
}

/** A password that somebody chose is never replaced by a variable that was left in a unit file. */
const give = async (
  db: Database,
  email: string,
  existing: UserRow | undefined,
  password: Secret,
): Promise<FirstAdmin> => {
  if (existing === undefined) await create(db, email, password, false)
  else if (existing.mustChangePassword) await setPassword(db, existing, password, false)
  else if (!(await verifyPassword(existing.passwordHash, password.reveal()))) {
    const note = `ADMIN_PASSWORD is ignored: ${email} has a password of its own. Lost it? Start with --reset-admin-password.`
    return { email, oneTimePassword: undefined, note }
  }
  return { email, oneTimePassword: undefined }
}

const renew = async (db: Database, admin: UserRow): Promise<Secret> => {
  const password = new Secret(oneTimePassword())
  await setPassword(db, admin, password, true)
  return password
}

const setPassword = async (
  db: Database,
  { id }: UserRow,
  password: Secret,
  mustChangePassword: boolean,
): Promise<void> => {
  const passwordHash = await hashPassword(password.reveal())
  await db.transaction(async (tx) => {
    await tx
      .update(user)
      .set({ passwordHash, mustChangePassword, status: 'active', tokenVersion: sql`${user.tokenVersion} + 1` })
      .where(eq(user.id, id))
    await endSessions(tx, id, 'password set at the start')
  })
}

const create = async (db: Database, email: string, password: Secret, mustChangePassword: boolean): Promise<void> => {
  const passwordHash = await hashPassword(password.reveal())
  await db
    .insert(user)
    .values({ id: uuidv7(), email, passwordHash, role: 'admin', mustChangePassword })
    .onConflictDoNothing({ target: user.email })
}
