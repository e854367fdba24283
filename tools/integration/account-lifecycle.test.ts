import { IAMClient, UpdateAccessKeyCommand } from '@aws-sdk/client-iam'
import { sql } from 'drizzle-orm'
import type { AccountEvent, AWSAccount, ValidationEvent } from '@dashboard/contract/accounts.ts'
import { createOwnIdentity } from '@dashboard/server/accounts/own-identity.ts'
import { revalidateDue, type RevalidationTools } from '@dashboard/server/accounts/validation/revalidation.ts'
import type { Send } from '@dashboard/server/aws/client-pool.ts'
import { createLog } from '@dashboard/server/log/log.ts'
import { startWorkerProcess } from '@dashboard/server/worker-process.ts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Keys, startAws, type TestAws } from '../testing/aws.ts'
import { connectByRole, discover, validate } from '../testing/connect.ts'
import { adminEmail, type Product, startProduct } from '../testing/product.ts'

const own = '100000000001'
const orders = '200000000002'
const legacy = '300000000003'
const regions = ['eu-west-1']

let aws: TestAws
let product: Product
let identity: Keys & { arn: string }
let account: AWSAccount
let tools: RevalidationTools

const shown = async (): Promise<AWSAccount> =>
  (await product.call<AWSAccount>('GET', `/aws/accounts/${account.id}`)).body

const history = async (): Promise<AccountEvent[]> =>
  (await product.call<{ items: AccountEvent[] }>('GET', `/aws/accounts/${account.id}/history`)).body.items

/** Newest first. */
const kinds = async (): Promise<string[]> => (await history()).map(({ kind }) => kind)

const pass = (minutes: number) =>
  product.core.database.db.execute(sql`update aws_account set
    next_validation = next_validation - make_interval(mins => ${minutes}),
    last_validated = last_validated - make_interval(mins => ${minutes})`)

const minutesUntil = (at: string | null): number => (Date.parse(at ?? '') - Date.now()) / 60_000

const trustAnybody = () =>
  aws.putRole(orders, 'AwsIntegrationDashboard', {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: identity.arn }, Action: 'sts:AssumeRole' }],
  })

