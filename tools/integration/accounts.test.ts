import { CreateRoleCommand, IAMClient, UpdateAccessKeyCommand } from '@aws-sdk/client-iam'
import { CreateBucketCommand, DeleteBucketCommand, S3Client } from '@aws-sdk/client-s3'
import type { AWSAccount, Onboarding, ValidationCheck, ValidationEvent } from '@dashboard/contract/accounts.ts'
import type { Credential } from '@dashboard/contract/credentials.ts'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Keys, startAws, type TestAws } from '../testing/aws.ts'
import { connectByRole, discover, validate } from '../testing/connect.ts'
import { type Product, startProduct } from '../testing/product.ts'

const own = '100000000001'
const orders = '200000000002'
const legacy = '300000000003'
const regions = ['eu-west-1', 'us-east-1']

let aws: TestAws
let product: Product
let identity: Keys & { arn: string }
let legacyKey: Keys

const checksOf = (events: ValidationEvent[]): Map<string, ValidationCheck> =>
  new Map(
    events.flatMap((event) =>
      event.type === 'check' && event.check.status !== 'RUNNING' ? [[event.check.id, event.check] as const] : [],
    ),
  )

const remove = async (account: { id: string }): Promise<void> => {
  expect((await product.call('DELETE', `/aws/accounts/${account.id}`)).status).toBe(204)
}

const add = async (input: Record<string, unknown>) =>
  product.call<AWSAccount & { code?: string; issues?: { path: string }[] }>('POST', '/aws/accounts', input)

const role = (extra: Record<string, unknown> = {}) => ({
  credentialType: 'iam_role',
  name: 'orders',
  accountId: orders,
  regions,
  ...extra,
})

beforeAll(async () => {
  aws = await startAws([own, orders, legacy])
  identity = await aws.createUser(own, 'dashboard')
  const { accessKeyId, secretAccessKey } = await aws.createUser(legacy, 'dashboard-legacy')
  legacyKey = { accessKeyId, secretAccessKey }
  product = await startProduct({ endpoint: aws.endpoint, identity, worker: true })
})

afterAll(async () => {
  await product?.close()
  await aws?.close()
})

afterEach(() => aws.gateway.setFaults({}))

