import { and, eq } from 'drizzle-orm'
import { uuidv7 } from 'uuidv7'
import type { SignedIn, User } from '@dashboard/contract/auth.ts'
import type { Database, Transaction } from '../db/database.ts'
import { session, user } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import type { AccessTokens, Principal } from './access-tokens.ts'
import { hashPassword, requireStrongPassword, verifyNobody, verifyPassword } from './passwords.ts'
import { endSession, endSessions, issueRefreshToken, rotateRefreshToken } from './refresh-tokens.ts'
import type { SignInLimits } from './sign-in-limits.ts'

const day = 24 * 60 * 60 * 1000
/** However often it is refreshed, a session ends this long after sign-in. */
export const sessionDays = 30

/** Where a sign-in comes from. */
export interface Origin {
  ip: string
  userAgent: string | undefined
}

/** The answer of a sign-in and, apart from it, what goes into the HttpOnly cookie. */
export interface SignInResult {
  signedIn: SignedIn
  refreshToken: string
}

export interface Auth {
  login(input: { email: string; password: string }, from: Origin): Promise<SignInResult>
  refresh(presented: string, from: Origin): Promise<SignInResult>
  logout(presented: string | undefined): Promise<void>
  changePassword(
    by: Principal,
    input: { currentPassword: string; newPassword: string },
    from: Origin,
  ): Promise<SignInResult>
  me(by: Principal): User
}

type UserRow = typeof user.$inferSelect

const present = (row: UserRow): User => ({
  id: row.id,
  email: row.email,
  role: row.role,
  mustChangePassword: row.mustChangePassword,
})

const startSession = async (tx: Transaction, userId: string, from: Origin) => {
  const id = uuidv7()
  await tx.insert(session).values({
    id,
    userId,
    expiresAt: new Date(Date.now() + sessionDays * day),
    ip: from.ip,
    userAgent: from.userAgent?.slice(0, 256),
  })
  return { id, refreshToken: await issueRefreshToken(tx, id) }
}

/** Sign-in with password, a five-minute access token and a refresh token that rotates. */
export const createAuth = (options: { db: Database; tokens: AccessTokens; limits: SignInLimits }): Auth => {
  const { db, tokens, limits } = options

  const answer = async (row: UserRow, sessionId: string, refreshToken: string): Promise<SignInResult> => {
    const issued = await tokens.issue({ user: { ...present(row), tokenVersion: row.tokenVersion }, sessionId })
    return {
      signedIn: { accessToken: issued.accessToken, expiresAt: issued.expiresAt.toISOString(), user: present(row) },
      refreshToken,
    }
  }

  const findByEmail = async (email: string): Promise<UserRow | undefined> => {
    const [row] = await db.select().from(user).where(eq(user.email, email))
    return row
  }

  const check = async (row: UserRow | undefined, password: string): Promise<UserRow> => {
    const right = row === undefined ? await verifyNobody(password) : await verifyPassword(row.passwordHash, password)
    if (row === undefined || !right || row.status !== 'active') throw new AppError('INVALID_LOGIN')
    return row
  }

  return {
    login: async (input, from) => {
      const email = input.email.trim().toLowerCase()
      await limits.attempt(email, from.ip)
      const row = await check(await findByEmail(email), input.password)
      await limits.succeeded(email, from.ip)
      const started = await db.transaction((tx) => startSession(tx, row.id, from))
      return answer(row, started.id, started.refreshToken)
    },

    refresh: async (presented, from) => {
      await limits.refresh(from.ip)
      const { token, sessionId } = await rotateRefreshToken(db, presented)
      const [found] = await db
        .select({ user })
        .from(session)
        .innerJoin(user, eq(user.id, session.userId))
        .where(eq(session.id, sessionId))
      if (found === undefined || found.user.status !== 'active') throw new AppError('SESSION_ENDED')
      return answer(found.user, sessionId, token)
    },

    logout: async (presented) => {
      if (presented === undefined) return
      const rotated = await rotateRefreshToken(db, presented).catch((error: unknown) => {
        if (error instanceof AppError && error.code === 'SESSION_ENDED') return undefined
        throw error
      })
      if (rotated === undefined) return
      await endSession(db, rotated.sessionId, 'signed out')
      tokens.forget(rotated.sessionId)
    },

    changePassword: async (by, input, from) => {
      await limits.attempt(by.email, from.ip)
      const row = await check(await findByEmail(by.email), input.currentPassword)
      await limits.succeeded(by.email, from.ip)
      requireStrongPassword(input.newPassword, row.email)
      if (input.newPassword === input.currentPassword)
        throw new AppError('WEAK_PASSWORD', { message: 'Choose another password than the present one.' })
      const passwordHash = await hashPassword(input.newPassword)
      const [changed, started] = await db.transaction(async (tx) => {
        const [updated] = await tx
          .update(user)
          .set({ passwordHash, mustChangePassword: false, tokenVersion: row.tokenVersion + 1 })
          .where(and(eq(user.id, row.id), eq(user.tokenVersion, row.tokenVersion)))
          .returning()
        if (updated === undefined) throw new AppError('SESSION_ENDED')
        const begun = await startSession(tx, row.id, from)
        await endSessions(tx, row.id, 'password changed', begun.id)
        return [updated, begun] as const
      })
      tokens.forget(by.sessionId)
      return answer(changed, started.id, started.refreshToken)
    },

    me: (by) => ({ id: by.userId, email: by.email, role: by.role, mustChangePassword: by.mustChangePassword }),
  }
}
