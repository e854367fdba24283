import { CreateAccessKeyCommand, IAMClient, UpdateAccessKeyCommand } from '@aws-sdk/client-iam'
import { eq, sql } from 'drizzle-orm'
import type { AccountEvent, AWSAccount } from '@dashboard/contract/accounts.ts'
import type { Credential } from '@dashboard/contract/credentials.ts'
import { markAccessLost } from '@dashboard/server/accounts/access-lost.ts'
import { connectionOf, getAccountRow } from '@dashboard/server/accounts/accounts.ts'
import { createOwnIdentity } from '@dashboard/server/accounts/own-identity.ts'
import { revalidateDue } from '@dashboard/server/accounts/validation/revalidation.ts'
import { type CredentialsUnavailable, credentialsUnavailable } from '@dashboard/server/aws/credentials-unavailable.ts'
import { readConfig } from '@dashboard/server/config/config.ts'
import { openCore } from '@dashboard/server/core.ts'
import { awsAccount } from '@dashboard/server/db/schema.ts'
import { createLog } from '@dashboard/server/log/log.ts'
import { startWorkerProcess } from '@dashboard/server/worker-process.ts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Keys, startAws, type TestAws } from '../testing/aws.ts'
import { connectByRole, discover, validate } from '../testing/connect.ts'
import { adminEmail, type Product, startProduct } from '../testing/product.ts'

const own = '100000000001'
const orders = '200000000002'
const legacy = '300000000003'
const regions = ['eu-west-1', 'us-east-1']

let aws: TestAws
let product: Product
let legacyKey: Keys
/** A second key of the same user. */
let rotatedKey: Keys
let otherKey: Keys
let account: AWSAccount

const keyOf = async (accountId: string, UserName: string): Promise<Keys> => {
  const { AccessKey } = await aws.client(IAMClient, accountId).send(new CreateAccessKeyCommand({ UserName }))
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
}

const setKey = (Status: 'Active' | 'Inactive') =>
  aws
    .client(IAMClient, legacy)
    .send(new UpdateAccessKeyCommand({ UserName: 'legacy', AccessKeyId: legacyKey.accessKeyId, Status }))

/** A worker as in production: it shares the database with the API, and hears of changes only through it. */
const startWorker = async (): Promise<AsyncDisposable> => {
  const config = readConfig({
    ROLE: 'worker',
    DATA_DIR: product.dataDir,
    DATABASE_URL: product.database.url,
    AWS_ENDPOINT_URL: aws.endpoint,
  })
  const log = createLog({ level: 'silent', process: 'test' })
  const core = await openCore({ config, databaseUrl: product.database.url, log })
  const metrics = { scanned: () => undefined }
  const worker = await startWorkerProcess({ core, databaseUrl: product.database.url, metrics, log })
  return {
    [Symbol.asyncDispose]: async () => {
      await worker[Symbol.asyncDispose]()
      await core[Symbol.asyncDispose]()
    },
  }
}

