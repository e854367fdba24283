import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AWSAccount, ValidationCheck } from '@dashboard/contract/accounts.ts'
import { type ClientPool, createClientPool } from '@dashboard/server/aws/client-pool.ts'
import { createRequestHandler } from '@dashboard/server/aws/network.ts'
import { createOwnCredentials } from '@dashboard/server/aws/own-credentials.ts'
import { readConfig } from '@dashboard/server/config/config.ts'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { applyEnvironment, awsEnvironment } from '../demo/aws-environment.ts'
import { type Keys, startAws, type TestAws } from '../testing/aws.ts'
import { discover, validate } from '../testing/connect.ts'
import { startFakeContainer } from '../testing/identity/fake-container.ts'
import { makeCertificates, type TestCertificates } from '../testing/network/certificates.ts'
import { type ConnectProxy, startConnectProxy } from '../testing/network/connect-proxy.ts'
import { startTlsFront, type TlsFront } from '../testing/network/tls-front.ts'
import { type Product, startProduct } from '../testing/product.ts'

const accountId = '200000000002'

/** One label for each star. */
const names = [
  '127.0.0.1',
  '*.amazonaws.com',
  '*.eu-west-1.amazonaws.com',
  '*.us-east-1.amazonaws.com',
  '*.us-gov-west-1.amazonaws.com',
  '*.us-gov.amazonaws.com',
  '*.cn-north-1.amazonaws.com.cn',
  '*.eu-west-1.api.aws',
  '*.cn-north-1.api.amazonwebservices.com.cn',
]

let aws: TestAws
let user: Keys
let directory: string
let certificates: TestCertificates
let front: TlsFront
let proxy: ConnectProxy

beforeAll(async () => {
  aws = await startAws([accountId])
  const { accessKeyId, secretAccessKey } = await aws.createUser(accountId, 'reader')
  user = { accessKeyId, secretAccessKey }
  directory = await mkdtemp(join(tmpdir(), 'dashboard-test-network-'))
  certificates = makeCertificates(directory, names)
  front = await startTlsFront(aws.endpoint, certificates)
  proxy = await startConnectProxy(front.port)
})

afterAll(async () => {
  await proxy?.close()
  await front?.close()
  await aws?.close()
  if (directory) await rm(directory, { recursive: true, force: true })
})

afterEach(() => {
  proxy.answerWith(200)
  proxy.asked.splice(0)
})

/** Variables of an installation behind the proxy, with the authority's certificate. */
const behindProxy = () => ({ HTTPS_PROXY: proxy.url, AWS_CA_BUNDLE: certificates.caPath })

describe('A call to AWS', () => {
  /** As the product makes its clients from its configuration. */
  const withPool = async <Result>(env: Record<string, string>, use: (pool: ClientPool) => Promise<Result>) => {
    const { endpoint, network } = readConfig(env).aws
    const pool = createClientPool({ endpoint, ...(network === undefined ? {} : { network }) })
    try {
      return await use(pool)
    } finally {
      pool.close()
    }
  }

  const callerIn = (env: Record<string, string>, region: string, client = 'sts', operation = 'GetCallerIdentity') =>
    withPool(env, (pool) =>
      pool.send({
        connection: 'test',
        credentials: () => Promise.resolve(user),
        client,
        region,
        operation,
        input: {},
      }),
    )

  test.each([
    ['eu-west-1', {}, 'sts.eu-west-1.amazonaws.com:443'],
    ['us-gov-west-1', {}, 'sts.us-gov-west-1.amazonaws.com:443'],
    ['cn-north-1', {}, 'sts.cn-north-1.amazonaws.com.cn:443'],
    ['us-east-1', { AWS_USE_FIPS_ENDPOINT: 'true' }, 'sts-fips.us-east-1.amazonaws.com:443'],
    ['us-gov-west-1', { AWS_USE_FIPS_ENDPOINT: 'true' }, 'sts.us-gov-west-1.amazonaws.com:443'],
    ['eu-west-1', { AWS_USE_DUALSTACK_ENDPOINT: 'true' }, 'sts.eu-west-1.api.aws:443'],
    ['cn-north-1', { AWS_USE_DUALSTACK_ENDPOINT: 'true' }, 'sts.cn-north-1.api.amazonwebservices.com.cn:443'],
  ])('from %s with %o goes through the proxy to %s', async (region, variables, host) => {
    expect(await callerIn({ ...behindProxy(), ...variables }, region)).toMatchObject({ Account: accountId })
    expect(proxy.asked).toEqual([host])
  })

  test('for a global service goes to the home of its partition', async () => {
    for (const [region, host] of [
      ['us-east-1', 'iam.amazonaws.com:443'],
      ['us-gov-west-1', 'iam.us-gov.amazonaws.com:443'],
      ['cn-north-1', 'iam.cn-north-1.amazonaws.com.cn:443'],
    ] as const) {
      await callerIn(behindProxy(), region, 'iam', 'ListRoles')
      expect(proxy.asked.at(-1)).toBe(host)
    }
  })

  test('passes the proxy by where NO_PROXY names its host, also in lower case', async () => {
    const env = { ...behindProxy(), AWS_ENDPOINT_URL: `https://127.0.0.1:${front.port}` }
    for (const name of ['NO_PROXY', 'no_proxy'])
      expect(await callerIn({ ...env, [name]: 'example.com,127.0.0.1' }, 'eu-west-1')).toMatchObject({
        Account: accountId,
      })
    expect(proxy.asked).toEqual([])
    await callerIn(env, 'eu-west-1')
    expect(proxy.asked).toEqual([`127.0.0.1:${front.port}`])
  })

  test('trusts no unknown authority without AWS_CA_BUNDLE', async () => {
    await expect(callerIn({ HTTPS_PROXY: proxy.url }, 'eu-west-1')).rejects.toMatchObject({
      code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    })
  })
})

