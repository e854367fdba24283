import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateAccessKeyCommand, DeleteAccessKeyCommand, IAMClient, UpdateAccessKeyCommand } from '@aws-sdk/client-iam'
import type { AccountPhase, AWSAccount, CredentialType, ValidationCheck } from '@dashboard/contract/accounts.ts'
import type { Fix } from '@dashboard/contract/vocabulary.ts'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { awsError, type Fault } from '../aws-gateway/aws-error.ts'
import type { Call } from '../aws-gateway/call.ts'
import type { FaultsInput } from '../aws-gateway/faults.ts'
import { parameters } from '../aws-gateway/operation.ts'
import { applyEnvironment } from '../demo/aws-environment.ts'
import { type Keys, startAws, type TestAws } from '../testing/aws.ts'
import { validate } from '../testing/connect.ts'
import { runElsewhere } from '../testing/identity/run-elsewhere.ts'
import { type AwsFront, callerIdentity, startAwsFront } from '../testing/network/aws-front.ts'
import { type Product, startProduct } from '../testing/product.ts'

const own = '100000000001'
const orders = '200000000002'
const region = 'eu-west-1'
/** One that the emulated account has not opted in to. */
const switchedOff = 'me-south-1'

let aws: TestAws
let front: AwsFront
let product: Product
let identity: Keys & { arn: string }
let ownUser: Keys & { arn: string }
let home: string
const realHome = process.env['HOME']

/** What is wrong in the world, made wrong after the account was added. */
type Trouble = (account: AWSAccount) => unknown

interface Row {
  failure: string
  check: string
  status: ValidationCheck['status']
  /** What the account is afterwards. */
  phase: AccountPhase
  /** What the mend must speak of. */
  mend: RegExp
  trouble: Trouble
  /** Where the account is not the usual one of its way. */
  input?: Record<string, unknown>
}

const faults =
  (input: FaultsInput): Trouble =>
  () =>
    aws.gateway.setFaults(input)
const wire =
  (answer: Parameters<AwsFront['answerBy']>[0]): Trouble =>
  () =>
    front.answerBy(answer)
const run = (variables: Record<string, string | undefined>): void => runElsewhere(product, home, variables)
const runAs = ({ accessKeyId, secretAccessKey }: Keys): void =>
  run({ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey })

const trust = (Principal: unknown, Condition?: unknown): Promise<void> =>
  aws.putRole(orders, 'AwsIntegrationDashboard', {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...(Condition ? { Condition } : {}) }],
  })
const trustRightly = (account: AWSAccount): Promise<void> =>
  trust({ AWS: identity.arn }, { StringEquals: { 'sts:ExternalId': account.externalId } })

/** `AKIA` signs as itself, `ASIA` as a session. */
const asksWhoItIs = (call: Call, prefix: 'AKIA' | 'ASIA'): boolean =>
  call.operation === 'GetCallerIdentity' && call.authorization?.accessKeyId.startsWith(prefix) === true

/** The chosen calls fail in the way of their service. */
const failing = (fault: Fault, which: (call: Call) => boolean): Trouble =>
  wire((call) => (which(call) ? awsError(fault, call.protocol) : undefined))
const cutting = (service: string): Trouble => wire((call) => (call.service === service ? 'cut' : undefined))

/** What may go wrong with any service, however the account is connected. */
const probes: Row[] = [
  {
    failure: 'one action denied',
    check: `probe:rds:${region}`,
    status: 'FAILED',
    phase: 'DEGRADED',
    mend: /^Allow .*rds:DescribeDBInstances/,
    trouble: faults({ denials: [{ actions: ['rds:DescribeDBInstances'], reason: 'identity-policy' }] }),
  },
  {
    failure: 'denied by a service control policy',
    check: `probe:sqs:${region}`,
    status: 'FAILED',
    phase: 'DEGRADED',
    mend: /service control policy .* whoever manages the organization/,
    trouble: faults({ denials: [{ actions: ['sqs:*'], reason: 'service-control-policy' }] }),
  },
  {
    failure: 'region not enabled',
    check: `probe:ec2:${switchedOff}`,
    status: 'WARNING',
    phase: 'CONNECTED',
    mend: /Enable the region/,
    input: { regions: [region, switchedOff] },
    // As AWS does: the credentials are not known there.
    trouble: failing('unknown-key', (call) => call.region === switchedOff),
  },
  {
    failure: 'throttled',
    check: `probe:ec2:${region}`,
    status: 'FAILED',
    phase: 'DEGRADED',
    mend: /tried again by itself; validate again/,
    trouble: faults({ disturbances: [{ kind: 'throttle', actions: ['ec2:DescribeVolumes'] }] }),
  },
  {
    failure: 'connection cut',
    check: `probe:sqs:${region}`,
    status: 'FAILED',
    phase: 'DEGRADED',
    mend: /Check that this installation reaches AWS/,
    trouble: cutting('sqs'),
  },
]

