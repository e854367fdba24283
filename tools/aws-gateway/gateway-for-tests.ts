import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CreateAccessKeyCommand, CreateRoleCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { type Gateway, type MotoOptions, startGateway } from './gateway.ts'
import { required } from './required.ts'

export const python = process.env['GATEWAY_PYTHON'] ?? fileURLToPath(new URL('../../.venv/bin/python', import.meta.url))

/** Starting Python and moto takes a second, on a busy machine several. */
export const startTimeout = 60_000

export const accounts = { home: '210987654321', foreign: '321098765432' } as const
type AccountName = keyof typeof accounts

export const operators = {
  home: { accessKeyId: 'AKIAOPERATORHOME0001', secretAccessKey: 'operator-secret-home', accountId: accounts.home },
  foreign: {
    accessKeyId: 'AKIAOPERATORFOREIGN1',
    secretAccessKey: 'operator-secret-foreign',
    accountId: accounts.foreign,
  },
} as const

export interface Credentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

export interface TestGateway {
  gateway: Gateway
  dataDir: string
  /** Settings of an SDK client that never retries. */
  client(
    credentials?: Credentials,
    region?: string,
  ): { endpoint: string; region: string; credentials: Credentials; maxAttempts: number }
  close(): Promise<void>
}

/** A gateway of its own in a directory of its own, removed again by `close`. */
export async function openTestGateway(options: Partial<MotoOptions> = {}): Promise<TestGateway> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'aws-gateway-')))
  const silent = { info() {}, warn() {}, error() {} }
  const gateway = await startGateway({
    python,
    operatorKeys: Object.values(operators),
    log: silent,
    ...options,
    dataDir,
  })
  await gateway.ready
  return {
    gateway,
    dataDir,
    client: (credentials = operators.home, region = 'eu-west-1') => ({
      endpoint: gateway.endpoint,
      region,
      credentials: { ...credentials },
      maxAttempts: 1,
    }),
    async close() {
      await gateway.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export async function createUserWithKey(
  test: TestGateway,
  UserName: string,
  account: AccountName = 'home',
): Promise<Credentials> {
  const iam = new IAMClient(test.client(operators[account]))
  await iam.send(new CreateUserCommand({ UserName }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
  return credentialsOf(AccessKey)
}

/** A role of the account that trusts the principal with this ExternalId; returns its ARN. */
export async function createTrustingRole(
  test: TestGateway,
  RoleName: string,
  principal: string,
  externalId: string,
  account: AccountName = 'home',
): Promise<string> {
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: principal },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': externalId } },
  }
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  const { Role } = await new IAMClient(test.client(operators[account])).send(
    new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }),
  )
  return required(Role?.Arn, 'Role.Arn')
}

export async function assumeRole(
  test: TestGateway,
  caller: Credentials,
  RoleArn: string,
  ExternalId?: string,
): Promise<Credentials> {
  const command = new AssumeRoleCommand({
    RoleArn,
    RoleSessionName: 'a-session',
    ...(ExternalId ? { ExternalId } : {}),
  })
  const { Credentials: keys } = await new STSClient(test.client(caller)).send(command)
  return credentialsOf(keys)
}

/** The keys in an answer of IAM or STS as the SDK's clients take them. */
export function credentialsOf(
  keys:
    | { AccessKeyId?: string | undefined; SecretAccessKey?: string | undefined; SessionToken?: string | undefined }
    | undefined,
): Credentials {
  return {
    accessKeyId: required(keys?.AccessKeyId, 'AccessKeyId'),
    secretAccessKey: required(keys?.SecretAccessKey, 'SecretAccessKey'),
    ...(keys?.SessionToken ? { sessionToken: keys.SessionToken } : {}),
  }
}