describe('Connecting with a role', () => {
  test('each connection gets an ExternalId of 128 bits of its own, which no update changes', async () => {
    const { body: first } = await add(role())
    expect(first.externalId).toMatch(/^[0-9a-f]{32}$/)
    const { body: renamed } = await product.call<AWSAccount>('PUT', `/aws/accounts/${first.id}`, { name: 'renamed' })
    expect(renamed.externalId).toBe(first.externalId)
    expect((await product.call('PUT', `/aws/accounts/${first.id}`, { externalId: 'mine' })).body).toMatchObject({
      code: 'INVALID_INPUT',
    })
    await remove(first)
    const { body: second } = await add(role())
    expect(second.externalId).not.toBe(first.externalId)
    await remove(second)
  })

  test('before the role exists, validation says what to create, with the trust policy', async () => {
    const { body: account } = await add(role({ roleArn: `arn:aws:iam::${orders}:role/NotThere` }))
    const events = await validate(product, account.id)
    const assume = checksOf(events).get('assume-role')
    expect(assume).toMatchObject({
      status: 'FAILED',
      fix: {
        missingActions: ['sts:AssumeRole'],
        statement: {
          Principal: { AWS: identity.arn },
          Condition: { StringEquals: { 'sts:ExternalId': account.externalId } },
        },
      },
    })
    expect(events.at(-1)).toMatchObject({ type: 'done', account: { status: 'error', phase: 'LOST_ACCESS' } })
    await remove(account)
  })

  test('the onboarding artefacts hold the principal, the ExternalId and the generated policy', async () => {
    const { body: account } = await add(role())
    const { body } = await product.call<Onboarding>('GET', `/aws/accounts/${account.id}/onboarding`)
    expect(body.principalArn).toBe(identity.arn)
    for (const artefact of [body.cloudFormation, body.cli, JSON.stringify(body.trustPolicy)]) {
      expect(artefact).toContain(account.externalId)
      expect(artefact).toContain(identity.arn)
    }
    expect(JSON.stringify(body.permissionPolicy)).toContain('ec2:DescribeInstances')
    await remove(account)
  })

  test('a role that asks for its ExternalId connects, and every check is streamed as it starts and as it ends', async () => {
    const connected = await connectByRole(product, aws, { accountId: orders, name: 'orders', regions })
    expect(connected).toMatchObject({ status: 'active', phase: 'CONNECTED', exposed: false })
    const events = await validate(product, connected.id)
    const started = events.flatMap((event) =>
      event.type === 'check' && event.check.status === 'RUNNING' ? [event.check.id] : [],
    )
    const checks = checksOf(events)
    expect([...checks.keys()].toSorted()).toEqual(started.toSorted())
    expect([...checks.values()].filter((check) => check.status !== 'PASSED')).toEqual([])
    expect([...checks.keys()]).toEqual(
      expect.arrayContaining([
        'own-identity',
        'assume-role',
        'external-id-missing',
        'external-id-wrong',
        'account-match',
        'probe:ec2:eu-west-1',
        'probe:iam:global',
      ]),
    )
    const { body: assumed } = await product.call('POST', `/aws/accounts/${connected.id}/assume-role`)
    expect(assumed).toMatchObject({ exposed: false, fix: null })
    await remove(connected)
  })

  test.each([
    [
      'no ExternalId is asked for',
      (principal: string) => ({ Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' }),
    ],
    [
      'any ExternalId will do',
      (principal: string) => ({
        Effect: 'Allow',
        Principal: { AWS: principal },
        Action: 'sts:AssumeRole',
        Condition: { StringLike: { 'sts:ExternalId': '*' } },
      }),
    ],
  ])('an account is marked exposed, with the mend, when %s', async (_title, statement) => {
    const { body: account } = await add(role())
    await aws.putRole(orders, 'AwsIntegrationDashboard', {
      Version: '2012-10-17',
      Statement: [statement(identity.arn)],
    })
    const events = await validate(product, account.id)
    const done = events.at(-1)
    expect(done).toMatchObject({ type: 'done', account: { status: 'active', phase: 'DEGRADED', exposed: true } })
    const mend = done?.type === 'done' ? done.account.fix?.statement : undefined
    expect(mend).toMatchObject({ Condition: { StringEquals: { 'sts:ExternalId': account.externalId } } })
    await aws.putRole(orders, 'AwsIntegrationDashboard', { Version: '2012-10-17', Statement: [mend] })
    expect((await validate(product, account.id)).at(-1)).toMatchObject({
      account: { exposed: false, phase: 'CONNECTED' },
    })
    await remove(account)
  })

  test('an exposed account stays so while the ExternalId tests cannot be made', async () => {
    const { body: account } = await add(role())
    const trust = { Effect: 'Allow', Principal: { AWS: identity.arn }, Action: 'sts:AssumeRole' }
    await aws.putRole(orders, 'AwsIntegrationDashboard', { Version: '2012-10-17', Statement: [trust] })
    await validate(product, account.id)
    // So that the worker rests, and asks for no role in between.
    await discover(product)
    // With this seed ours passes, the two that try the ExternalId are throttled, and the one to read with passes.
    aws.gateway.setFaults({
      seed: 'w',
      disturbances: [{ kind: 'throttle', actions: ['sts:AssumeRole'], probability: 0.5 }],
    })
    const events = await validate(product, account.id)
    expect(checksOf(events).get('external-id-missing')).toMatchObject({ status: 'WARNING' })
    expect(checksOf(events).get('external-id-wrong')).toMatchObject({ status: 'WARNING' })
    expect(events.at(-1)).toMatchObject({
      account: {
        exposed: true,
        phase: 'DEGRADED',
        fix: { statement: { Condition: { StringEquals: { 'sts:ExternalId': account.externalId } } } },
      },
    })
    await remove(account)
  })

  test('details that discovery could not read fail the check of their service, where there is something to ask of', async () => {
    const account = await connectByRole(product, aws, { accountId: orders, name: 'orders', regions })
    const s3 = aws.client(S3Client, orders)
    const denials = [
      { actions: ['s3:GetBucketTagging', 's3:GetEncryptionConfiguration'], reason: 'identity-policy' as const },
    ]
    aws.gateway.setFaults({ denials })
    expect((await validate(product, account.id)).at(-1)).toMatchObject({ account: { phase: 'CONNECTED' } })
    aws.gateway.setFaults({})
    await s3.send(new CreateBucketCommand({ Bucket: 'orders-of-a-test' }))
    aws.gateway.setFaults({ denials })
    const events = await validate(product, account.id)
    expect([...checksOf(events).values()].filter((check) => check.status === 'FAILED')).toMatchObject([
      {
        id: 'probe:s3:global',
        fix: { statement: { Effect: 'Allow', Action: ['s3:GetBucketTagging', 's3:GetEncryptionConfiguration'] } },
      },
    ])
    expect(events.at(-1)).toMatchObject({
      account: {
        phase: 'DEGRADED',
        permissions: expect.arrayContaining([
          expect.objectContaining({ action: 's3:GetBucketTagging', allowed: false }),
          expect.objectContaining({ action: 's3:GetBucketVersioning', allowed: true }),
        ]),
      },
    })
    aws.gateway.setFaults({})
    await s3.send(new DeleteBucketCommand({ Bucket: 'orders-of-a-test' }))
    await remove(account)
  })

  test('a role with a path is created where it is expected', async () => {
    const { body: account } = await add(role({ roleArn: `arn:aws:iam::${orders}:role/team/audit/Reader` }))
    const { body } = await product.call<Onboarding>('GET', `/aws/accounts/${account.id}/onboarding`)
    expect(body.roleName).toBe('Reader')
    expect(body.cli).toContain('aws iam create-role --role-name Reader --path /team/audit/ ')
    expect(body.cloudFormation).toMatch(/RoleName: Reader\n +Path: \/team\/audit\/\n/)
    await aws.client(IAMClient, orders).send(
      new CreateRoleCommand({
        RoleName: 'Reader',
        Path: '/team/audit/',
        AssumeRolePolicyDocument: JSON.stringify(body.trustPolicy),
      }),
    )
    expect(checksOf(await validate(product, account.id)).get('assume-role')).toMatchObject({ status: 'PASSED' })
    await remove(account)
  })

  test('a denied service is one failing check with the missing action and the statement that adds it', async () => {
    const account = await connectByRole(product, aws, { accountId: orders, name: 'orders', regions })
    aws.gateway.setFaults({ denials: [{ actions: ['rds:*'], region: 'us-east-1', reason: 'identity-policy' }] })
    const events = await validate(product, account.id)
    const failing = [...checksOf(events).values()].filter((check) => check.status === 'FAILED')
    expect(failing).toMatchObject([
      {
        id: 'probe:rds:us-east-1',
        fix: {
          missingActions: expect.arrayContaining(['rds:DescribeDBInstances']),
          statement: { Effect: 'Allow', Action: expect.arrayContaining(['rds:DescribeDBInstances']) },
        },
      },
    ])
    expect(events.at(-1)).toMatchObject({ account: { status: 'active', phase: 'DEGRADED', exposed: false } })
    await remove(account)
  })

  test('a validation that AWS does not answer takes nothing away from a connected account', async () => {
    const account = await connectByRole(product, aws, { accountId: orders, name: 'orders', regions })
    aws.gateway.setFaults({ disturbances: [{ kind: 'server-error', actions: ['sts:*'] }] })
    const done = (await validate(product, account.id)).at(-1)
    expect(done).toMatchObject({ failed: 1, account: { status: 'active', phase: 'CONNECTED' } })
    expect(done?.type === 'done' && done.account.lastError).toMatch(/error of its own/)
    await remove(account)
  })

  test('regions come from the account; where it may not say, from a list marked unknown, with the mend', async () => {
    const account = await connectByRole(product, aws, { accountId: orders, name: 'orders', regions })
    const asked = await product.call<{ items: { region: string; selected: boolean }[] }>(
      'GET',
      `/aws/accounts/${account.id}/regions`,
    )
    expect(asked.body).toMatchObject({ source: 'ec2:DescribeRegions', fix: null })
    expect(asked.body.items.filter((item) => item.selected).map((item) => item.region)).toEqual(regions)
    aws.gateway.setFaults({ denials: [{ actions: ['ec2:DescribeRegions'], reason: 'identity-policy' }] })
    const denied = await product.call('GET', `/aws/accounts/${account.id}/regions`)
    expect(denied.body).toMatchObject({ source: 'static', fix: { missingActions: ['ec2:DescribeRegions'] } })
    await remove(account)
  })
})

describe('Connecting with an access key', () => {
  test('the key is stored, used and never given back', async () => {
    const answer = await add({
      credentialType: 'access_key',
      name: 'legacy',
      accountId: legacy,
      regions,
      accessKey: legacyKey,
    })
    expect(answer.status).toBe(201)
    expect(JSON.stringify(answer.body)).not.toContain(legacyKey.secretAccessKey)
    expect((await validate(product, answer.body.id)).at(-1)).toMatchObject({
      account: { status: 'active', phase: 'CONNECTED' },
    })
    expect((await product.call('POST', `/aws/accounts/${answer.body.id}/assume-role`)).body).toMatchObject({
      code: 'CREDENTIAL_TYPE_MISMATCH',
    })
    await remove(answer.body)
    expect((await product.call<{ total: number }>('GET', '/credentials')).body.total).toBe(0)
  })

  test('a wrong secret, and a key switched off in AWS, fail the check that says so', async () => {
    const wrong = { ...legacyKey, secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }
    const { body: account } = await add({
      credentialType: 'access_key',
      name: 'legacy',
      accountId: legacy,
      regions,
      accessKey: wrong,
    })
    expect(checksOf(await validate(product, account.id)).get('account-match')).toMatchObject({
      status: 'FAILED',
      detail: expect.stringContaining('SignatureDoesNotMatch'),
    })
    await product.call('PUT', `/credentials/${account.credentialId}`, { accessKey: legacyKey })
    expect((await validate(product, account.id)).at(-1)).toMatchObject({ account: { status: 'active' } })
    const iam = aws.client(IAMClient, legacy)
    const status = (Status: 'Active' | 'Inactive') =>
      iam.send(new UpdateAccessKeyCommand({ UserName: 'dashboard-legacy', AccessKeyId: legacyKey.accessKeyId, Status }))
    await status('Inactive')
    expect((await validate(product, account.id)).at(-1)).toMatchObject({
      account: { status: 'error', phase: 'LOST_ACCESS' },
    })
    await status('Active')
    await remove(account)
  })

  test('a key of another account is refused by the account check', async () => {
    const { body: account } = await add({
      credentialType: 'access_key',
      name: 'mixed up',
      accountId: orders,
      regions,
      accessKey: legacyKey,
    })
    expect(checksOf(await validate(product, account.id)).get('account-match')).toMatchObject({
      status: 'FAILED',
      detail: `The credentials belong to account ${legacy}, not to ${orders}.`,
    })
    await remove(account)
  })

  test('a stored credential serves an account, is tested, and cannot be deleted while in use', async () => {
    const { body: credential } = await product.call<Credential>('POST', '/credentials', {
      name: 'legacy key',
      ...legacyKey,
    })
    expect((await product.call('POST', `/credentials/${credential.id}/test`)).body).toMatchObject({
      succeeded: true,
      accountId: legacy,
    })
    const { body: account } = await add({
      credentialType: 'access_key',
      name: 'legacy',
      accountId: legacy,
      regions,
      credentialId: credential.id,
    })
    expect((await product.call('DELETE', `/credentials/${credential.id}`)).body).toMatchObject({
      code: 'CREDENTIAL_IN_USE',
    })
    await remove(account)
    expect((await product.call('POST', `/credentials/${credential.id}/test`)).body).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('Bad input stores nothing', () => {
  test.each([
    ['an account id of 11 digits', role({ accountId: '20000000000' }), 'accountId'],
    ['no region', role({ regions: [] }), 'regions'],
    ['a region that is a host name', role({ regions: ['eu-west-1.evil.example'] }), 'regions.0'],
    ['the same region twice', role({ regions: ['eu-west-1', 'eu-west-1'] }), 'regions'],
    ['regions of two partitions', role({ regions: ['eu-west-1', 'cn-north-1'] }), 'regions'],
    ['a default region that is not selected', role({ defaultRegion: 'eu-north-1' }), 'defaultRegion'],
    ['a role without a name', role({ roleArn: `arn:aws:iam::${orders}:role/team/` }), 'roleArn'],
    ['a role of another account', role({ roleArn: 'arn:aws:iam::999999999999:role/x' }), 'roleArn'],
    ['an ExternalId of the caller', role({ externalId: 'mine' }), ''],
    [
      'both a key and a stored credential',
      {
        credentialType: 'access_key',
        name: 'x',
        accountId: legacy,
        regions,
        credentialId: '01a2129d-dd53-7d8f-bba0-797c6a8bab5b',
        accessKey: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
      },
      'accessKey',
    ],
    [
      'neither a key nor a stored credential',
      { credentialType: 'access_key', name: 'x', accountId: legacy, regions },
      'accessKey',
    ],
    [
      'a credential that does not exist',
      {
        credentialType: 'access_key',
        name: 'x',
        accountId: legacy,
        regions,
        credentialId: '01a2129d-dd53-7d8f-bba0-797c6a8bab5b',
      },
      'credentialId',
    ],
  ])('%s', async (_title, input, path) => {
    const answer = await add(input)
    expect(answer.status).toBe(400)
    expect(answer.body.code).toBe('INVALID_INPUT')
    expect(answer.body.issues?.map((issue) => issue.path)).toContain(path)
    expect((await product.call<{ total: number }>('GET', '/aws/accounts')).body.total).toBe(0)
  })

  test('the same account twice', async () => {
    const { body: first } = await add(role())
    expect(await add(role({ name: 'again' }))).toMatchObject({ status: 409, body: { code: 'ACCOUNT_EXISTS' } })
    await remove(first)
  })
})

describe('Removing', () => {
  test('an account takes its inventory along, and a running discovery ends without it', async () => {
    const first = await connectByRole(product, aws, { accountId: orders, name: 'orders', regions })
    aws.gateway.setFaults({ disturbances: [{ kind: 'latency', actions: ['*'], milliseconds: 200 }] })
    const { body: job } = await product.call<{ jobId: string }>('POST', '/resources/discover', {})
    await remove(first)
    aws.gateway.setFaults({})
    expect((await product.call('GET', `/jobs/${job.jobId}`)).body).toMatchObject({ status: 'completed' })
    expect((await product.call<{ total: number }>('GET', '/resources')).body.total).toBe(0)
  })

  test('a region takes its resources along, and the rest stay', async () => {
    const account = await connectByRole(product, aws, { accountId: orders, name: 'orders', regions })
    await discover(product)
    const count = async (region: string) =>
      (await product.call<{ total: number }>('GET', `/resources?region=${region}`)).body.total
    expect(await count('us-east-1')).toBeGreaterThan(0)
    const kept = await count('eu-west-1')
    await product.call('PUT', `/aws/accounts/${account.id}`, { regions: ['eu-west-1'] })
    expect(await count('us-east-1')).toBe(0)
    expect(await count('eu-west-1')).toBe(kept)
    await remove(account)
  })

  test('nothing to discover is said, not shown as an empty job', async () => {
    for (const body of [{}, undefined]) {
      expect((await product.call('POST', '/resources/discover', body)).body).toMatchObject({
        code: 'NOTHING_TO_DISCOVER',
      })
    }
  })
})
