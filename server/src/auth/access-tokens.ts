import { eq } from 'drizzle-orm'
import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { Role, User } from '@dashboard/contract/auth.ts'
import type { Database } from '../db/database.ts'
import { session, user } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import type { SigningKeys } from './signing-keys.ts'

export const accessTokenSeconds = 5 * 60
const type = 'at+jwt'

/** Who makes a request, as of at most two seconds ago. */
export interface Principal {
  userId: string
  sessionId: string
  email: string
  role: Role
  mustChangePassword: boolean
  /** Of the token it came with, as the next. */
  expiresAt: Date
  tokenVersion: number
}

export interface AccessTokens {
  issue(to: {
    user: User & { tokenVersion: number }
    sessionId: string
  }): Promise<{ accessToken: string; expiresAt: Date }>
  /** @throws AppError UNAUTHENTICATED, or SESSION_ENDED when the token is good but its session is not. */
  verify(token: string): Promise<Principal>
  /**
   * Looks again at who was verified before, without the cost of a signature.
   * @throws AppError UNAUTHENTICATED when the token has expired, SESSION_ENDED when the session has
   */
  verifyAgain(principal: Principal): Promise<void>
  /** Drops what is cached about a session, so that an ending shows at once in this process. */
  forget(sessionId: string): void
}

const Claims = z.object({ sub: z.uuid(), sid: z.uuid(), tv: z.int(), exp: z.int() })
/**
 * Three parts, each the one base64url text of its bytes: the libraries below would forgive padding, spaces and stray
 * bits in the last letter.
 */
const isCanonical = (token: string): boolean => {
  const parts = token.split('.')
  return (
    parts.length === 3 &&
    parts.every((part) => part !== '' && Buffer.from(part, 'base64url').toString('base64url') === part)
  )
}

const readStanding = async (db: Database, sessionId: string) => {
  const [row] = await db
    .select({
      userId: user.id,
      email: user.email,
      role: user.role,
      status: user.status,
      tokenVersion: user.tokenVersion,
      mustChangePassword: user.mustChangePassword,
      revokedAt: session.revokedAt,
      expiresAt: session.expiresAt,
    })
    .from(session)
    .innerJoin(user, eq(user.id, session.userId))
    .where(eq(session.id, sessionId))
  return row
}

type Standing = NonNullable<Awaited<ReturnType<typeof readStanding>>>

/** EdDSA access tokens of five minutes. What they may do is read from the database, not from the token. */
export const createAccessTokens = (options: { db: Database; keys: SigningKeys; issuer: string }): AccessTokens => {
  const { db, keys, issuer } = options
  const standings = new LRUCache<string, Promise<Standing | undefined>>({ max: 10_000, ttl: 2_000 })

  /** Who asks at once shares one query; only an answer is kept. */
  const standingOf = async (sessionId: string): Promise<Standing | undefined> => {
    const cached = standings.get(sessionId)
    if (cached !== undefined) return cached
    const reading = readStanding(db, sessionId)
    standings.set(sessionId, reading)
    const drop = (): void => {
      if (standings.peek(sessionId) === reading) standings.delete(sessionId)
    }
    try {
      const row = await reading
      if (row === undefined) drop()
      return row
    } catch (error) {
      drop()
      throw error
    }
  }

  const requireStanding = async (of: {
    userId: string
    sessionId: string
    tokenVersion: number
  }): Promise<Standing> => {
    const standing = await standingOf(of.sessionId)
    if (
      standing === undefined ||
      standing.userId !== of.userId ||
      standing.revokedAt !== null ||
      standing.expiresAt.getTime() <= Date.now() ||
      standing.status !== 'active' ||
      standing.tokenVersion !== of.tokenVersion
    ) {
      throw new AppError('SESSION_ENDED')
    }
    return standing
  }

  const readClaims = async (token: string): Promise<z.infer<typeof Claims>> => {
    if (token.length > 4096 || !isCanonical(token)) throw new AppError('UNAUTHENTICATED')
    try {
      const { kid } = decodeProtectedHeader(token)
      const key = kid === undefined ? undefined : await keys.find(kid)
      if (key === undefined) throw new AppError('UNAUTHENTICATED')
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['EdDSA'],
        typ: type,
        issuer,
        audience: issuer,
        requiredClaims: ['exp', 'sub', 'sid', 'jti', 'tv'],
      })
      return Claims.parse(payload)
    } catch (cause) {
      if (isDatabaseTrouble(cause)) throw cause
      throw new AppError('UNAUTHENTICATED', { cause })
    }
  }

  return {
    issue: async (to) => {
      const { kid, key } = await keys.current()
      const expires = Math.floor(Date.now() / 1000) + accessTokenSeconds
      const accessToken = await new SignJWT({ sid: to.sessionId, tv: to.user.tokenVersion })
        .setProtectedHeader({ alg: 'EdDSA', typ: type, kid })
        .setIssuer(issuer)
        .setAudience(issuer)
        .setSubject(to.user.id)
        .setJti(crypto.randomUUID())
        .setIssuedAt()
        .setExpirationTime(expires)
        .sign(key)
      return { accessToken, expiresAt: new Date(expires * 1000) }
    },
    verify: async (token) => {
      const { sub, sid, tv, exp } = await readClaims(token)
      const of = { userId: sub, sessionId: sid, tokenVersion: tv }
      const { email, role, mustChangePassword } = await requireStanding(of)
      return { ...of, email, role, mustChangePassword, expiresAt: new Date(exp * 1000) }
    },
    verifyAgain: async (principal) => {
      if (principal.expiresAt.getTime() <= Date.now()) throw new AppError('UNAUTHENTICATED')
      await requireStanding(principal)
    },
    forget: (sessionId) => {
      standings.delete(sessionId)
    },
  }
}

/** A database that does not answer is not a reason to sign anybody out. */
const isDatabaseTrouble = (cause: unknown): boolean =>
  cause instanceof Error && !(cause instanceof AppError) && 'query' in cause