const ownIdentityAway: Row[] = [
  {
    failure: 'this installation has no identity',
    check: 'own-identity',
    status: 'FAILED',
    phase: 'LOST_ACCESS',
    mend: /Start it with AWS_PROFILE/,
    trouble: () => run({}),
  },
  {
    failure: 'its session has expired',
    check: 'own-identity',
    status: 'FAILED',
    phase: 'LOST_ACCESS',
    mend: /sign in again/,
    trouble: failing('expired-token', (call) => asksWhoItIs(call, 'AKIA')),
  },
  {
    failure: 'AWS not reached',
    check: 'own-identity',
    status: 'FAILED',
    phase: 'PENDING',
    mend: /Check that this installation reaches AWS/,
    trouble: cutting('sts'),
  },
]

const byRole: Row[] = [
  ...ownIdentityAway,
  {
    failure: 'the role does not exist',
    check: 'assume-role',
    status: 'FAILED',
    phase: 'LOST_ACCESS',
    mend: /Create arn:aws:iam::200000000002:role\/NotThere .* trust policy/,
    input: { roleArn: `arn:aws:iam::${orders}:role/NotThere` },
    trouble: () => undefined,
  },
  {
    failure: 'the role trusts somebody else',
    check: 'assume-role',
    status: 'FAILED',
    phase: 'LOST_ACCESS',
    mend: /with this trust policy/,
    trouble: () => trust({ AWS: `arn:aws:iam::${orders}:root` }),
  },
  {
    failure: 'the role asks for another ExternalId',
    check: 'assume-role',
    status: 'FAILED',
    phase: 'LOST_ACCESS',
    mend: /with this trust policy/,
    trouble: () => trust({ AWS: identity.arn }, { StringEquals: { 'sts:ExternalId': 'of-another' } }),
  },
  {
    failure: 'denied by a service control policy',
    check: 'assume-role',
    status: 'FAILED',
    phase: 'LOST_ACCESS',
    mend: /service control policy .* whoever manages the organization/,
    trouble: faults({ denials: [{ actions: ['sts:AssumeRole'], reason: 'service-control-policy' }] }),
  },
  {
    failure: 'throttled',
    check: 'assume-role',
    status: 'FAILED',
    phase: 'PENDING',
    mend: /tried again by itself; validate again/,
    trouble: faults({ disturbances: [{ kind: 'throttle', actions: ['sts:AssumeRole'] }] }),
  },
  {
    failure: 'exposed: no ExternalId is asked for',
    check: 'external-id-missing',
    status: 'FAILED',
    phase: 'DEGRADED',
    mend: /Replace its trust policy by this statement/,
    trouble: () => trust({ AWS: identity.arn }),
  },
  {
    failure: 'exposed: any ExternalId will do',
    check: 'external-id-wrong',
    status: 'FAILED',
    phase: 'DEGRADED',
    mend: /Replace its trust policy by this statement/,
    trouble: () => trust({ AWS: identity.arn }, { StringLike: { 'sts:ExternalId': '*' } }),
  },
  {
    failure: 'the exposure cannot be tested',
    check: 'external-id-missing',
    status: 'WARNING',
    phase: 'CONNECTED',
    mend: /Validate again/,
    trouble: async (account) => {
      await trustRightly(account)
      const isTest = ({ operation, request }: Call): boolean =>
        operation === 'AssumeRole' && parameters(request).get('ExternalId') !== account.externalId
      failing('throttled', isTest)(account)
    },
  },
  {
    failure: 'the session has expired',
    check: 'account-match',
    status: 'FAILED',
    phase: 'LOST_ACCESS',
    mend: /Validate again, which begins a new session/,
    trouble: async (account) => {
      await trustRightly(account)
      failing('expired-token', (call) => asksWhoItIs(call, 'ASIA'))(account)
    },
  },
]

