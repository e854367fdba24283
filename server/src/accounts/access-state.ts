import { eq } from 'drizzle-orm'
import type { Access } from '../aws/connection.ts'
import type { Transaction } from '../db/database.ts'
import { awsAccount, credential } from '../db/schema.ts'
import { retireScopes } from '../discovery/ledger.ts'
import { publish } from '../events/bus.ts'
import { recordEvents } from './account-events.ts'
import { isHeldPhase } from './held.ts'
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

const getsInBy = (row: AccountRow, access: Access): boolean => {
  switch (access.kind) {
    case 'access_key':
      return row.credentialId === access.credentialId
    case 'iam_role':
      return row.roleArn === access.roleArn && row.externalId === access.externalId
    case 'instance_profile':
      return row.credentialType === 'instance_profile'
  }
}

/**
 * The account, locked, if it still gets in the way that was tried; what was learnt of another access says nothing of it.
 * The access stays so until the transaction ends.
 */
export const lockWithAccess = async (tx: Transaction, id: string, access: Access): Promise<AccountRow | undefined> => {
  if (access.kind === 'access_key' && (await versionInForce(tx, access.credentialId)) !== access.version)
    return undefined
  const [row] = await tx.select().from(awsAccount).where(eq(awsAccount.id, id)).for('no key update')
  return row !== undefined && getsInBy(row, access) ? row : undefined
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

/** What follows for an account from another access: it rests until a worker has validated it, which is due now. */
export const withNewAccess = (row: AccountRow): Partial<AccountRow> => {
  if (isHeldPhase(row.phase)) return { ...unvalidated, status: row.status, phase: row.phase }
  // One that nobody has validated yet waits for whoever is setting it up.
  const untried = row.phase === 'PENDING' && row.nextValidation === null
  return { ...unvalidated, ...(untried ? {} : { nextValidation: new Date() }) }
}

/**
 * Holds accounts back until their new access is validated, which is due now: the key may be of another account, whose
 * resources would be stored in place of theirs.
 */
export const awaitValidation = async (tx: Transaction, credentialId: string, actor: string): Promise<void> => {
  const users = await tx
    .select()
    .from(awsAccount)
    .where(eq(awsAccount.credentialId, credentialId))
    .orderBy(awsAccount.id)
    .for('no key update')
  if (users.length === 0) return
  for (const user of users) {
    await tx
      .update(awsAccount)
      .set({ ...withNewAccess(user), updatedAt: new Date() })
      .where(eq(awsAccount.id, user.id))
    await retireScopes(tx, user.id)
    await publish(tx, { type: 'account', id: user.id })
  }
  const detail = 'The access key was replaced.'
  await recordEvents(
    tx,
    users.map(({ id }) => ({ connectionId: id, kind: 'ACCESS_CHANGED', actor, detail })),
  )
  await publish(tx, { type: 'work' })
}
