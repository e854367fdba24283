import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import type { AWSAccount, InstallationIdentity } from '@dashboard/contract/accounts.ts'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { applyEnvironment } from '../demo/aws-environment.ts'
import { type Keys, startAws, type TestAws } from '../testing/aws.ts'
import { discover, validate } from '../testing/connect.ts'
import { startFakeContainer } from '../testing/identity/fake-container.ts'
import { type ImdsKind, startFakeImds } from '../testing/identity/fake-imds.ts'
import { signInToSso, startFakeSso } from '../testing/identity/fake-sso.ts'
import { startFakeWebIdentity } from '../testing/identity/fake-web-identity.ts'
import { runElsewhere } from '../testing/identity/run-elsewhere.ts'
import type { FakeSession, WireServer } from '../testing/identity/wire-server.ts'
import { type Product, startProduct } from '../testing/product.ts'

const own = '100000000001'
const other = '200000000002'
const regions = ['eu-west-1']

let aws: TestAws
let product: Product
let user: Keys & { arn: string }
let home: string
const servers: WireServer[] = []

const everything = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
})

/** What runs has a role, of which these endpoints hand out sessions. */
const makeRole = async (): Promise<void> => {
  const iam = aws.client(IAMClient, own)
  const trust = { Effect: 'Allow', Principal: { AWS: user.arn }, Action: 'sts:AssumeRole' }
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] })
  await iam.send(new CreateRoleCommand({ RoleName: 'Runner', AssumeRolePolicyDocument }))
  await iam.send(new PutRolePolicyCommand({ RoleName: 'Runner', PolicyName: 'all', PolicyDocument: everything }))
}

const newSession = async (): Promise<FakeSession> => {
  const sts = new STSClient({ region: 'eu-west-1', endpoint: aws.endpoint, credentials: user })
  const RoleArn = `arn:aws:iam::${own}:role/Runner`
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'installation' }))
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
    expiration: Credentials?.Expiration ?? new Date(0),
  }
}

const runWith = (variables: Record<string, string | undefined>): void => runElsewhere(product, home, variables)

const serve = async (server: Promise<WireServer>): Promise<WireServer> => {
  const started = await server
  servers.push(started)
  return started
}

const file = async (name: string, content: string): Promise<string> => {
  const path = join(home, name)
  await writeFile(path, content)
  return path
}

const imds = (server: WireServer) => ({
  AWS_EC2_METADATA_DISABLED: undefined,
  AWS_EC2_METADATA_SERVICE_ENDPOINT: server.endpoint,
})

const whoami = async (): Promise<InstallationIdentity> =>
  (await product.call<InstallationIdentity>('GET', '/aws/identity')).body

const connect = async (accountId = own): Promise<AWSAccount> => {
  const input = { credentialType: 'instance_profile', name: 'own', accountId, regions }
  const { body: added, status } = await product.call<AWSAccount>('POST', '/aws/accounts', input)
  expect(status).toBe(201)
  return added
}

const validated = async (id: string): Promise<AWSAccount> => {
  const done = (await validate(product, id)).at(-1)
  if (done?.type !== 'done') throw new Error(`validation broke off: ${JSON.stringify(done)}`)
  return done.account
}

const realHome = process.env['HOME']

beforeAll(async () => {
  aws = await startAws([own, other])
  user = await aws.createUser(own, 'dashboard')
  await makeRole()
  home = await mkdtemp(join(tmpdir(), 'dashboard-test-home-'))
  product = await startProduct({ endpoint: aws.endpoint, worker: true })
})

afterAll(async () => {
  await product?.close()
  await aws?.close()
  if (home) await rm(home, { recursive: true, force: true })
  applyEnvironment({ HOME: realHome })
})