test('the identity of the installation is asked for through the proxy too, and its metadata are not', async () => {
  const { network } = readConfig(behindProxy()).aws
  const requestHandler = createRequestHandler(network)
  const tokenFile = join(directory, 'service-account-token')
  await writeFile(tokenFile, 'token')
  const before = { ...process.env }
  applyEnvironment({
    ...awsEnvironment(undefined, directory),
    AWS_REGION: 'cn-north-1',
    AWS_ROLE_ARN: `arn:aws-cn:iam::${accountId}:role/Pod`,
    AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile,
  })
  proxy.answerWith(403)
  await expect(createOwnCredentials({ requestHandler })()).rejects.toMatchObject({ code: 'ERR_PROXY_TUNNEL' })
  expect(new Set(proxy.asked)).toEqual(new Set(['sts.cn-north-1.amazonaws.com.cn:443']))
  proxy.asked.splice(0)
  const task = await startFakeContainer('token', {
    ...user,
    sessionToken: 't',
    expiration: new Date(Date.now() + 3_600_000),
  })
  applyEnvironment({
    AWS_WEB_IDENTITY_TOKEN_FILE: undefined,
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `${task.endpoint}/`,
    AWS_CONTAINER_AUTHORIZATION_TOKEN: 'token',
  })
  expect(await createOwnCredentials({ requestHandler })()).toMatchObject({ accessKeyId: user.accessKeyId })
  expect(proxy.asked).toEqual([])
  await task.close()
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
  applyEnvironment(before)
})

describe('An account', () => {
  let product: Product | undefined
  afterEach(() => product?.close())

  const connect = async (region: string, env: Record<string, string>): Promise<AWSAccount> => {
    product = await startProduct({ env, worker: true })
    const { body } = await product.call<AWSAccount>('POST', '/aws/accounts', {
      credentialType: 'access_key',
      name: 'partition',
      accountId,
      regions: [region],
      accessKey: user,
    })
    return body
  }

  const failing = async (id: string): Promise<ValidationCheck | undefined> => {
    if (product === undefined) throw new Error('not started')
    const events = await validate(product, id)
    return events.flatMap((event) =>
      event.type === 'check' && event.check.status === 'FAILED' ? [event.check] : [],
    )[0]
  }

  test.each([
    ['aws-us-gov', 'us-gov-west-1', 'amazonaws.com'],
    ['aws-cn', 'cn-north-1', 'amazonaws.com.cn'],
  ])(
    'in partition %s is validated and discovered at its own endpoints, behind proxy and private authority',
    async (partition, region, suffix) => {
      const account = await connect(region, behindProxy())
      expect(account).toMatchObject({ partition })
      if (product === undefined) throw new Error('not started')
      const done = (await validate(product, account.id)).at(-1)
      expect(done).toMatchObject({ type: 'done', account: { status: 'active' } })
      expect(await discover(product, { resourceTypes: ['AWS::IAM::User', 'AWS::EC2::VPC'] })).toMatchObject({
        status: 'completed',
      })
      const { body } = await product.call<{ resourceCount: number }>('GET', `/aws/accounts/${account.id}`)
      expect(body.resourceCount).toBeGreaterThan(0)
      expect(proxy.asked.length).toBeGreaterThan(0)
      expect(proxy.asked.filter((host) => !host.endsWith(`.${suffix}:443`))).toEqual([])
    },
  )

  test('is not blamed for a proxy that refuses: the check says so, with what to look at', async () => {
    const account = await connect('eu-west-1', behindProxy())
    proxy.answerWith(403)
    expect(await failing(account.id)).toMatchObject({
      id: 'account-match',
      detail: expect.stringContaining('could not be reached'),
      fix: { summary: expect.stringContaining('HTTPS_PROXY') },
    })
    expect((await product?.call('GET', `/aws/accounts/${account.id}`))?.body).toMatchObject({ status: 'inactive' })
  })

  test('is not blamed for a certificate of somebody else, and nothing of it is believed', async () => {
    const account = await connect('eu-west-1', { HTTPS_PROXY: proxy.url })
    expect(await failing(account.id)).toMatchObject({
      detail: expect.stringContaining('another certificate'),
      fix: { summary: expect.stringContaining('AWS_CA_BUNDLE') },
    })
  })
})

describe('A configuration that cannot be', () => {
  test.each([
    [{ AWS_USE_FIPS_ENDPOINT: 'true', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }, 'AWS_USE_FIPS_ENDPOINT'],
    [{ AWS_USE_DUALSTACK_ENDPOINT: 'true', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }, 'AWS_USE_DUALSTACK_ENDPOINT'],
    [{ AWS_USE_FIPS_ENDPOINT: 'yes' }, 'AWS_USE_FIPS_ENDPOINT'],
    [{ HTTPS_PROXY: 'proxy' }, 'HTTPS_PROXY'],
    [{ AWS_CA_BUNDLE: '/nowhere/ca.pem' }, 'AWS_CA_BUNDLE'],
  ])('%o stops the start with the name of the variable', (env, name) => {
    expect(() => readConfig(env)).toThrow(name)
  })
})
