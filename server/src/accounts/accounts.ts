import { asc, count, eq, gt } from 'drizzle-orm'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import type {
  AccountEvent,
  AddAccount,
  AWSAccount,
  AWSAccountSummary,
  UpdateAccount,
} from '@dashboard/contract/accounts.ts'
import type { Coverage } from '@dashboard/contract/vocabulary.ts'
import type { Connection } from '../aws/connection.ts'
import { partitionOf } from '../aws/partition.ts'
import type { Database, Transaction } from '../db/database.ts'
import { awsAccount, credential } from '../db/schema.ts'
import { readCoverage } from '../discovery/coverage.ts'
import { retireScopes, syncScopes } from '../discovery/ledger.ts'
import { AppError, notFound } from '../errors.ts'
import { publish } from '../events/bus.ts'
import { decodeToken, encodeToken } from '../paging.ts'
import type { Vault } from '../vault/vault.ts'
import { recordEvent } from './account-events.ts'
import { unvalidated, withNewAccess } from './access-state.ts'
import { readHistory } from './history.ts'
import { accessColumns, invalid, requireCredential } from './new-access.ts'
import { accountListColumns, presentAccount, presentAccounts, type AccountRow } from './present.ts'
import { flawOfRoleArn } from './role-arn.ts'

export interface Accounts {
  /** `actor` is an email, here and below. */
  add(input: AddAccount, actor: string): Promise<AWSAccount>
  list(page: {
    maxResults: number
    nextToken?: string | undefined
  }): Promise<{ items: AWSAccountSummary[]; nextToken?: string; total: number; coverage: Coverage }>
  get(id: string): Promise<AWSAccount>
  history(page: {
    id: string
    maxResults: number
    nextToken?: string | undefined
  }): Promise<{ items: AccountEvent[]; nextToken?: string }>
  update(input: z.output<typeof UpdateAccount>, actor: string): Promise<AWSAccount>
  delete(id: string): Promise<void>
}

/** @throws AppError NOT_FOUND */
export const getAccountRow = async (db: Database | Transaction, id: string): Promise<AccountRow> => {
  const [row] = await db.select().from(awsAccount).where(eq(awsAccount.id, id))
  if (row === undefined) throw notFound('account')
  return row
}

/** What the broker needs to act in an account. */
export const connectionOf = async (db: Database, row: AccountRow): Promise<Connection> => {
  const common = { id: row.id, accountId: row.accountId, defaultRegion: row.defaultRegion }
  if (row.credentialType === 'instance_profile') return { ...common, access: { kind: 'instance_profile' } }
  if (row.credentialType === 'iam_role' && row.roleArn !== null && row.externalId !== null) {
    return { ...common, access: { kind: 'iam_role', roleArn: row.roleArn, externalId: row.externalId } }
  }
  const [key] =
    row.credentialId === null ? [] : await db.select().from(credential).where(eq(credential.id, row.credentialId))
  if (key === undefined)
    throw new AppError('CREDENTIAL_TYPE_MISMATCH', { message: 'This account has no usable credential; give it one.' })
  return { ...common, access: { kind: 'access_key', credentialId: key.id, version: key.currentVersion } }
}

const requireConsistent = (value: {
  accountId: string
  regions: string[]
  defaultRegion: string
  roleArn?: string | null | undefined
}): string => {
  if (new Set(value.regions).size !== value.regions.length) throw invalid('regions', 'A region is listed twice.')
  if (!value.regions.includes(value.defaultRegion))
    throw invalid('defaultRegion', 'The default region must be one of `regions`.')
  const partitions = new Set(value.regions.map(partitionOf))
  const [partition = 'aws'] = partitions
  if (partitions.size > 1)
    throw invalid(
      'regions',
      `All regions of an account lie in one partition; these lie in ${[...partitions].join(' and ')}.`,
    )
  if (value.roleArn) {
    const [, arnPartition, , , arnAccount] = value.roleArn.split(':')
    if (arnAccount !== value.accountId)
      throw invalid('roleArn', `The role is in account ${arnAccount}, not in ${value.accountId}.`)
    if (arnPartition !== partition)
      throw invalid('roleArn', `The role is in partition ${arnPartition}, the regions in ${partition}.`)
    const flaw = flawOfRoleArn(value.roleArn)
    if (flaw !== undefined) throw invalid('roleArn', flaw)
  }
  return partition
}

const isUniqueViolation = (error: unknown, constraint: string): boolean => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return (
    (cause as { code?: string; constraint?: string }).code === '23505' &&
    (cause as { constraint?: string }).constraint === constraint
  )
}

const Cursor = z.tuple([z.uuid()])

