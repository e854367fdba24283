import { createServer, type Server } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Broker, createBroker } from '@dashboard/server/aws/broker.ts'
import { type ClientPool, createClientPool } from '@dashboard/server/aws/client-pool.ts'
import { clientsOf, type Connection } from '@dashboard/server/aws/connection.ts'
import { credentialsUnavailable } from '@dashboard/server/aws/credentials-unavailable.ts'
import { currentVersionOf, insertCredential, putAccessKey } from '@dashboard/server/credentials/store.ts'
import { type DatabaseConnection, openDatabase } from '@dashboard/server/db/database.ts'
import { credential, secretVersion } from '@dashboard/server/db/schema.ts'
import { createLog } from '@dashboard/server/log/log.ts'
import { keyDirectory } from '@dashboard/server/vault/key-directory.ts'
import { openLocalVault } from '@dashboard/server/vault/local.ts'
import type { Vault } from '@dashboard/server/vault/vault.ts'
import { createDatabase, type TestDatabase } from '../testing/database.ts'

const hour = 3_600_000

let database: TestDatabase
let connection: DatabaseConnection
let directory: string
let vault: Vault
let sts: Server
let pool: ClientPool
let broker: Broker

/** What STS was asked, and how it answers. */
const asked: URLSearchParams[] = []
const answers = { lifetimeMs: hour, error: undefined as string | undefined, accountId: '111111111111' }
const log = createLog({ level: 'silent', process: 'test' })

const sessionXml = (
  number: number,
): string => `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
<AssumedRoleUser><Arn>arn:aws:sts::${answers.accountId}:assumed-role/x/y</Arn><AssumedRoleId>x</AssumedRoleId></AssumedRoleUser>
<Credentials><AccessKeyId>ASIA${number}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${new Date(Date.now() + answers.lifetimeMs).toISOString()}</Expiration></Credentials>
</AssumeRoleResult></AssumeRoleResponse>`

const identityXml = () =>
  `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::${answers.accountId}:user/u</Arn><UserId>u</UserId><Account>${answers.accountId}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`

const errorXml = (code: string) =>
  `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`

const statusOf = (code: string): number => (code === 'InternalFailure' ? 500 : code === 'Throttling' ? 400 : 403)

