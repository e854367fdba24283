import type { Vault } from '../vault/vault.ts'
import type { AwsCredentials } from './client-pool.ts'

/** One version of a stored access key. @throws AppError VAULT_UNAVAILABLE */
export const readAccessKey = async (vault: Vault, credentialId: string, version: number): Promise<AwsCredentials> => {
  const secret = await vault.read({ owner: credentialId, kind: 'access-key', version })
  const { accessKeyId, secretAccessKey } = JSON.parse(secret.reveal()) as {
    accessKeyId: string
    secretAccessKey: string
  }
  return { accessKeyId, secretAccessKey }
}
