import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { type Gateway, startGateway } from '../aws-gateway/gateway.ts'

export interface Keys {
  accessKeyId: string
  secretAccessKey: string
}

export interface TestAws {
  gateway: Gateway
  endpoint: string
  /** A client that acts as the administrator of an account. */
  client<Client>(constructor: new (config: never) => Client, accountId: string, region?: string): Client
  /** An IAM user with a key, allowed everything. */
  createUser(accountId: string, name: string): Promise<Keys & { arn: string }>
  /** The role a connection asks for; the trust policy as given. */
  putRole(accountId: string, name: string, trustPolicy: unknown): Promise<void>
  close(): Promise<void>
}

/** A Python that can import moto. */
export const python = process.env['GATEWAY_PYTHON'] ?? fileURLToPath(new URL('../../.venv/bin/python', import.meta.url))

const operatorKey = (accountId: string) => ({
  accountId,
  accessKeyId: `AKIA${randomBytes(8).toString('hex').toUpperCase()}`,
  secretAccessKey: randomBytes(20).toString('hex'),
})

const everything = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
})

/** AWS's wire protocol with the named, empty accounts behind it: call it in `beforeAll`, and `close` in `afterAll`. */
export const startAws = async (accountIds: readonly string[]): Promise<TestAws> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'dashboard-test-aws-'))
  const keys = new Map(accountIds.map((accountId) => [accountId, operatorKey(accountId)]))
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (variables: object, message: string) => console.error(message, variables),
  }
  const gateway = await startGateway({ dataDir, python, operatorKeys: [...keys.values()], waitForReadyMs: 60_000, log })
  await gateway.ready

  const client: TestAws['client'] = (constructor, accountId, region = 'us-east-1') => {
    const credentials = keys.get(accountId)
    if (credentials === undefined) throw new Error(`no account ${accountId} in this test`)
    return new constructor({ region, credentials, endpoint: gateway.endpoint, forcePathStyle: true } as never)
  }

  return {
    gateway,
    endpoint: gateway.endpoint,
    client,
    createUser: async (accountId, name) => {
      const iam = client(IAMClient, accountId)
      const { User } = await iam.send(new CreateUserCommand({ UserName: name }))
      await iam.send(new PutUserPolicyCommand({ UserName: name, PolicyName: 'all', PolicyDocument: everything }))
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }))
      return {
        arn: User?.Arn ?? '',
        accessKeyId: AccessKey?.AccessKeyId ?? '',
        secretAccessKey: AccessKey?.SecretAccessKey ?? '',
      }
    },
    putRole: async (accountId, name, trustPolicy) => {
      const iam = client(IAMClient, accountId)
      const document = JSON.stringify(trustPolicy)
      try {
        await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: document }))
        await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'all', PolicyDocument: everything }))
      } catch (error) {
        if ((error as Error).name !== 'EntityAlreadyExistsException') throw error
        await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: name, PolicyDocument: document }))
      }
    },
    close: async () => {
      await gateway.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