const startSts = async (): Promise<string> => {
  sts = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const question = new URLSearchParams(Buffer.concat(chunks).toString())
      asked.push(question)
      const { error } = answers
      response.writeHead(error === undefined ? 200 : statusOf(error), { 'content-type': 'text/xml' })
      if (error !== undefined) response.end(errorXml(error))
      else response.end(question.get('Action') === 'AssumeRole' ? sessionXml(asked.length) : identityXml())
    })
  })
  await new Promise<void>((resolve) => sts.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(sts.address() as AddressInfo).port}`
}

beforeAll(async () => {
  process.env['AWS_ACCESS_KEY_ID'] = 'AKIAINSTALLATION'
  process.env['AWS_SECRET_ACCESS_KEY'] = 'secret of the installation'
  database = await createDatabase()
  connection = openDatabase(database.url, { max: 5, onError: () => undefined })
  directory = await mkdtemp(join(tmpdir(), 'dashboard-test-keys-'))
  vault = await openLocalVault({ db: connection.db, keys: keyDirectory(directory), tenant: 'tenant' })
  pool = createClientPool({ endpoint: await startSts() })
})

afterAll(async () => {
  pool?.close()
  sts?.close()
  await connection?.close()
  await database?.drop()
  if (directory) await rm(directory, { recursive: true, force: true })
})

beforeEach(() => {
  asked.length = 0
  Object.assign(answers, { lifetimeMs: hour, error: undefined, accountId: '111111111111' })
  const currentVersion = (id: string) => currentVersionOf(connection.db, id)
  broker = createBroker({ vault, send: pool.send, currentVersion, log })
})

const byRole = (id: string, externalId = 'e'): Connection => ({
  id,
  accountId: '111111111111',
  defaultRegion: 'eu-west-1',
  access: { kind: 'iam_role', roleArn: `arn:aws:iam::111111111111:role/${id}`, externalId },
})

test('many clients of one connection share one session, and another connection has its own', async () => {
  const leases = await Promise.all(Array.from({ length: 20 }, () => broker.lease(byRole('a'))()))
  expect(new Set(leases.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(['ASIA1']))
  expect((await broker.lease(byRole('b'))()).accessKeyId).toBe('ASIA2')
  expect(asked.map((question) => Object.fromEntries(question))).toMatchObject([
    { Action: 'AssumeRole', RoleArn: 'arn:aws:iam::111111111111:role/a', ExternalId: 'e', DurationSeconds: '3600' },
    { Action: 'AssumeRole', RoleArn: 'arn:aws:iam::111111111111:role/b', ExternalId: 'e' },
  ])
})

test('a session is renewed five minutes before it ends, not used until it fails', async () => {
  answers.lifetimeMs = 5 * 60_000 - 1_000
  const provider = broker.lease(byRole('a'))
  expect((await provider()).accessKeyId).toBe('ASIA1')
  expect((await provider()).accessKeyId).toBe('ASIA2')
})

test('a refusal is told to everybody who waited for it, and is not remembered', async () => {
  answers.error = 'AccessDenied'
  const provider = broker.lease(byRole('a'))
  const outcomes = await Promise.allSettled([provider(), provider(), provider()])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(asked).toHaveLength(1)
  answers.error = undefined
  expect((await provider()).accessKeyId).toBe('ASIA2')
})

test('a changed ExternalId is used at the next call, and a forgotten connection asks anew', async () => {
  await broker.lease(byRole('a', 'first'))()
  await broker.lease(byRole('a', 'second'))()
  await broker.lease(byRole('ab', 'first'))()
  expect(asked.map((question) => question.get('ExternalId'))).toEqual(['first', 'second', 'first'])
  broker.forget('a')
  await broker.lease(byRole('ab', 'first'))()
  expect(asked).toHaveLength(3)
  await broker.lease(byRole('a', 'second'))()
  expect(asked).toHaveLength(4)
})

const accessKey = (id: string) => ({ accessKeyId: id, secretAccessKey: 'x'.repeat(40) })

/** A stored key, and connections that use one version of it. */
const storeKey = async (id: string) => {
  const row = await connection.db.transaction((tx) =>
    insertCredential(tx, vault, { name: 'key', accessKey: accessKey(id) }),
  )
  const byKey = (version: number): Connection => ({
    id: `connection-${row.id}`,
    accountId: '111111111111',
    defaultRegion: 'eu-west-1',
    access: { kind: 'access_key', credentialId: row.id, version },
  })
  /** As the product does it: the next version in force, the older ones gone. */
  const replace = async (version: number, replacement: string): Promise<void> => {
    await connection.db.delete(secretVersion).where(eq(secretVersion.ownerId, row.id))
    await connection.db.transaction((tx) => putAccessKey(tx, vault, row.id, version, accessKey(replacement)))
    await connection.db.update(credential).set({ currentVersion: version }).where(eq(credential.id, row.id))
  }
  return { row, byKey, replace }
}

const failureOf = async (lease: () => Promise<unknown>) => {
  const error = await lease().then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return credentialsUnavailable(error)
}

test('a replaced access key is used at the next call, and a destroyed one never again', async () => {
  const { row, byKey } = await storeKey('AKIAOLD')
  expect((await broker.lease(byKey(1))()).accessKeyId).toBe('AKIAOLD')
  await connection.db.transaction((tx) => putAccessKey(tx, vault, row.id, 2, accessKey('AKIANEW')))
  expect((await broker.lease(byKey(2))()).accessKeyId).toBe('AKIANEW')
  await connection.db.delete(secretVersion).where(eq(secretVersion.ownerId, row.id))
  broker.forgetAll()
  for (const version of [1, 2]) {
    const failure = await failureOf(broker.lease(byKey(version)))
    expect(failure).toMatchObject({ kind: 'ours', cause: { code: 'VAULT_UNAVAILABLE' } })
    expect(failure?.reason).not.toMatch(/select|secret_version/)
  }
})

test('who still holds the provider of a replaced key goes on with the key in force', async () => {
  const { byKey, replace } = await storeKey('AKIAOLD')
  const provider = broker.lease(byKey(1))
  await replace(2, 'AKIANEW')
  expect((await provider()).accessKeyId).toBe('AKIANEW')
})

test('clients made for one access never serve another, even when the change was not heard of', async () => {
  const { byKey, replace } = await storeKey('AKIAOLD')
  const signer = async (version: number): Promise<string | undefined> => {
    const seen: string[] = []
    const credentials = async () => {
      const lease = await broker.lease(byKey(version))()
      seen.push(lease.accessKeyId)
      return lease
    }
    const call = { client: 'sts', region: 'eu-west-1', operation: 'GetCallerIdentity', input: {} }
    await pool.send({ ...call, connection: clientsOf(byKey(version)), credentials })
    return seen[0]
  }
  expect(await signer(1)).toBe('AKIAOLD')
  await replace(2, 'AKIANEW')
  expect(await signer(2)).toBe('AKIANEW')
})

test('credentials of another account are refused, whether of a key or of a role', async () => {
  answers.accountId = '222222222222'
  const { byKey } = await storeKey('AKIAFOREIGN')
  for (const wrong of [byKey(1), byRole('a')]) {
    expect(await failureOf(broker.lease(wrong))).toMatchObject({
      kind: 'refused',
      reason: 'The credentials belong to account 222222222222, not to 111111111111.',
      access: wrong.access,
    })
  }
})

test('a key proven before is used while AWS does not answer; one switched off is refused', async () => {
  const { byKey } = await storeKey('AKIAPROVEN')
  await broker.lease(byKey(1))()
  broker.forgetAll()
  answers.error = 'InternalFailure'
  expect((await broker.lease(byKey(1))()).accessKeyId).toBe('AKIAPROVEN')
  broker.forgetAll()
  answers.error = 'InvalidClientTokenId'
  expect(await failureOf(broker.lease(byKey(1)))).toMatchObject({ kind: 'refused' })
})

test.each([
  ['AccessDenied', 'refused'],
  ['Throttling', 'unanswered'],
  ['InternalFailure', 'unanswered'],
  // The installation's own key signs AssumeRole: the account has nothing to do with it.
  ['InvalidClientTokenId', 'ours'],
])('a call whose role is not assumed because of %s says that its credentials are %s', async (code, kind) => {
  answers.error = code
  const call = { client: 'ec2', region: 'eu-west-1', operation: 'DescribeVpcs', input: {} }
  const credentials = broker.lease(byRole(`role-${code}`))
  expect(await failureOf(() => pool.send({ ...call, connection: code, credentials }))).toMatchObject({ kind })
})
