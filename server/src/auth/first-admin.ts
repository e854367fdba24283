import { eq } from 'drizzle-orm'
import { uuidv7 } from 'uuidv7'
import type { Config } from '../config/config.ts'
import type { Database } from '../db/database.ts'
import { user } from '../db/schema.ts'
import { Secret } from '../secret.ts'
import { hashPassword, oneTimePassword } from './passwords.ts'

/** What to print at the end of the start: the password only while nobody has replaced it. */
export interface FirstAdmin {
  email: string
  oneTimePassword: Secret | undefined
}

/**
 * Makes sure that somebody can sign in. With ADMIN_EMAIL and ADMIN_PASSWORD that user exists with that password;
 * otherwise a one-time password is made, and made anew at each start until its first use replaces it, because the
 * earlier one is stored nowhere in the clear.
 */
export const ensureFirstAdmin = async (db: Database, wanted: Config['firstAdmin']): Promise<FirstAdmin> => {
  const email = wanted.email.toLowerCase()
  const [existing] = await db.select().from(user).where(eq(user.email, email))
  if (wanted.kind === 'given') {
    if (existing === undefined) await create(db, email, wanted.password, false)
    return { email, oneTimePassword: undefined }
  }
  if (existing === undefined) {
    const [anybody] = await db.select().from(user).limit(1)
    if (anybody !== undefined) return { email: anybody.email, oneTimePassword: undefined }
    const password = new Secret(oneTimePassword())
    await create(db, email, password, true)
    return { email, oneTimePassword: password }
  }
  if (!existing.mustChangePassword) return { email, oneTimePassword: undefined }
  const password = new Secret(oneTimePassword())
  const passwordHash = await hashPassword(password.reveal())
  await db.update(user).set({ passwordHash }).where(eq(user.id, existing.id))
  return { email, oneTimePassword: password }
}

const create = async (db: Database, email: string, password: Secret, mustChangePassword: boolean): Promise<void> => {
  const passwordHash = await hashPassword(password.reveal())
  await db
    .insert(user)
    .values({ id: uuidv7(), email, passwordHash, role: 'admin', mustChangePassword })
    .onConflictDoNothing({ target: user.email })
}