const key = () => ({ UserName: 'reader', AccessKeyId: readerKey.accessKeyId })
let readerKey: Keys

const byKey: Row[] = [
  {
    failure: 'the key is inactive',
    check: 'account-match',
    status: 'FAILED',
    phase: 'LOST_ACCESS',
    mend: /inactive or deleted. Replace the credential/,
    trouble: () => aws.client(IAMClient, orders).send(new UpdateAccessKeyCommand({ ...key(), Status: 'Inactive' })),
  },
  {
    failure: 'the key is deleted',
    check: 'account-match',
    status: 'FAILED',
    phase: 'LOST_ACCESS',
    mend: /inactive or deleted. Replace the credential/,
    trouble: () => aws.client(IAMClient, orders).send(new DeleteAccessKeyCommand(key())),
  },
  {
    failure: 'the secret is wrong',
    check: 'account-match',
    status: 'FAILED',
    phase: 'LOST_ACCESS',
    mend: /may be wrong, .* Replace the credential/,
    trouble: ({ credentialId }) =>
      product.call('PUT', `/credentials/${credentialId}`, {
        accessKey: { ...readerKey, secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
      }),
  },
  {
    failure: 'the key is of another account',
    check: 'account-match',
    status: 'FAILED',
    phase: 'LOST_ACCESS',
    mend: /Use credentials of 100000000001, or connect 200000000002/,
    input: { accountId: own },
    trouble: () => undefined,
  },
  {
    failure: 'the key is of the root user',
    check: 'account-match',
    status: 'WARNING',
    phase: 'CONNECTED',
    mend: /Delete the root access key; use a role/,
    trouble: wire((call) =>
      asksWhoItIs(call, 'AKIA') ? callerIdentity(orders, `arn:aws:iam::${orders}:root`) : undefined,
    ),
  },
  {
    failure: 'throttled',
    check: 'account-match',
    status: 'FAILED',
    phase: 'PENDING',
    mend: /tried again by itself; validate again/,
    trouble: failing('throttled', (call) => call.service === 'sts'),
  },
  {
    failure: 'AWS not reached',
    check: 'account-match',
    status: 'FAILED',
    phase: 'PENDING',
    mend: /Check that this installation reaches AWS/,
    trouble: cutting('sts'),
  },
]

const byOwnIdentity: Row[] = [
  ...ownIdentityAway,
  {
    failure: 'the identity is of another account',
    check: 'account-match',
    status: 'FAILED',
    phase: 'LOST_ACCESS',
    mend: /Use credentials of 200000000002, or connect 100000000001/,
    input: { accountId: orders },
    trouble: () => undefined,
  },
  {
    failure: 'the identity is the root user',
    check: 'account-match',
    status: 'WARNING',
    phase: 'CONNECTED',
    mend: /Delete the root access key; use a role/,
    trouble: wire((call) => (asksWhoItIs(call, 'AKIA') ? callerIdentity(own, `arn:aws:iam::${own}:root`) : undefined)),
  },
]

/** How each way is added, and what makes it work before the trouble begins. */
const ways = {
  iam_role: {
    rows: [
      ...byRole,
      ...probes.map((row) => ({
        ...row,
        trouble: async (account: AWSAccount) => {
          await trustRightly(account)
          await row.trouble(account)
        },
      })),
    ],
    input: () => ({ accountId: orders }),
    begin: () => runAs(identity),
  },
  access_key: {
    rows: [...byKey, ...probes],
    input: () => ({ accountId: orders, accessKey: readerKey }),
    begin: () => runAs(identity),
  },
  instance_profile: {
    rows: [...byOwnIdentity, ...probes],
    input: () => ({ accountId: own }),
    begin: () => runAs(ownUser),
  },
} satisfies Record<CredentialType, { rows: Row[]; input: () => Record<string, unknown>; begin: () => void }>

const shown: Record<string, string>[] = []

const actionOf = ({ missingActions, statement }: Fix): string =>
  [missingActions?.join(', '), statement && 'with the statement'].filter(Boolean).join(' ') || '–'

/** A table that a person can read, whatever the width of the terminal. */
const print = (): void => {
  const lines = shown.map((row) => Object.values(row).join(' | '))
  process.stdout.write(
    `\n${['way | failure | check | status | phase of the account | what the screen shows | actions', ...lines].join('\n')}\n\n`,
  )
}

beforeAll(async () => {
  aws = await startAws([own, orders])
  front = await startAwsFront(aws.endpoint)
  identity = await aws.createUser(own, 'dashboard')
  ownUser = await aws.createUser(own, 'own')
  await aws.createUser(orders, 'reader')
  home = await mkdtemp(join(tmpdir(), 'dashboard-test-home-'))
  product = await startProduct({ endpoint: front.endpoint, identity })
})

afterAll(async () => {
  print()
  await product?.close()
  await front?.close()
  await aws?.close()
  applyEnvironment({ HOME: realHome })
  if (home) await rm(home, { recursive: true, force: true })
})

afterEach(async () => {
  front.answerBy(() => undefined)
  aws.gateway.setFaults({})
  // A user has two keys at most; one of the tests has deleted it already.
  await aws
    .client(IAMClient, orders)
    .send(new DeleteAccessKeyCommand(key()))
    .catch(() => undefined)
  const { body } = await product.call<{ items: AWSAccount[] }>('GET', '/aws/accounts')
  for (const { id } of body.items) await product.call('DELETE', `/aws/accounts/${id}`)
})

const newKey = async (): Promise<Keys> => {
  const { AccessKey } = await aws.client(IAMClient, orders).send(new CreateAccessKeyCommand({ UserName: 'reader' }))
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
}

const add = async (input: Record<string, unknown>): Promise<AWSAccount> => {
  const { status, body } = await product.call<AWSAccount>('POST', '/aws/accounts', input)
  expect(status).toBe(201)
  return body
}

describe.each(Object.entries(ways))('Connected by %s', (way, { rows, input, begin }) => {
  test.each(rows)('$check, $failure: the screen says what to do', async (row) => {
    readerKey = await newKey()
    begin()
    const account = await add({ credentialType: way, name: way, regions: [region], ...input(), ...row.input })
    await row.trouble(account)
    const events = await validate(product, account.id)
    const checks = events.flatMap((event) =>
      event.type === 'check' && event.check.status !== 'RUNNING' ? [event.check] : [],
    )
    const done = events.at(-1)
    if (done?.type !== 'done') throw new Error(`validation broke off: ${JSON.stringify(done)}`)
    const check = checks.find(({ id }) => id === row.check)
    expect(check).toMatchObject({ status: row.status, detail: expect.stringMatching(/.{10}/) })
    expect(check?.fix?.summary).toMatch(row.mend)
    expect(done.account.phase).toBe(row.phase)
    // Every check that did not pass has a mend, not only the one that was spoilt.
    expect(checks.filter(({ status, fix }) => status !== 'PASSED' && (fix?.summary ?? '') === '')).toEqual([])
    shown.push({
      way,
      failure: row.failure,
      check: row.check,
      status: row.status,
      phase: done.account.phase,
      fix: check?.fix?.summary ?? '',
      action: check?.fix ? actionOf(check.fix) : '–',
    })
  })
})

test('a role of another account is refused before it is stored, by the field that is wrong', async () => {
  const { status, body } = await product.call<{ issues?: { path: string; message: string }[] }>(
    'POST',
    '/aws/accounts',
    {
      credentialType: 'iam_role',
      name: 'x',
      accountId: orders,
      regions: [region],
      roleArn: `arn:aws:iam::${own}:role/x`,
    },
  )
  expect(status).toBe(400)
  expect(body.issues).toEqual([{ path: 'roleArn', message: `The role is in account ${own}, not in ${orders}.` }])
})
