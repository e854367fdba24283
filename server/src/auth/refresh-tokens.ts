import { createHash, hkdfSync, randomBytes } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import type { Database, Transaction } from '../db/database.ts'
import { refreshToken, session } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import { seal, unseal } from '../vault/seal.ts'

const hour = 60 * 60 * 1000
const idleFor = 8 * hour
/** Two tabs that refresh at once: the loser may still use the parent this long and gets the same successor. */
const graceMs = 10_000
const prefix = 'rt_'

const newToken = (): string => `${prefix}${randomBytes(32).toString('base64url')}`
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()
const successorKey = (token: string): Buffer =>
  Buffer.from(hkdfSync('sha256', token, '', 'awsdash/v1 refresh successor', 32))
const successorData = Buffer.from('awsdash/v1 refresh successor')

/** The first token of a session, within the caller's transaction. */
export const issueRefreshToken = async (tx: Transaction, sessionId: string): Promise<string> => {
  const token = newToken()
  await tx.insert(refreshToken).values({ hash: hashOf(token), sessionId, expiresAt: new Date(Date.now() + idleFor) })
  return token
}

/** Ends a session and every token of its family. */
export const endSession = async (db: Database | Transaction, sessionId: string, reason: string): Promise<void> => {
  await db
    .update(session)
    .set({ revokedAt: new Date(), revokedReason: reason })
    .where(and(eq(session.id, sessionId), isNull(session.revokedAt)))
  await db.delete(refreshToken).where(eq(refreshToken.sessionId, sessionId))
}

/** Ends every session of a user, but for the one to `keep`. */
export const endSessions = async (tx: Transaction, userId: string, reason: string, keep?: string): Promise<void> => {
  const open = await tx
    .select({ id: session.id })
    .from(session)
    .where(and(eq(session.userId, userId), isNull(session.revokedAt)))
  for (const { id } of open) if (id !== keep) await endSession(tx, id, reason)
}

type Rotation =
  | { kind: 'rotated'; token: string; sessionId: string }
  | { kind: 'reused'; sessionId: string }
  | { kind: 'unknown' }

/**
 * The token's row with its family locked. The session first: two replayed tokens of one family that each locked their
 * own row would then wait for each other while ending it.
 */
const lockFamily = async (tx: Transaction, presented: string) => {
  const hash = hashOf(presented)
  const family = tx.select({ id: refreshToken.sessionId }).from(refreshToken).where(eq(refreshToken.hash, hash))
  await tx.select({ id: session.id }).from(session).where(eq(session.id, family)).for('update')
  const [row] = await tx
    .select({ token: refreshToken, revokedAt: session.revokedAt, endsAt: session.expiresAt })
    .from(refreshToken)
    .innerJoin(session, eq(session.id, refreshToken.sessionId))
    .where(eq(refreshToken.hash, hash))
  return row
}

const rotate = async (tx: Transaction, presented: string): Promise<Rotation> => {
  const row = await lockFamily(tx, presented)
  const now = Date.now()
  if (row === undefined || row.revokedAt !== null || row.endsAt.getTime() <= now) return { kind: 'unknown' }
  const { token } = row
  if (token.usedAt !== null) return replay(tx, presented, token)
  if (token.expiresAt.getTime() <= now) return { kind: 'unknown' }
  const next = newToken()
  await tx
    .update(refreshToken)
    .set({ usedAt: new Date(now), successor: seal(successorKey(presented), Buffer.from(next), successorData) })
    .where(eq(refreshToken.hash, token.hash))
  await tx
    .insert(refreshToken)
    .values({ hash: hashOf(next), sessionId: token.sessionId, expiresAt: new Date(now + idleFor) })
  return { kind: 'rotated', token: next, sessionId: token.sessionId }
}

/** A used token: its immediate successor for ten seconds while that one is unused itself; otherwise it was stolen. */
const replay = async (
  tx: Transaction,
  presented: string,
  token: typeof refreshToken.$inferSelect,
): Promise<Rotation> => {
  const { sessionId, usedAt, successor } = token
  if (usedAt === null || successor === null || Date.now() - usedAt.getTime() > graceMs)
    return { kind: 'reused', sessionId }
  const next = unseal(successorKey(presented), successor, successorData).toString()
  const [child] = await tx
    .select()
    .from(refreshToken)
    .where(eq(refreshToken.hash, hashOf(next)))
  if (child === undefined || child.usedAt !== null) return { kind: 'reused', sessionId }
  return { kind: 'rotated', token: next, sessionId }
}

/**
 * Exchanges a refresh token for its successor; each token works once.
 * @throws AppError SESSION_ENDED when it is unknown, expired, or was used before: then the whole family ends with it.
 */
export const rotateRefreshToken = async (
  db: Database,
  presented: string,
): Promise<{ token: string; sessionId: string }> => {
  if (!presented.startsWith(prefix) || presented.length > 128) throw new AppError('SESSION_ENDED')
  const result = await db.transaction(async (tx) => {
    const rotation = await rotate(tx, presented)
    if (rotation.kind === 'reused') await endSession(tx, rotation.sessionId, 'refresh token used twice')
    return rotation
  })
  if (result.kind !== 'rotated') throw new AppError('SESSION_ENDED')
  return result
}
