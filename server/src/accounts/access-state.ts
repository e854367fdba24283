import { eq, inArray } from 'drizzle-orm'
import type { Access } from '../aws/connection.ts'
import type { Transaction } from '../db/database.ts'
import { awsAccount, credential } from '../db/schema.ts'
import { retireScopes } from '../discovery/ledger.ts'
import { publish } from '../events/bus.ts'
import type { AccountRow } from './present.ts'

/*
 * Locks in this order, everywhere: credential, account, scopes. So whoever holds an account never waits for a credential
 * that somebody holds who waits for the account.
 */

const versionInForce = async (tx: Transaction, credentialId: string): Promise<number | undefined> => {
  const [row] = await tx
    .select({ version: credential.currentVersion })
    .from(credential)
    .where(eq(credential.id, credentialId))
    .for('share')
  return row?.version
}

/**
 * The account, locked, if it still gets in the way that was tried; what was learnt of another access says nothing of it.
 * The access stays so until the transaction ends.
 */
export const lockWithAccess = async (tx: Transaction, id: string, access: Access): Promise<AccountRow | undefined> => {
  if (access.kind === 'access_key' && (await versionInForce(tx, access.credentialId)) !== access.version)
    return undefined
  const [row] = await tx.select().from(awsAccount).where(eq(awsAccount.id, id)).for('no key update')
  const same =
    access.kind === 'access_key'
      ? row?.credentialId === access.credentialId
      : row?.roleArn === access.roleArn && row.externalId === access.externalId
  return same ? row : undefined
}

/** What an account is until its access has been validated: not discovered, and nothing said of it. */
export const unvalidated = {
  status: 'inactive',
  phase: 'PENDING',
  exposed: false,
  fix: null,
  lastError: null,
  lastValidated: null,
  permissions: [],
} satisfies Partial<AccountRow>

/**
 * Holds accounts back until their new access is validated: the key may be of another account, whose resources would be
 * stored in place of theirs.
 */
export const awaitValidation = async (tx: Transaction, credentialId: string): Promise<void> => {
  const users = await tx
    .select({ id: awsAccount.id })
    .from(awsAccount)
    .where(eq(awsAccount.credentialId, credentialId))
    .orderBy(awsAccount.id)
    .for('no key update')
  const ids = users.map((user) => user.id)
  if (ids.length === 0) return
  await tx
    .update(awsAccount)
    .set({ ...unvalidated, updatedAt: new Date() })
    .where(inArray(awsAccount.id, ids))
  for (const id of ids) {
    await retireScopes(tx, id)
    await publish(tx, { type: 'account', id })
  }
}