/** Connected AWS accounts. */
export const createAccounts = (options: { db: Database; vault: Vault }): Accounts => {
  const { db, vault } = options
  const one = (row: AccountRow): Promise<AWSAccount> => presentAccount(db, row)

  return {
    add: async (input, actor) => {
      const defaultRegion = input.defaultRegion ?? input.regions[0] ?? ''
      const partition = requireConsistent({
        ...input,
        defaultRegion,
        roleArn: input.credentialType === 'iam_role' ? input.roleArn : null,
      })
      const id = uuidv7()
      const row = await db
        .transaction(async (tx) => {
          const access = await accessColumns(tx, vault, input, partition)
          const [inserted] = await tx
            .insert(awsAccount)
            .values({
              id,
              name: input.name,
              accountId: input.accountId,
              partition,
              regions: input.regions,
              defaultRegion,
              tags: input.tags ?? {},
              environment: input.environment ?? null,
              ...unvalidated,
              ...access,
            })
            .returning()
          if (inserted === undefined) throw new Error('insert returned nothing')
          await syncScopes(tx, id)
          await recordEvent(tx, { connectionId: id, kind: 'ADDED', actor })
          await publish(tx, { type: 'account', id })
          return inserted
        })
        .catch((error: unknown) => {
          throw isUniqueViolation(error, 'aws_account_identity')
            ? new AppError('ACCOUNT_EXISTS', { cause: error })
            : error
        })
      return one(row)
    },

    list: async ({ maxResults, nextToken }) => {
      const after = decodeToken(Cursor, nextToken)?.[0]
      const rows = await db
        .select(accountListColumns)
        .from(awsAccount)
        .where(after === undefined ? undefined : gt(awsAccount.id, after))
        .orderBy(asc(awsAccount.id))
        .limit(maxResults + 1)
      const page = rows.slice(0, maxResults)
      const [[counted], coverage, items] = await Promise.all([
        db.select({ total: count() }).from(awsAccount),
        readCoverage(db),
        presentAccounts(db, page),
      ])
      const last = rows.length > maxResults ? page.at(-1) : undefined
      return {
        items,
        total: counted?.total ?? 0,
        coverage,
        ...(last === undefined ? {} : { nextToken: encodeToken([last.id]) }),
      }
    },

    history: async (page) => {
      await getAccountRow(db, page.id)
      return readHistory(db, page)
    },

    get: async (id) => one(await getAccountRow(db, id)),

    update: async ({ id, ...change }, actor) => {
      const row = await db.transaction(async (tx) => {
        requireApplicable(await getAccountRow(tx, id), change)
        if (change.credentialId !== undefined) await requireCredential(tx, change.credentialId)
        const current = await lockAccount(tx, id)
        const next = { ...current, ...definedOnly(change) }
        if (
          change.regions !== undefined &&
          change.defaultRegion === undefined &&
          !next.regions.includes(next.defaultRegion)
        ) {
          next.defaultRegion = next.regions[0] ?? ''
        }
        const partition = requireConsistent(next)
        if (partition !== current.partition)
          throw invalid('regions', `This account is in partition ${current.partition}.`)
        const accessChanged = next.roleArn !== current.roleArn || next.credentialId !== current.credentialId
        const [updated] = await tx
          .update(awsAccount)
          .set({
            name: next.name,
            regions: next.regions,
            defaultRegion: next.defaultRegion,
            roleArn: next.roleArn,
            credentialId: next.credentialId,
            tags: next.tags,
            environment: next.environment,
            ...(accessChanged ? withNewAccess(current) : {}),
            updatedAt: new Date(),
          })
          .where(eq(awsAccount.id, id))
          .returning()
        if (updated === undefined) throw notFound('account')
        await syncScopes(tx, id)
        if (accessChanged) {
          await retireScopes(tx, id)
          await recordEvent(tx, {
            connectionId: id,
            kind: 'ACCESS_CHANGED',
            actor,
            detail: accessChangeOf(current, next),
          })
          await publish(tx, { type: 'work' })
        }
        await publish(tx, { type: 'account', id })
        return updated
      })
      return one(row)
    },

    delete: async (id) => {
      await db.transaction(async (tx) => {
        const { credentialId: known } = await getAccountRow(tx, id)
        if (known !== null) await lockCredential(tx, known)
        const { credentialId } = await lockAccount(tx, id)
        await retireScopes(tx, id)
        await tx.delete(awsAccount).where(eq(awsAccount.id, id))
        if (credentialId !== null) await deleteIfUnused(tx, vault, credentialId)
        await publish(tx, { type: 'account', id })
      })
    },
  }
}

const definedOnly = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }

/** In words. */
const accessChangeOf = (before: AccountRow, after: Pick<AccountRow, 'roleArn'>): string =>
  after.roleArn === before.roleArn ? 'Another credential.' : `${after.roleArn} instead of ${before.roleArn}.`

/** How it is connected, for messages. */
const wayOf = {
  iam_role: 'with a role',
  access_key: 'with an access key',
  instance_profile: 'with the identity of this installation',
} as const

const requireApplicable = (
  current: AccountRow,
  change: { roleArn?: string | undefined; credentialId?: string | undefined },
): void => {
  if (change.roleArn !== undefined && current.credentialType !== 'iam_role') {
    throw new AppError('CREDENTIAL_TYPE_MISMATCH', {
      message: `This account is connected ${wayOf[current.credentialType]}; it has no role.`,
    })
  }
  if (change.credentialId !== undefined && current.credentialType !== 'access_key') {
    throw new AppError('CREDENTIAL_TYPE_MISMATCH', {
      message: `This account is connected ${wayOf[current.credentialType]}; it uses no stored credential.`,
    })
  }
}

/** Locks are taken in the order that `access-state.ts` tells. @throws AppError NOT_FOUND */
const lockAccount = async (tx: Transaction, id: string): Promise<AccountRow> => {
  const [row] = await tx.select().from(awsAccount).where(eq(awsAccount.id, id)).for('no key update')
  if (row === undefined) throw notFound('account')
  return row
}

const lockCredential = (tx: Transaction, id: string) =>
  tx.select({ id: credential.id }).from(credential).where(eq(credential.id, id)).for('update')

const deleteIfUnused = async (tx: Transaction, vault: Vault, credentialId: string): Promise<void> => {
  await lockCredential(tx, credentialId)
  const [user] = await tx
    .select({ id: awsAccount.id })
    .from(awsAccount)
    .where(eq(awsAccount.credentialId, credentialId))
    .limit(1)
  if (user !== undefined) return
  await vault.destroy(tx, credentialId)
  await tx.delete(credential).where(eq(credential.id, credentialId))
}
