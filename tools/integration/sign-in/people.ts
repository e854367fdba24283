import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Role } from '@dashboard/contract/auth.ts'
import { hashPassword } from '@dashboard/server/auth/passwords.ts'
import { refreshToken, session, user } from '@dashboard/server/db/schema.ts'
import type { Product } from '../../testing/product.ts'
import type { WireAnswer } from '../edge/wire.ts'
import { signIn } from './browser.ts'

/** Of everybody made here. */
export const password = 'eleven green bottles'

/** AWS is away, and one proxy stands in front, so that each test comes from an address of its own. */
export const behindProxy = { endpoint: 'http://127.0.0.1:9', env: { TRUST_PROXY: '1' } }

export const statuses = (answers: WireAnswer[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

/** An access token's standing is cached for two seconds. */
export const untilStandingIsRead = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2_050))

/** Users of a product and what its database holds about them. */
export const peopleOf = ({ url, core }: Product) => {
  const { db } = core.database
  const passwordHash = hashPassword(password)
  let made = 0

  const addUser = async (role: Role = 'admin'): Promise<{ id: string; email: string }> => {
    made += 1
    const row = { id: randomUUID(), email: `user-${made}@example.com`, role, passwordHash: await passwordHash }
    await db.insert(user).values(row)
    return row
  }
  const signInNewUser = async (role?: Role) => {
    const added = await addUser(role)
    return { ...added, ...(await signIn(url, added.email, password)) }
  }
  const sessionsOf = (userId: string) => db.select().from(session).where(eq(session.userId, userId))
  const onlySessionOf = async (userId: string) => {
    const [row] = await sessionsOf(userId)
    if (row === undefined) throw new Error('no session')
    return row
  }
  const tokensOf = (sessionId: string) => db.select().from(refreshToken).where(eq(refreshToken.sessionId, sessionId))
  return { db, passwordHash, addUser, signInNewUser, sessionsOf, onlySessionOf, tokensOf }
}

export type People = ReturnType<typeof peopleOf>
