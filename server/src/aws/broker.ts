import { ExponentialBackoff, handleWhen, retry } from 'cockatiel'
import { LRUCache } from 'lru-cache'
import type { Logger } from '../log/log.ts'
import type { Vault } from '../vault/vault.ts'
import { readAccessKey } from './access-key.ts'
import type { AwsCredentials, CredentialProvider, Send } from './client-pool.ts'
import { type Access, clientsOf, type Connection } from './connection.ts'
import {
  assumeRoleFailed,
  connectionHeld,
  credentialsUnavailable,
  identityFailed,
  keyUnreadable,
  ownIdentityMissing,
  wrongAccount,
} from './credentials-unavailable.ts'
import { createOwnCredentials, type OwnCredentials } from './own-credentials.ts'
import { assumeRole, getCallerIdentity } from './sts.ts'

export interface Broker {
  /**
   * Credentials for a connection, fetched at use, proven to be of its account, renewed five minutes before they end.
   * What the provider throws is always a CredentialsUnavailable.
   */
  lease(connection: Connection): CredentialProvider
  /** The identity of this installation, from the SDK's default chain: environment, profile, container, instance. */
  own: OwnCredentials
  forget(connectionId: string): void
  forgetAll(): void
}

type KeyAccess = Extract<Access, { kind: 'access_key' }>
type RoleAccess = Extract<Access, { kind: 'iam_role' }>
type OwnAccess = Extract<Access, { kind: 'instance_profile' }>

const renewBefore = 5 * 60 * 1000
/** A stored access key is read and proven again after this, so that one switched off in AWS is noticed soon. */
const accessKeyFor = 60 * 1000

const patiently = retry(
  handleWhen((error) => credentialsUnavailable(error)?.kind === 'unanswered'),
  { maxAttempts: 2, backoff: new ExponentialBackoff({ initialDelay: 200, maxDelay: 2_000 }) },
)

/** Hands out credential providers; one refresh per connection serves every client of it. */
export const createBroker = (options: {
  vault: Vault
  send: Send
  /** The version of a stored key that is in force; undefined when the credential is gone. */
  currentVersion: (credentialId: string) => Promise<number | undefined>
  /** Whether nothing may be called in the account for now (paused, retired). Default: always allowed. */
  isHeld?: (connectionId: string) => Promise<boolean>
  own?: OwnCredentials
  log: Logger
}): Broker => {
  const { vault, send, currentVersion, isHeld = () => Promise.resolve(false), log } = options
  const own = options.own ?? createOwnCredentials()
  const held = new LRUCache<string, { until: number; credentials: Promise<AwsCredentials> }>({ max: 5_000 })
  /** Account by key or version of a key. None ever moves to another account, so this holds while AWS does not answer. */
  const proven = new LRUCache<string, string>({ max: 5_000 })

  /** The version asked for; the one in force when that was replaced since. */
  const readKey = async (access: KeyAccess): Promise<{ key: AwsCredentials; access: KeyAccess }> => {
    try {
      return { key: await readAccessKey(vault, access.credentialId, access.version), access }
    } catch (error) {
      const version = await currentVersion(access.credentialId).catch(() => undefined)
      if (version === undefined || version === access.version) throw keyUnreadable(error, access)
      const current = { ...access, version }
      const key = await readAccessKey(vault, access.credentialId, version).catch((cause: unknown) => {
        throw keyUnreadable(cause, current)
      })
      return { key, access: current }
    }
  }

  const accountOf = async (
    connection: Connection,
    access: KeyAccess | OwnAccess,
    key: AwsCredentials,
  ): Promise<string> => {
    const version = access.kind === 'access_key' ? `${access.credentialId}@${access.version}` : `own@${key.accessKeyId}`
    try {
      const { accountId } = await getCallerIdentity(send, {
        connection: `${clientsOf({ id: connection.id, access })}|proof|${version}`,
        credentials: () => Promise.resolve(key),
        region: connection.defaultRegion,
      })
      proven.set(version, accountId)
      return accountId
    } catch (error) {
      const failure = identityFailed(error, access)
      const known = proven.get(version)
      if (failure.kind === 'unanswered' && known !== undefined) return known
      throw failure
    }
  }

  const leaseKey = async (connection: Connection, wanted: KeyAccess): Promise<AwsCredentials> => {
    const { key, access } = await readKey(wanted)
    const accountId = await accountOf(connection, access, key)
    if (accountId !== connection.accountId) throw wrongAccount(accountId, connection.accountId, access)
    return { ...key, expiration: new Date(Date.now() + accessKeyFor + renewBefore) }
  }

  const leaseOwn = async (connection: Connection, access: OwnAccess): Promise<AwsCredentials> => {
    const key = await own().catch((error: unknown) => {
      throw ownIdentityMissing(error, access)
    })
    const accountId = await accountOf(connection, access, key).catch((error: unknown) => {
      // Ended before its time: a new sign-in or a new session is to be found at the next try.
      if (credentialsUnavailable(error)?.kind === 'refused') own.forget()
      throw error
    })
    if (accountId !== connection.accountId) throw wrongAccount(accountId, connection.accountId, access)
    return key
  }

  const leaseRole = async (connection: Connection, access: RoleAccess): Promise<AwsCredentials> => {
    const { roleArn, externalId } = access
    const sessionName = `awsdash-${connection.id.slice(-12)}`
    const input = { roleArn, externalId, sessionName, region: connection.defaultRegion }
    const { credentials, assumedRoleArn } = await assumeRole(send, own, input).catch((error: unknown) => {
      const failure = assumeRoleFailed(error, access)
      // Our own session has ended: a new sign-in is to be found at the next try.
      if (failure.kind === 'ours') own.forget()
      throw failure
    })
    const accountId = assumedRoleArn.split(':')[4] ?? ''
    if (accountId !== connection.accountId) throw wrongAccount(accountId, connection.accountId, access)
    return credentials
  }

  const leaseBy = (connection: Connection): Promise<AwsCredentials> => {
    const { access } = connection
    if (access.kind === 'access_key') return leaseKey(connection, access)
    return access.kind === 'iam_role' ? leaseRole(connection, access) : leaseOwn(connection, access)
  }

  const fetchFor = async (connection: Connection): Promise<AwsCredentials> => {
    const held = await isHeld(connection.id).catch((error: unknown) => {
      throw connectionHeld(connection.access, error)
    })
    if (held) throw connectionHeld(connection.access)
    return patiently.execute(() => leaseBy(connection))
  }

  return {
    own,
    lease: (connection) => async () => {
      const key = clientsOf(connection)
      const current = held.get(key)
      if (current !== undefined && current.until > Date.now()) return current.credentials
      const entry = { until: Number.MAX_SAFE_INTEGER, credentials: fetchFor(connection) }
      held.set(key, entry)
      try {
        const credentials = await entry.credentials
        entry.until = (credentials.expiration?.getTime() ?? 0) - renewBefore
        return credentials
      } catch (err) {
        if (held.get(key) === entry) held.delete(key)
        const kind = credentialsUnavailable(err)?.kind
        log.warn({ err, kind, connectionId: connection.id, accountId: connection.accountId }, 'no credentials')
        throw err
      }
    },
    forget: (connectionId) => {
      for (const key of held.keys()) if (key.startsWith(`${connectionId}|`)) held.delete(key)
    },
    forgetAll: () => held.clear(),
  }
}
