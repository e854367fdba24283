import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { AddAccount } from '@dashboard/contract/accounts.ts'
import { insertCredential } from '../credentials/store.ts'
import type { Transaction } from '../db/database.ts'
import { credential } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import type { Vault } from '../vault/vault.ts'

/** The role our templates create. */
export const roleName = 'AwsIntegrationDashboard'

/** One field is not as it must be. */
export const invalid = (path: string, message: string): AppError =>
  new AppError('INVALID_INPUT', { issues: [{ path, message }] })

/** 128 bits of our own making: a customer who chose it could choose somebody else's. */
const newExternalId = (): string => randomBytes(16).toString('hex')

/** The credential stays until the transaction ends: a deletion waits, and then finds it in use. */
export const requireCredential = async (tx: Transaction, id: string): Promise<void> => {
  const [found] = await tx.select({ id: credential.id }).from(credential).where(eq(credential.id, id)).for('share')
  if (found === undefined) throw invalid('credentialId', 'There is no credential with this id.')
}

/** How a new connection gets in. @throws AppError INVALID_INPUT */
export const accessColumns = async (tx: Transaction, vault: Vault, input: AddAccount, partition: string) => {
  if (input.credentialType === 'iam_role') {
    const roleArn = input.roleArn ?? `arn:${partition}:iam::${input.accountId}:role/${roleName}`
    return { credentialType: 'iam_role', roleArn, externalId: newExternalId() } as const
  }
  if (input.credentialType === 'instance_profile') return { credentialType: 'instance_profile' } as const
  if ((input.credentialId === undefined) === (input.accessKey === undefined)) {
    throw invalid('accessKey', 'Give either `accessKey` or the id of a stored credential.')
  }
  if (input.credentialId !== undefined) await requireCredential(tx, input.credentialId)
  const credentialId =
    input.credentialId ?? (await insertCredential(tx, vault, { name: input.name, accessKey: input.accessKey })).id
  return { credentialType: 'access_key', credentialId } as const
}
