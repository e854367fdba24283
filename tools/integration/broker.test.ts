import { createServer, type Server } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Broker, type Connection, createBroker } from '@dashboard/server/aws/broker.ts'
import { type ClientPool, createClientPool } from '@dashboard/server/aws/client-pool.ts'
import { insertCredential, putAccessKey } from '@dashboard/server/credentials/store.ts'
import { type DatabaseConnection, openDatabase } from '@dashboard/server/db/database.ts'
import { secretVersion } from '@dashboard/server/db/schema.ts'
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
const answers = { lifetimeMs: hour, denied: false }

const sessionXml = (
  number: number,
): string => `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
<AssumedRoleUser><Arn>arn:aws:sts::111111111111:assumed-role/x/y</Arn><AssumedRoleId>x</AssumedRoleId></AssumedRoleUser>
<Credentials><AccessKeyId>ASIA${number}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${new Date(Date.now() + answers.lifetimeMs).toISOString()}</Expiration></Credentials>
</AssumeRoleResult></AssumeRoleResponse>`

const denialXml =
  '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>'

const startSts = async (): Promise<string> => {
  sts = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      asked.push(new URLSearchParams(Buffer.concat(chunks).toString()))
      response.writeHead(answers.denied ? 403 : 200, { 'content-type': 'text/xml' })
      response.end(answers.denied ? denialXml : sessionXml(asked.length))
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
  Object.assign(answers, { lifetimeMs: hour, denied: false })
  broker = createBroker({ vault, send: pool.send })
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
  answers.denied = true
  const provider = broker.lease(byRole('a'))
  const outcomes = await Promise.allSettled([provider(), provider(), provider()])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(asked).toHaveLength(1)
  answers.denied = false
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

test('a replaced access key is used at the next call, and a destroyed one never again', async () => {
  const accessKey = (id: string) => ({ accessKeyId: id, secretAccessKey: 'x'.repeat(40) })
  const row = await connection.db.transaction((tx) =>
    insertCredential(tx, vault, { name: 'key', accessKey: accessKey('AKIAOLD') }),
  )
  const byKey = (version: number): Connection => ({
    id: 'k',
    accountId: '111111111111',
    defaultRegion: 'eu-west-1',
    access: { kind: 'access_key', credentialId: row.id, version },
  })
  expect((await broker.lease(byKey(1))()).accessKeyId).toBe('AKIAOLD')
  await connection.db.transaction((tx) => putAccessKey(tx, vault, row.id, 2, accessKey('AKIANEW')))
  expect((await broker.lease(byKey(2))()).accessKeyId).toBe('AKIANEW')
  await connection.db.delete(secretVersion).where(eq(secretVersion.ownerId, row.id))
  broker.forget('k')
  for (const version of [1, 2])
    await expect(broker.lease(byKey(version))()).rejects.toMatchObject({ code: 'VAULT_UNAVAILABLE' })
})