/** Cuts the connections that hear signals; they come back after a second, and what was said meanwhile is lost. */
const deafen = () =>
  product.core.database.db.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'aws-integration-dashboard listen'`)

const shown = async (): Promise<AWSAccount> =>
  (await product.call<AWSAccount>('GET', `/aws/accounts/${account.id}`)).body

const replaceKey = (accessKey: Keys) =>
  product.call<Credential>('PUT', `/credentials/${account.credentialId}`, { accessKey })

/** Why the account has no credentials now. */
const refusedLease = async (): Promise<CredentialsUnavailable> => {
  const { db } = product.core.database
  const connection = await connectionOf(db, await getAccountRow(db, account.id))
  product.core.broker.forget(account.id)
  const failure = await product.core.broker
    .lease(connection)()
    .then(() => undefined, credentialsUnavailable)
  if (failure === undefined) throw new Error('credentials were handed out')
  return failure
}

beforeAll(async () => {
  aws = await startAws([own, orders, legacy])
  const identity = await aws.createUser(own, 'dashboard')
  const { arn: _legacyArn, ...first } = await aws.createUser(legacy, 'legacy')
  const { arn: _ordersArn, ...foreign } = await aws.createUser(orders, 'orders')
  legacyKey = first
  rotatedKey = await keyOf(legacy, 'legacy')
  otherKey = foreign
  product = await startProduct({ endpoint: aws.endpoint, identity })
})

afterAll(async () => {
  await product?.close()
  await aws?.close()
})

beforeEach(async () => {
  const input = { credentialType: 'access_key', name: 'legacy', accountId: legacy, regions, accessKey: legacyKey }
  account = (await product.call<AWSAccount>('POST', '/aws/accounts', input)).body
  await validate(product, account.id)
  if ((await shown()).status !== 'active') throw new Error('the account does not connect')
})

afterEach(async () => {
  aws.gateway.setFaults({})
  await setKey('Active')
  await product.call('DELETE', `/aws/accounts/${account.id}`)
})

describe('Replacing what an account is connected with', () => {
  test('a rotated key is discovered with, though the worker heard nothing of it amid its scans', async () => {
    await using _worker = await startWorker()
    await discover(product)
    aws.gateway.setFaults({ disturbances: [{ kind: 'latency', actions: ['*'], milliseconds: 200 }] })
    await product.call('POST', '/resources/discover', {})
    await deafen()
    expect((await replaceKey(rotatedKey)).status).toBe(200)
    aws.gateway.setFaults({})
    expect((await validate(product, account.id)).at(-1)).toMatchObject({ account: { phase: 'CONNECTED' } })
    // The last step of a rotation: whoever still signs with the old key is refused.
    await setKey('Inactive')
    const job = await discover(product)
    expect(job.status).toBe('completed')
    expect(Object.keys((await shown()).coverage.scopes.byStatus)).toEqual(['SUCCEEDED'])
  })

  test('an account with a new key is not discovered until it is validated, and running jobs do not wait for it', async () => {
    const { body: job } = await product.call<{ jobId: string }>('POST', '/resources/discover', {})
    await replaceKey(legacyKey)
    expect(await shown()).toMatchObject({ status: 'inactive', phase: 'PENDING', lastValidated: null, permissions: [] })
    expect((await product.call('GET', `/jobs/${job.jobId}`)).body).toMatchObject({ status: 'completed' })
    expect((await product.call('POST', '/resources/discover', {})).body).toMatchObject({ code: 'NOTHING_TO_DISCOVER' })
    expect((await validate(product, account.id)).at(-1)).toMatchObject({ account: { phase: 'CONNECTED' } })
  })

  test.each([
    ['the key is replaced by one of another account', () => replaceKey(otherKey)],
    [
      'the account is given a credential of another account',
      async () => {
        const { body } = await product.call<Credential>('POST', '/credentials', { name: 'foreign', ...otherKey })
        return product.call('PUT', `/aws/accounts/${account.id}`, { credentialId: body.id })
      },
    ],
  ])('no resource of another account is stored, and none is taken for gone, when %s', async (_title, change) => {
    await using _worker = await startWorker()
    await discover(product)
    const resources = async () =>
      (await product.call<{ items: { arn: string }[] }>('GET', '/resources?maxResults=200')).body.items
        .map((item) => item.arn)
        .toSorted()
    const before = await resources()
    expect(before.length).toBeGreaterThan(0)
    expect((await change()).status).toBe(200)
    // The worker validates it by itself, which takes as long as it takes.
    expect((await shown()).status).not.toBe('active')
    expect((await validate(product, account.id)).at(-1)).toMatchObject({
      account: {
        status: 'error',
        phase: 'LOST_ACCESS',
        lastError: `The credentials belong to account ${orders}, not to ${legacy}.`,
      },
    })
    // Whatever let it through, the broker would still hand out nothing.
    await product.core.database.db.update(awsAccount).set({ status: 'active' }).where(eq(awsAccount.id, account.id))
    await product.call('POST', '/resources/discover', {})
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(await resources()).toEqual(before)
  })

  test('a validation that began with the old key says nothing about the new one', async () => {
    aws.gateway.setFaults({ disturbances: [{ kind: 'latency', actions: ['ec2:*'], milliseconds: 400 }] })
    const validating = validate(product, account.id)
    await new Promise((resolve) => setTimeout(resolve, 300))
    await replaceKey(otherKey)
    await validating
    expect(await shown()).toMatchObject({ status: 'inactive', phase: 'PENDING' })
  })
})

describe('Losing access', () => {
  test('a key switched off in AWS takes the account out of discovery and out of running jobs, with the reason', async () => {
    const { body: job } = await product.call<{ jobId: string }>('POST', '/resources/discover', {})
    await setKey('Inactive')
    const failure = await refusedLease()
    expect(failure).toMatchObject({ kind: 'refused', reason: expect.stringContaining('InvalidClientTokenId') })
    const { db } = product.core.database
    expect(await markAccessLost(db, account.id, failure)).toBe(true)
    expect(await markAccessLost(db, account.id, failure)).toBe(false)
    expect(await shown()).toMatchObject({
      status: 'error',
      phase: 'LOST_ACCESS',
      lastError: failure.reason,
      fix: { summary: expect.stringContaining('Replace the credential') },
    })
    expect((await product.call('GET', `/jobs/${job.jobId}`)).body).toMatchObject({ status: 'completed' })
  })

  test('a refusal of the key before does not touch an account that has a new one', async () => {
    await setKey('Inactive')
    const failure = await refusedLease()
    await replaceKey(rotatedKey)
    expect((await validate(product, account.id)).at(-1)).toMatchObject({ account: { status: 'active' } })
    expect(await markAccessLost(product.core.database.db, account.id, failure)).toBe(false)
    expect(await shown()).toMatchObject({ status: 'active' })
  })

  test('AWS away, and our own database or vault away, are not the fault of the account', async () => {
    aws.gateway.setFaults({ disturbances: [{ kind: 'server-error', actions: ['sts:*'] }] })
    await replaceKey(legacyKey)
    const unanswered = await refusedLease()
    expect(unanswered.kind).toBe('unanswered')
    await product.core.database.db.execute(sql`alter table secret_version rename to secret_version_away`)
    const ours = await refusedLease()
    await product.core.database.db.execute(sql`alter table secret_version_away rename to secret_version`)
    expect(ours.kind).toBe('ours')
    expect(ours.reason).not.toMatch(/secret_version|select/i)
    aws.gateway.setFaults({})
    await validate(product, account.id)
    for (const failure of [unanswered, ours])
      expect(await markAccessLost(product.core.database.db, account.id, failure)).toBe(false)
    expect(await shown()).toMatchObject({ status: 'active' })
  })

  test('lost access is tried again within fifteen minutes, and comes back by itself, which its history tells', async () => {
    const { broker, database, gates, pool } = product.core
    const { db } = database
    const ownIdentity = createOwnIdentity({ send: pool.send, own: broker.own })
    const log = createLog({ level: 'silent', process: 'test' })
    const { forget } = broker
    const revalidate = () => revalidateDue({ db, broker, forget, gates, send: pool.send, ownIdentity, log })
    const fifteenMinutesPass = () =>
      db.execute(sql`update aws_account set next_validation = next_validation - interval '17 minutes',
        last_validated = last_validated - interval '17 minutes' where id = ${account.id}`)
    await setKey('Inactive')
    await markAccessLost(db, account.id, await refusedLease())
    expect(await revalidate()).toBe(0)
    await fifteenMinutesPass()
    expect(await revalidate()).toBe(1)
    expect(await shown()).toMatchObject({ status: 'error', phase: 'LOST_ACCESS' })
    await setKey('Active')
    expect(await revalidate()).toBe(0)
    await fifteenMinutesPass()
    expect(await revalidate()).toBe(1)
    expect(await shown()).toMatchObject({ status: 'active', phase: 'CONNECTED', lastError: null, fix: null })
    await fifteenMinutesPass()
    expect(await revalidate()).toBe(0)
    const { body } = await product.call<{ items: AccountEvent[] }>('GET', `/aws/accounts/${account.id}/history`)
    expect(body.items.map(({ kind, actor }) => `${kind} ${actor}`)).toEqual([
      'ACCESS_REGAINED system',
      'ACCESS_LOST system',
      `CONNECTED ${adminEmail}`,
      `ADDED ${adminEmail}`,
    ])
  })
})

describe('At the same time', () => {
  test('an account is never connected with a credential that is being deleted, and nobody gets an error of ours', async () => {
    for (let round = 0; round < 15; round += 1) {
      const { body: credential } = await product.call<Credential>('POST', '/credentials', { name: 'x', ...otherKey })
      const input = { credentialType: 'access_key', name: 'x', accountId: orders, regions, credentialId: credential.id }
      const [added, deleted] = await Promise.all([
        product.call<AWSAccount>('POST', '/aws/accounts', input),
        product.call('DELETE', `/credentials/${credential.id}`),
      ])
      expect(`${added.status} ${deleted.status}`).toMatch(/^(201 409|400 204)$/)
      if (added.status === 201) await product.call('DELETE', `/aws/accounts/${added.body.id}`)
    }
  })

  test('two people who change different fields of an account both succeed', async () => {
    const role = await connectByRole(product, aws, { accountId: orders, name: 'orders', regions })
    for (let round = 0; round < 10; round += 1) {
      const tags = { round: String(round) }
      await Promise.all([
        product.call('PUT', `/aws/accounts/${role.id}`, { name: `orders ${round}` }),
        product.call('PUT', `/aws/accounts/${role.id}`, { tags }),
      ])
      const { body } = await product.call<AWSAccount>('GET', `/aws/accounts/${role.id}`)
      expect(body).toMatchObject({ name: `orders ${round}`, tags, status: 'active' })
    }
    await product.call('DELETE', `/aws/accounts/${role.id}`)
  })
})
