import { eq } from 'drizzle-orm'
import { uuidv7 } from 'uuidv7'
import type { AccessKey } from '@dashboard/contract/credentials.ts'
import type { Database, Transaction } from '../db/database.ts'
import { credential } from '../db/schema.ts'
import { Secret } from '../secret.ts'
import type { Vault } from '../vault/vault.ts'

/** First and last four characters: enough to recognise a key in the AWS console. */
export const hintOf = (accessKeyId: string): string => `${accessKeyId.slice(0, 4)}…${accessKeyId.slice(-4)}`

/** Writes one version of an access key into the vault, within the caller's transaction. */
export const putAccessKey = (
  tx: Transaction,
  vault: Vault,
  id: string,
  version: number,
  accessKey: AccessKey,
): Promise<void> => vault.put(tx, { owner: id, kind: 'access-key', version }, new Secret(JSON.stringify(accessKey)))

/** The version in force; undefined when there is no such credential. */
export const currentVersionOf = async (db: Database, id: string): Promise<number | undefined> => {
  const [row] = await db.select({ version: credential.currentVersion }).from(credential).where(eq(credential.id, id))
  return row?.version
}

/** Stores a new credential with its secret, within the caller's transaction. */
export const insertCredential = async (
  tx: Transaction,
  vault: Vault,
  input: { name: string; accessKey: AccessKey | undefined },
): Promise<typeof credential.$inferSelect> => {
  if (input.accessKey === undefined) throw new Error('no access key given')
  const id = uuidv7()
  const [row] = await tx
    .insert(credential)
    .values({
      id,
      name: input.name,
      kind: 'access_key',
      accessKeyIdHint: hintOf(input.accessKey.accessKeyId),
      currentVersion: 1,
    })
    .returning()
  if (row === undefined) throw new Error('insert returned nothing')
  await putAccessKey(tx, vault, id, 1, input.accessKey)
  return row
}