afterEach(async () => {
  aws.gateway.setFaults({})
  const { body } = await product.call<{ items: AWSAccount[] }>('GET', '/aws/accounts')
  for (const { id } of body.items) await product.call('DELETE', `/aws/accounts/${id}`)
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

/** Each link of the chain, and the variables of a process that runs there. */
const links: [
  InstallationIdentity['source'],
  string,
  (session: FakeSession) => Promise<Record<string, string | undefined>>,
][] = [
  [
    'environment',
    'variables',
    (session) =>
      Promise.resolve({
        AWS_ACCESS_KEY_ID: session.accessKeyId,
        AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
        AWS_SESSION_TOKEN: session.sessionToken,
      }),
  ],
  [
    'profile',
    'a shared profile',
    async (session) => ({
      AWS_PROFILE: 'company',
      AWS_SHARED_CREDENTIALS_FILE: await file(
        `credentials-${session.accessKeyId}`,
        `[company]\naws_access_key_id = ${session.accessKeyId}\naws_secret_access_key = ${session.secretAccessKey}\naws_session_token = ${session.sessionToken}\n`,
      ),
    }),
  ],
  [
    'sso',
    'a profile signed in to IAM Identity Center',
    async (session) => {
      await signInToSso(home, own, new Date(Date.now() + 3_600_000))
      const portal = await serve(startFakeSso(session))
      return {
        AWS_PROFILE: 'company',
        AWS_CONFIG_FILE: join(home, '.aws', 'config'),
        AWS_ENDPOINT_URL_SSO: portal.endpoint,
      }
    },
  ],
  [
    'web-identity',
    'the token of a service account (IRSA)',
    async (session) => {
      const sts = await serve(startFakeWebIdentity('token-of-the-pod', session))
      return {
        AWS_ROLE_ARN: `arn:aws:iam::${own}:role/Runner`,
        AWS_WEB_IDENTITY_TOKEN_FILE: await file('service-account-token', 'token-of-the-pod'),
        AWS_ENDPOINT_URL_STS: sts.endpoint,
        AWS_REGION: 'eu-west-1',
      }
    },
  ],
  [
    'container',
    'an ECS task',
    async (session) => {
      const task = await serve(startFakeContainer('token-of-the-task', session))
      return {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `${task.endpoint}/v2/credentials/1`,
        AWS_CONTAINER_AUTHORIZATION_TOKEN: 'token-of-the-task',
      }
    },
  ],
  [
    'container',
    'EKS Pod Identity, whose token lies in a file',
    async (session) => {
      const agent = await serve(startFakeContainer('token-of-the-pod', session))
      return {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `${agent.endpoint}/v1/credentials`,
        AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: await file('pod-identity-token', 'token-of-the-pod'),
      }
    },
  ],
  ['instance-metadata', 'an instance (IMDSv2)', async (session) => imds(await serve(startFakeImds('v2', session)))],
]

describe('An account connected with the identity of the installation', () => {
  test.each(links)('connects and is discovered with what %s gives: %s', async (source, _title, variables) => {
    runWith(await variables(await newSession()))
    expect(await whoami()).toEqual({
      accountId: own,
      arn: `arn:aws:sts::${own}:assumed-role/Runner/installation`,
      source,
      fix: null,
    })
    const account = await connect()
    expect(await validated(account.id)).toMatchObject({ status: 'active', phase: 'CONNECTED', fix: null })
    expect(await discover(product, { resourceTypes: ['AWS::IAM::Role'] })).toMatchObject({ status: 'completed' })
    const { body } = await product.call<AWSAccount>('GET', `/aws/accounts/${account.id}`)
    expect(body.resourceCount).toBeGreaterThan(0)
    expect((await product.call('POST', `/aws/accounts/${account.id}/assume-role`)).body).toMatchObject({
      code: 'CREDENTIAL_TYPE_MISMATCH',
    })
  })

  test('is refused when it is another account than the identity’s, with what to do', async () => {
    runWith({ AWS_ACCESS_KEY_ID: user.accessKeyId, AWS_SECRET_ACCESS_KEY: user.secretAccessKey })
    expect(await validated((await connect(other)).id)).toMatchObject({
      status: 'error',
      phase: 'LOST_ACCESS',
      lastError: `The credentials belong to account ${own}, not to ${other}.`,
      fix: { summary: expect.stringContaining(`connect ${own} instead`) },
    })
  })

  test('comes back by itself after a session that AWS no longer takes was replaced', async () => {
    const session = await newSession()
    const variables = { AWS_PROFILE: 'company', AWS_SHARED_CREDENTIALS_FILE: await file('renewed', '') }
    const write = ({ accessKeyId, secretAccessKey, sessionToken }: FakeSession) =>
      file(
        'renewed',
        `[company]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\naws_session_token = ${sessionToken}\n`,
      )
    await write(session)
    runWith(variables)
    const account = await connect()
    expect(await validated(account.id)).toMatchObject({ phase: 'CONNECTED' })
    // The role is made anew: sessions of the old one are dead.
    const iam = aws.client(IAMClient, own)
    await iam.send(new DeleteRolePolicyCommand({ RoleName: 'Runner', PolicyName: 'all' }))
    await iam.send(new DeleteRoleCommand({ RoleName: 'Runner' }))
    await makeRole()
    expect(await validated(account.id)).toMatchObject({ fix: { summary: expect.stringContaining('aws sso login') } })
    await write(await newSession())
    product.core.broker.own.forget()
    expect(await validated(account.id)).toMatchObject({ status: 'active', phase: 'CONNECTED', lastError: null })
  })
})

describe('The metadata of an instance', () => {
  test('is asked with a token at every read', async () => {
    const server = await serve(startFakeImds('v2', await newSession()))
    runWith(imds(server))
    expect(await whoami()).toMatchObject({ source: 'instance-metadata', accountId: own })
    const reads = server.asked.filter(({ method }) => method === 'GET')
    expect(reads.length).toBeGreaterThan(0)
    for (const read of reads) expect(read.headers['x-aws-ec2-metadata-token']).toBe('token-of-the-fake-instance')
  })

  test.each<ImdsKind>(['v1-only', 'no-put'])(
    'of version 1 is never read (%s): there is no identity then',
    async (kind) => {
      const server = await serve(startFakeImds(kind, await newSession()))
      runWith(imds(server))
      for (let round = 0; round < 3; round += 1) {
        expect(await whoami()).toMatchObject({
          accountId: null,
          arn: null,
          source: null,
          fix: { summary: expect.stringContaining('no AWS identity of its own') },
        })
      }
      expect(server.asked.length).toBeGreaterThan(0)
      expect(server.asked.filter(({ method }) => method !== 'PUT')).toEqual([])
    },
  )
})

test('without any identity, the installation says so and what to do', async () => {
  runWith({})
  expect(await whoami()).toMatchObject({
    accountId: null,
    source: null,
    fix: { summary: expect.stringContaining('AWS_PROFILE') },
  })
  expect(await validated((await connect()).id)).toMatchObject({
    status: 'error',
    fix: { summary: expect.stringContaining('AWS_PROFILE') },
  })
})
