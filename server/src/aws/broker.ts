import { LRUCache } from 'lru-cache'
import { fromNodeProviderChain } from '@aws-sdk/credential-providers'
import type { Vault } from '../vault/vault.ts'
import type { AwsCredentials, CredentialProvider, Send } from './client-pool.ts'
import { assumeRole } from './sts.ts'

/** What the broker needs to know of a connection. */
export interface Connection {
  id: string
  accountId: string
  defaultRegion: string
  access:
    | { kind: 'iam_role'; roleArn: string; externalId: string }
    | { kind: 'access_key'; credentialId: string; version: number }
}

export interface Broker {
  /** Credentials for a connection, fetched at use and renewed five minutes before they end. */
  lease(connection: Connection): CredentialProvider
  /** The identity of this installation, from the SDK's default chain: environment, profile, container, instance. */
  own: CredentialProvider
  forget(connectionId: string): void
}

const renewBefore = 5 * 60 * 1000
/** A stored access key is read from the vault again after this, so that a replaced one is used soon. */
const accessKeyFor = 60 * 1000

export const readAccessKey = async (vault: Vault, credentialId: string, version: number): Promise<AwsCredentials> => {
  const secret = await vault.read({ owner: credentialId, kind: 'access-key', version })
  const { accessKeyId, secretAccessKey } = JSON.parse(secret.reveal()) as {
    accessKeyId: string
    secretAccessKey: string
  }
  return { accessKeyId, secretAccessKey }
}

/** Hands out credential providers; one refresh per connection serves every client of it. */
export const createBroker = (options: { vault: Vault; send: Send }): Broker => {
  const { vault, send } = options
  const own: CredentialProvider = memoise(fromNodeProviderChain())
  const held = new LRUCache<string, { until: number; credentials: Promise<AwsCredentials> }>({ max: 5_000 })

  const fetchFor = async ({ access, defaultRegion, id }: Connection): Promise<AwsCredentials> => {
    if (access.kind === 'access_key') {
      const key = await readAccessKey(vault, access.credentialId, access.version)
      return { ...key, expiration: new Date(Date.now() + accessKeyFor + renewBefore) }
    }
    const sessionName = `awsdash-${id.slice(-12)}`
    const { roleArn, externalId } = access
    return (await assumeRole(send, own, { roleArn, externalId, sessionName, region: defaultRegion })).credentials
  }

  return {
    own,
    lease: (connection) => async () => {
      const key = `${connection.id}|${JSON.stringify(connection.access)}`
      const current = held.get(key)
      if (current !== undefined && current.until > Date.now()) return current.credentials
      const entry = { until: Number.MAX_SAFE_INTEGER, credentials: fetchFor(connection) }
      held.set(key, entry)
      try {
        const credentials = await entry.credentials
        entry.until = (credentials.expiration?.getTime() ?? 0) - renewBefore
        return credentials
      } catch (error) {
        held.delete(key)
        throw error
      }
    },
    forget: (connectionId) => {
      for (const key of held.keys()) if (key.startsWith(`${connectionId}|`)) held.delete(key)
    },
  }
}

/** The default chain looks at files and the network each time; its answer serves until shortly before it ends. */
const memoise = (provider: () => Promise<AwsCredentials>): CredentialProvider => {
  let current: { until: number; credentials: AwsCredentials } | undefined
  return async () => {
    if (current !== undefined && current.until > Date.now()) return current.credentials
    const credentials = await provider()
    const until =
      credentials.expiration === undefined ? Date.now() + accessKeyFor : credentials.expiration.getTime() - renewBefore
    current = { until, credentials }
    return credentials
  }
}
