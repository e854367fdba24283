import { and, asc, count, eq, gt, inArray, lt } from 'drizzle-orm'
import { z } from 'zod'
import type { AccessKey, Credential } from '@dashboard/contract/credentials.ts'
import type { Fix } from '@dashboard/contract/vocabulary.ts'
import { awaitValidation } from '../accounts/access-state.ts'
import { readAccessKey } from '../aws/access-key.ts'
import type { Send } from '../aws/client-pool.ts'
import { awsFailure } from '../aws/failure.ts'
import { ownRegion } from '../aws/own-region.ts'
import { getCallerIdentity } from '../aws/sts.ts'
import type { Database, Transaction } from '../db/database.ts'
import { awsAccount, credential, secretVersion } from '../db/schema.ts'
import { AppError, notFound } from '../errors.ts'
import { decodeToken, encodeToken } from '../paging.ts'
import type { Vault } from '../vault/vault.ts'
import { hintOf, insertCredential, putAccessKey } from './store.ts'

export interface TestResult {
  succeeded: boolean
  accountId: string | null
  arn: string | null
  latencyMs: number
  message: string | null
  fix: Fix | null
}

export interface Credentials {
  create(input: AccessKey & { name: string }): Promise<Credential>
  list(page: {
    maxResults: number
    nextToken?: string | undefined
  }): Promise<{ items: Credential[]; nextToken?: string; total: number }>
  /** `actor` is an email. */
  update(
    input: { id: string; name?: string | undefined; accessKey?: AccessKey | undefined },
    actor: string,
  ): Promise<Credential>
  delete(id: string): Promise<void>
  test(id: string): Promise<TestResult>
}

type Row = typeof credential.$inferSelect
const Cursor = z.tuple([z.uuid()])

const present = async (db: Database, rows: Row[]): Promise<Credential[]> => {
  const ids = rows.map((row) => row.id)
  const users =
    ids.length === 0
      ? []
      : await db
          .select({
            id: awsAccount.id,
            name: awsAccount.name,
            accountId: awsAccount.accountId,
            credentialId: awsAccount.credentialId,
          })
          .from(awsAccount)
          .where(inArray(awsAccount.credentialId, ids))
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    kind: row.kind,
    accessKeyIdHint: row.accessKeyIdHint,
    version: row.currentVersion,
    usedBy: users
      .filter((user) => user.credentialId === row.id)
      .map(({ id, name, accountId }) => ({ id, name, accountId })),
    lastTested: row.lastTested?.toISOString() ?? null,
    lastTestSucceeded: row.lastTestSucceeded,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }))
}

const getRow = async (db: Database | Transaction, id: string): Promise<Row> => {
  const [row] = await db.select().from(credential).where(eq(credential.id, id)).for('update')
  if (row === undefined) throw notFound('credential')
  return row
}

/** Access keys, write-only: they come back out only towards AWS. */
export const createCredentials = (options: { db: Database; vault: Vault; send: Send }): Credentials => {
  const { db, vault, send } = options
  const one = async (row: Row): Promise<Credential> => {
    const [shown] = await present(db, [row])
    if (shown === undefined) throw notFound('credential')
    return shown
  }

  /** The next version becomes current and its accounts await validation; older versions go with the same commit. */
  const replace = async (tx: Transaction, row: Row, accessKey: AccessKey, actor: string): Promise<Partial<Row>> => {
    const version = row.currentVersion + 1
    await putAccessKey(tx, vault, row.id, version, accessKey)
    await tx.delete(secretVersion).where(and(eq(secretVersion.ownerId, row.id), lt(secretVersion.version, version)))
    await awaitValidation(tx, row.id, actor)
    return {
      currentVersion: version,
      accessKeyIdHint: hintOf(accessKey.accessKeyId),
      lastTested: null,
      lastTestSucceeded: null,
    }
  }

  return {
    create: async ({ name, ...accessKey }) =>
      one(await db.transaction((tx) => insertCredential(tx, vault, { name, accessKey }))),

    list: async ({ maxResults, nextToken }) => {
      const after = decodeToken(Cursor, nextToken)?.[0]
      const rows = await db
        .select()
        .from(credential)
        .where(after === undefined ? undefined : gt(credential.id, after))
        .orderBy(asc(credential.id))
        .limit(maxResults + 1)
      const page = rows.slice(0, maxResults)
      const [counted] = await db.select({ total: count() }).from(credential)
      const last = rows.length > maxResults ? page.at(-1) : undefined
      return {
        items: await present(db, page),
        total: counted?.total ?? 0,
        ...(last === undefined ? {} : { nextToken: encodeToken([last.id]) }),
      }
    },

    update: async ({ id, name, accessKey }, actor) => {
      const row = await db.transaction(async (tx) => {
        const current = await getRow(tx, id)
        const replaced = accessKey === undefined ? {} : await replace(tx, current, accessKey, actor)
        const [updated] = await tx
          .update(credential)
          .set({ ...replaced, name: name ?? current.name, updatedAt: new Date() })
          .where(eq(credential.id, id))
          .returning()
        if (updated === undefined) throw notFound('credential')
        return updated
      })
      return one(row)
    },

    delete: async (id) => {
      await db.transaction(async (tx) => {
        await getRow(tx, id)
        const users = await tx.select({ name: awsAccount.name }).from(awsAccount).where(eq(awsAccount.credentialId, id))
        if (users.length > 0) {
          throw new AppError('CREDENTIAL_IN_USE', {
            message: `Used by ${users.map((user) => user.name).join(', ')}; give it another credential first.`,
          })
        }
        await vault.destroy(tx, id)
        await tx.delete(credential).where(eq(credential.id, id))
      })
    },

    test: async (id) => {
      const [row] = await db.select().from(credential).where(eq(credential.id, id))
      if (row === undefined) throw notFound('credential')
      const [user] = await db.select().from(awsAccount).where(eq(awsAccount.credentialId, id)).limit(1)
      const result = await ask(send, vault, row, user?.defaultRegion ?? (await ownRegion()))
      await db
        .update(credential)
        .set({ lastTested: new Date(), lastTestSucceeded: result.succeeded })
        .where(eq(credential.id, id))
      return result
    },
  }
}

const ask = async (send: Send, vault: Vault, row: Row, region: string): Promise<TestResult> => {
  const started = performance.now()
  const latencyMs = () => Math.round(performance.now() - started)
  const credentials = () => readAccessKey(vault, row.id, row.currentVersion)
  try {
    const { accountId, arn } = await getCallerIdentity(send, {
      connection: `credential-${row.id}-${row.currentVersion}`,
      credentials,
      region,
    })
    return { succeeded: true, accountId, arn, latencyMs: latencyMs(), message: null, fix: null }
  } catch (error) {
    if (error instanceof AppError) throw error
    const failure = awsFailure(error, 'sts:GetCallerIdentity')
    if (failure.retryable)
      throw new AppError(failure.status === 'THROTTLED' ? 'AWS_THROTTLED' : 'AWS_UNAVAILABLE', { cause: error })
    return {
      succeeded: false,
      accountId: null,
      arn: null,
      latencyMs: latencyMs(),
      message: failure.reason,
      fix: failure.fix,
    }
  }
}
