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
  /** Of the token it came with. */
  expiresAt: Date
}

export interface AccessTokens {
  issue(to: {
    user: User & { tokenVersion: number }
    sessionId: string
  }): Promise<{ accessToken: string; expiresAt: Date }>
  /** @throws AppError UNAUTHENTICATED, or SESSION_ENDED when the token is good but its session is not. */
  verify(token: string): Promise<Principal>
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

/** EdDSA access tokens of five minutes. What they may do is read from the database, not from the token. */
export const createAccessTokens = (options: { db: Database; keys: SigningKeys; issuer: string }): AccessTokens => {
  const { db, keys, issuer } = options
  const standings = new LRUCache<string, NonNullable<Awaited<ReturnType<typeof readStanding>>>>({
    max: 10_000,
    ttl: 2_000,
  })

  const standingOf = async (sessionId: string) => {
    const cached = standings.get(sessionId)
    if (cached !== undefined) return cached
    const row = await readStanding(db, sessionId)
    if (row !== undefined) standings.set(sessionId, row)
    return row
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
      const claims = await readClaims(token)
      const standing = await standingOf(claims.sid)
      if (
        standing === undefined ||
        standing.userId !== claims.sub ||
        standing.revokedAt !== null ||
        standing.expiresAt.getTime() <= Date.now() ||
        standing.status !== 'active' ||
        standing.tokenVersion !== claims.tv
      ) {
        throw new AppError('SESSION_ENDED')
      }
      const { userId, email, role, mustChangePassword } = standing
      return { userId, sessionId: claims.sid, email, role, mustChangePassword, expiresAt: new Date(claims.exp * 1000) }
    },
    forget: (sessionId) => {
      standings.delete(sessionId)
    },
  }
}

/** A database that does not answer is not a reason to sign anybody out. */
const isDatabaseTrouble = (cause: unknown): boolean =>
  cause instanceof Error && !(cause instanceof AppError) && 'query' in cause