const eventually = async (is: (account: AWSAccount) => boolean): Promise<AWSAccount> => {
  const end = Date.now() + 20_000
  for (;;) {
    const now = await shown()
    if (is(now) || Date.now() > end) return now
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const startWorker = () =>
  startWorkerProcess({
    core: product.core,
    databaseUrl: product.database.url,
    metrics: { scanned: () => undefined },
    log: tools.log,
  })

beforeAll(async () => {
  aws = await startAws([own, orders, legacy])
  identity = await aws.createUser(own, 'dashboard')
  product = await startProduct({ endpoint: aws.endpoint, identity })
  const { broker, gates, pool, database } = product.core
  tools = {
    db: database.db,
    send: pool.send,
    gates,
    broker,
    forget: (id) => {
      broker.forget(id)
      pool.forget(id)
    },
    ownIdentity: createOwnIdentity({ send: pool.send, own: broker.own }),
    log: createLog({ level: 'silent', process: 'test' }),
  }
})

afterAll(async () => {
  await product?.close()
  await aws?.close()
})

beforeEach(async () => {
  account = await connectByRole(product, aws, { accountId: orders, name: 'orders', regions })
})

afterEach(async () => {
  aws.gateway.setFaults({})
  await product.call('DELETE', `/aws/accounts/${account.id}`)
})

describe('Validation by itself', () => {
  test('an account that works is validated about every hour, by one worker alone, and nothing is told when nothing changed', async () => {
    expect(minutesUntil(account.nextValidation)).toBeGreaterThan(53)
    expect(minutesUntil(account.nextValidation)).toBeLessThan(67)
    expect(await revalidateDue(tools)).toBe(0)
    await pass(70)
    const taken = await Promise.all([revalidateDue(tools), revalidateDue(tools), revalidateDue(tools)])
    expect(taken.toSorted((a, b) => a - b)).toEqual([0, 0, 1])
    expect(minutesUntil((await shown()).lastValidated)).toBeGreaterThan(-1)
    expect(await kinds()).toEqual(['CONNECTED', 'ADDED'])
  })

  test('permissions that were taken away and given back are told by action and region, and degrade the account between', async () => {
    aws.gateway.setFaults({ denials: [{ actions: ['ec2:DescribeVolumes'], reason: 'identity-policy' }] })
    await pass(70)
    expect(await revalidateDue(tools)).toBe(1)
    expect(await shown()).toMatchObject({ status: 'active', phase: 'DEGRADED' })
    expect((await history()).slice(0, 2)).toMatchObject([
      { kind: 'PERMISSIONS_LOST', actor: 'system', permissions: ['ec2:DescribeVolumes in eu-west-1'] },
      { kind: 'DEGRADED', actor: 'system' },
    ])
    aws.gateway.setFaults({})
    await pass(70)
    await revalidateDue(tools)
    expect(await shown()).toMatchObject({ status: 'active', phase: 'CONNECTED', lastError: null, fix: null })
    expect((await history()).slice(0, 2)).toMatchObject([
      { kind: 'PERMISSIONS_GAINED', permissions: ['ec2:DescribeVolumes in eu-west-1'] },
      { kind: 'CONNECTED' },
    ])
  })

  test('probes that AWS throttles or does not answer are no drift: what was known holds', async () => {
    const { permissions } = await shown()
    aws.gateway.setFaults({
      disturbances: [
        { kind: 'throttle', actions: ['ec2:DescribeVolumes'] },
        { kind: 'server-error', actions: ['sqs:ListQueues'] },
      ],
    })
    await pass(70)
    await revalidateDue(tools)
    const now = await shown()
    expect(now).toMatchObject({ status: 'active', phase: 'CONNECTED', lastError: expect.stringMatching(/failed/) })
    const allowed = (of: AWSAccount) =>
      of.permissions.map(({ action, region, allowed: is }) => `${action} ${region} ${is}`).toSorted()
    expect(allowed(now)).toEqual(allowed({ ...now, permissions }))
    expect(await kinds()).toEqual(['CONNECTED', 'ADDED'])
  })

  test('while AWS or our own identity is away, a connected account loses nothing and is tried again soon', async () => {
    aws.gateway.setFaults({ disturbances: [{ kind: 'server-error', actions: ['sts:*'] }] })
    await pass(70)
    const fresh = createOwnIdentity({ send: tools.send, own: tools.broker.own })
    expect(await revalidateDue({ ...tools, ownIdentity: fresh })).toBe(1)
    const now = await shown()
    expect(now).toMatchObject({
      status: 'active',
      phase: 'CONNECTED',
      fix: { summary: expect.stringContaining('reaches AWS') },
    })
    expect(minutesUntil(now.nextValidation)).toBeLessThan(6)
    expect(await kinds()).toEqual(['CONNECTED', 'ADDED'])
  })

  test('while our own identity ends between two questions, a connected account loses nothing', async () => {
    await tools.ownIdentity('eu-west-1')
    const turn = (Status: 'Active' | 'Inactive') =>
      aws
        .client(IAMClient, own)
        .send(new UpdateAccessKeyCommand({ UserName: 'dashboard', AccessKeyId: identity.accessKeyId, Status }))
    await turn('Inactive')
    await pass(70)
    try {
      expect(await revalidateDue(tools)).toBe(1)
    } finally {
      await turn('Active')
    }
    const now = await shown()
    expect(now).toMatchObject({ status: 'active', phase: 'CONNECTED' })
    expect(now.lastError).toContain('own AWS identity')
    expect(await kinds()).toEqual(['CONNECTED', 'ADDED'])
  })

  /** Validates, and holds back one of the last answers until it is released. */
  const validateSlowly = () => {
    const [asked, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const send: Send = async (request) => {
      const answer = await tools.send(request)
      if (request.operation === 'ListBuckets') {
        asked.resolve()
        await released.promise
      }
      return answer
    }
    return { done: revalidateDue({ ...tools, send }), asked: asked.promise, release: released.resolve }
  }

  test('of two validations at once the one that began later is believed, also where it ends later', async () => {
    await tools.ownIdentity('eu-west-1')
    aws.gateway.setFaults({ denials: [{ actions: ['ec2:DescribeVolumes'], reason: 'identity-policy' }] })
    await pass(70)
    const earlier = validateSlowly()
    await earlier.asked
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    aws.gateway.setFaults({})
    await pass(70)
    const later = validateSlowly()
    await later.asked
    earlier.release()
    expect(await earlier.done).toBe(1)
    expect(await shown()).toMatchObject({ phase: 'DEGRADED' })
    later.release()
    expect(await later.done).toBe(1)
    expect(await shown()).toMatchObject({ phase: 'CONNECTED', lastError: null })
  })

  test('an account that was validated is not due again while others of its turn are still under way', async () => {
    const { body: slow } = await product.call<AWSAccount>('POST', '/aws/accounts', {
      credentialType: 'iam_role',
      name: 'slow',
      accountId: legacy,
      regions,
    })
    const { body: onboarding } = await product.call('GET', `/aws/accounts/${slow.id}/onboarding`)
    await aws.putRole(legacy, 'AwsIntegrationDashboard', onboarding['trustPolicy'])
    await validate(product, slow.id)
    await pass(70)
    const released = Promise.withResolvers<void>()
    const send: Send = async (request) => {
      if (request.operation === 'ListBuckets' && request.connection.startsWith(slow.id)) await released.promise
      return tools.send(request)
    }
    // So often that one is always under way: on a busy machine, one that waited for the row took it back.
    const validating = revalidateDue({ ...tools, send, heartbeatMs: 5 })
    await eventually(({ nextValidation }) => minutesUntil(nextValidation) > 50)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(minutesUntil((await shown()).nextValidation)).toBeGreaterThan(50)
    released.resolve()
    expect(await validating).toBe(2)
    await product.call('DELETE', `/aws/accounts/${slow.id}`)
  })

  test('a trust policy opened by somebody is found and told, as is its mend', async () => {
    await trustAnybody()
    await pass(70)
    await revalidateDue(tools)
    const exposed = await shown()
    expect(exposed).toMatchObject({ exposed: true, phase: 'DEGRADED' })
    expect((await kinds()).slice(0, 2)).toEqual(['EXPOSED', 'DEGRADED'])
    await aws.putRole(orders, 'AwsIntegrationDashboard', {
      Version: '2012-10-17',
      Statement: [exposed.fix?.statement],
    })
    await pass(70)
    await revalidateDue(tools)
    expect((await kinds()).slice(0, 2)).toEqual(['NO_LONGER_EXPOSED', 'CONNECTED'])
  })

  test('an account whose worker was killed while validating it is taken again after five minutes', async () => {
    await product.core.database.db.execute(
      sql`update aws_account set phase = 'VALIDATING', status = 'inactive', next_validation = now() + interval '5 minutes'`,
    )
    expect(await revalidateDue(tools)).toBe(0)
    await pass(6)
    expect(await revalidateDue(tools)).toBe(1)
    expect(await shown()).toMatchObject({ status: 'active', phase: 'CONNECTED' })
  })

  test('a validation that is broken off by the end of its worker is due again at once', async () => {
    await pass(70)
    aws.gateway.setFaults({ disturbances: [{ kind: 'latency', actions: ['ec2:*'], milliseconds: 1_000 }] })
    const stopping = new AbortController()
    const validating = revalidateDue(tools, stopping.signal)
    await new Promise((resolve) => setTimeout(resolve, 500))
    stopping.abort(new Error('stopping'))
    await validating
    expect(minutesUntil((await shown()).nextValidation)).toBeLessThan(0.1)
    expect(await shown()).toMatchObject({ status: 'active', phase: 'CONNECTED' })
  })

  test('an account that waits for its first validation shows that it is being validated, and says who did it', async () => {
    aws.gateway.setFaults({ disturbances: [{ kind: 'latency', actions: ['ec2:*'], milliseconds: 400 }] })
    const { body: added } = await product.call<AWSAccount>('POST', '/aws/accounts', {
      credentialType: 'iam_role',
      name: 'legacy',
      accountId: legacy,
      regions,
    })
    expect(added).toMatchObject({ phase: 'PENDING', nextValidation: null })
    const { body: onboarding } = await product.call(`GET`, `/aws/accounts/${added.id}/onboarding`)
    await aws.putRole(legacy, 'AwsIntegrationDashboard', onboarding['trustPolicy'])
    const before = account
    account = added
    const validating = validate(product, added.id)
    expect(await eventually(({ phase }) => phase === 'VALIDATING')).toMatchObject({
      status: 'inactive',
      phase: 'VALIDATING',
    })
    const done = (await validating).at(-1) as Extract<ValidationEvent, { type: 'done' }>
    expect(done.account).toMatchObject({ phase: 'CONNECTED' })
    expect((await history())[0]).toMatchObject({ kind: 'CONNECTED', actor: adminEmail })
    await product.call('DELETE', `/aws/accounts/${added.id}`)
    account = before
  })
})

describe('Pausing', () => {
  const call = (what: 'pause' | 'resume') => product.call<AWSAccount>('POST', `/aws/accounts/${account.id}/${what}`)

  test('ends what is under way: no call is made any more, no job hangs, and what was found stays', async () => {
    await using _worker = await startWorker()
    await discover(product)
    aws.gateway.setFaults({ disturbances: [{ kind: 'latency', actions: ['*'], milliseconds: 300 }] })
    const { body: job } = await product.call<{ jobId: string }>('POST', '/resources/discover', {})
    await new Promise((resolve) => setTimeout(resolve, 400))
    const before = await shown()
    expect((await call('pause')).body).toMatchObject({ status: 'inactive', phase: 'PAUSED', nextValidation: null })
    expect((await product.call('GET', `/jobs/${job.jobId}`)).body).toMatchObject({ status: 'completed' })
    // Calls that were on their way when it was paused come back.
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    const calls = () => aws.gateway.status().injected.latency ?? 0
    const made = calls()
    expect(made).toBeGreaterThan(0)
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    expect(calls()).toBe(made)
    const paused = await shown()
    expect(paused.resourceCount).toBe(before.resourceCount)
    expect(paused.coverage.scopes.total).toBe(before.coverage.scopes.total)
    expect((await product.call('POST', '/resources/discover', {})).body).toMatchObject({ code: 'NOTHING_TO_DISCOVER' })
  })

  test('while somebody asks for a discovery leaves no job that waits for ever', async () => {
    const pausing = await product.core.database.pool.connect()
    try {
      // As `pause` does it, held open before its commit.
      await pausing.query('begin')
      await pausing.query(`update aws_account set status = 'inactive', phase = 'PAUSED', next_validation = null`)
      await pausing.query('select id from scope order by id for update')
      const asking = product.call<{ code: string }>('POST', '/resources/discover', {})
      await new Promise((resolve) => setTimeout(resolve, 300))
      await pausing.query('commit')
      expect((await asking).body.code).toBe('NOTHING_TO_DISCOVER')
    } finally {
      pausing.release()
    }
  })

  test('refuses what would call AWS, by a stable code; the list of regions comes from what is known', async () => {
    await call('pause')
    const path = `/aws/accounts/${account.id}`
    for (const what of ['validate', 'assume-role'])
      expect(await product.call('POST', `${path}/${what}`)).toMatchObject({
        status: 409,
        body: { code: 'ACCOUNT_PAUSED' },
      })
    const regionsNow = await product.call('GET', `${path}/regions`)
    expect(regionsNow.body).toMatchObject({ source: 'static', fix: { summary: expect.stringContaining('Resume') } })
    await pass(120)
    expect(await revalidateDue(tools)).toBe(0)
  })

  test('and resuming are told with who did it, change nothing a second time, and resuming validates at once', async () => {
    await using _worker = await startWorker()
    await call('pause')
    await call('pause')
    await call('resume')
    expect(await eventually(({ phase }) => phase === 'CONNECTED')).toMatchObject({ status: 'active' })
    await call('resume')
    expect((await history()).slice(0, 3)).toMatchObject([
      { kind: 'CONNECTED', actor: 'system' },
      { kind: 'RESUMED', actor: adminEmail },
      { kind: 'PAUSED', actor: adminEmail },
    ])
  })

  test('holds while a validation is under way: its end does not bring the account back', async () => {
    aws.gateway.setFaults({ disturbances: [{ kind: 'latency', actions: ['ec2:*'], milliseconds: 400 }] })
    const validating = validate(product, account.id)
    await new Promise((resolve) => setTimeout(resolve, 300))
    await call('pause')
    await validating
    expect(await shown()).toMatchObject({ status: 'inactive', phase: 'PAUSED', nextValidation: null })
  })
})

describe('A new key', () => {
  test('is validated by a worker right away; who replaced it is told', async () => {
    await using _worker = await startWorker()
    const { accessKeyId, secretAccessKey } = await aws.createUser(legacy, 'legacy')
    const role = account
    account = (
      await product.call<AWSAccount>('POST', '/aws/accounts', {
        credentialType: 'access_key',
        name: 'legacy',
        accountId: legacy,
        regions,
        accessKey: { accessKeyId, secretAccessKey },
      })
    ).body
    await validate(product, account.id)
    await product.call('PUT', `/credentials/${account.credentialId}`, { accessKey: { accessKeyId, secretAccessKey } })
    expect(await eventually(({ phase }) => phase === 'CONNECTED')).toMatchObject({ status: 'active' })
    expect((await history()).map(({ kind, actor }) => `${kind} ${actor}`)).toEqual([
      'CONNECTED system',
      `ACCESS_CHANGED ${adminEmail}`,
      `CONNECTED ${adminEmail}`,
      `ADDED ${adminEmail}`,
    ])
    const off = { UserName: 'legacy', AccessKeyId: accessKeyId, Status: 'Inactive' } as const
    await aws.client(IAMClient, legacy).send(new UpdateAccessKeyCommand(off))
    await product.call('PUT', `/credentials/${account.credentialId}`, { accessKey: { accessKeyId, secretAccessKey } })
    expect(await eventually(({ phase }) => phase === 'LOST_ACCESS')).toMatchObject({ status: 'error' })
    await product.call('DELETE', `/aws/accounts/${account.id}`)
    account = role
  })
})

describe('The environment', () => {
  const put = (change: Record<string, unknown>) =>
    product.call<AWSAccount>('PUT', `/aws/accounts/${account.id}`, change)

  test('is what somebody said, else what the account’s tag says in any usual spelling, else unknown', async () => {
    expect(await shown()).toMatchObject({ environment: null, environmentSource: null, organization: null })
    expect((await put({ tags: { Env: 'PRD' } })).body).toMatchObject({
      environment: 'production',
      environmentSource: 'account',
    })
    expect((await put({ environment: 'staging' })).body).toMatchObject({
      environment: 'staging',
      environmentSource: 'account',
    })
    expect((await put({ environment: null })).body).toMatchObject({ environment: 'production' })
    expect((await put({ environment: 'Not One' })).status).toBe(400)
  })
})

describe('The history', () => {
  test('comes in pages, newest first, and ends', async () => {
    for (let round = 0; round < 2; round += 1) {
      await product.call('POST', `/aws/accounts/${account.id}/pause`)
      await product.call('POST', `/aws/accounts/${account.id}/resume`)
    }
    const all = await history()
    const read: AccountEvent[] = []
    let token = ''
    for (;;) {
      const { body } = await product.call<{ items: AccountEvent[]; nextToken?: string }>(
        'GET',
        `/aws/accounts/${account.id}/history?maxResults=2${token}`,
      )
      read.push(...body.items)
      if (body.nextToken === undefined) break
      token = `&nextToken=${encodeURIComponent(body.nextToken)}`
    }
    expect(read).toEqual(all)
    expect(all.map(({ kind }) => kind)).toEqual(['RESUMED', 'PAUSED', 'RESUMED', 'PAUSED', 'CONNECTED', 'ADDED'])
    const nobody = '01a2129d-dd53-7d8f-bba0-797c6a8bab5b'
    expect((await product.call('GET', `/aws/accounts/${nobody}/history`)).status).toBe(404)
  })
})
