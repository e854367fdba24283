import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { trustPolicyOf } from '@dashboard/server/accounts/onboarding.ts'
import { createOwnIdentity, type OwnIdentity, type TrustedPrincipal } from '@dashboard/server/accounts/own-identity.ts'
import { isRegionDisabled } from '@dashboard/server/accounts/regions.ts'
import { type AwsCredentials, type ClientPool, createClientPool } from '@dashboard/server/aws/client-pool.ts'
import { assumeRole } from '@dashboard/server/aws/sts.ts'
import type { Call } from '@dashboard/server/discovery/collect.ts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startAws, type TestAws } from '../testing/aws.ts'

const own = '100000000001'
const orders = '200000000002'
const externalId = 'f'.repeat(32)
const region = 'eu-west-1'

let aws: TestAws
let pool: ClientPool
let user: AwsCredentials & { arn: string }

/** A session of a role that the installation runs as, as a task or a person of IAM Identity Center has one. */
const sessionOf = async (RoleName: string, Path: string): Promise<AwsCredentials> => {
  const trust = { Effect: 'Allow', Principal: { AWS: user.arn }, Action: 'sts:AssumeRole' }
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] })
  const { Role } = await aws
    .client(IAMClient, own)
    .send(new CreateRoleCommand({ RoleName, Path, AssumeRolePolicyDocument }))
  const sts = new STSClient({ region, endpoint: aws.endpoint, credentials: user })
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'installation' }))
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  }
}

/** Each identity has clients of its own: the pool keeps them apart by connection, and this one is always the same. */
const identityOf = async (session: AwsCredentials): Promise<OwnIdentity> => {
  pool.forgetAll()
  return createOwnIdentity({ send: pool.send, own: () => Promise.resolve(session) })(region)
}

const canAssume = async (session: AwsCredentials, RoleName: string): Promise<boolean> => {
  pool.forgetAll()
  const roleArn = `arn:aws:iam::${orders}:role/${RoleName}`
  return assumeRole(pool.send, () => Promise.resolve(session), {
    roleArn,
    externalId,
    sessionName: 'test',
    region,
  }).then(
    () => true,
    () => false,
  )
}

beforeAll(async () => {
  aws = await startAws([own, orders])
  pool = createClientPool({ endpoint: aws.endpoint })
  user = await aws.createUser(own, 'dashboard')
})

afterAll(async () => {
  pool?.close()
  await aws?.close()
})

afterEach(() => aws.gateway.setFaults({}))

test('a role is named with its path, which STS leaves out', async () => {
  const session = await sessionOf('AWSReservedSSO_Admin_1', '/aws-reserved/sso.amazonaws.com/eu-west-1/')
  expect(await identityOf(session)).toMatchObject({
    principalArn: `arn:aws:iam::${own}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_1`,
    principalArnLike: null,
  })
})

test('where the path may not be asked, the trust policy lets in the role of that name and nobody else of the account', async () => {
  const session = await sessionOf('Runner', '/tasks/')
  const sameEnding = await sessionOf('NotTheRunner', '/tasks/')
  const inPathOnly = await sessionOf('Other', '/Runner/')
  aws.gateway.setFaults({ denials: [{ actions: ['iam:GetRole'], reason: 'identity-policy' }] })
  const identity = await identityOf(session)
  expect(identity).toEqual({
    principalArn: `arn:aws:iam::${own}:root`,
    principalArnLike: [`arn:aws:iam::${own}:role/Runner`, `arn:aws:iam::${own}:role/*/Runner`],
    fix: null,
  })
  await aws.putRole(orders, 'Customer', trustPolicyOf(identity as TrustedPrincipal, externalId))
  expect(await canAssume(session, 'Customer')).toBe(true)
  expect(await canAssume(sameEnding, 'Customer')).toBe(false)
  expect(await canAssume(inPathOnly, 'Customer')).toBe(false)
  expect(await canAssume(user, 'Customer')).toBe(false)
})

test('a region the account has not opted in to is told from refused credentials, asking once', async () => {
  let asked = 0
  const call: Call = (request) => {
    asked += 1
    return pool.send({ ...request, connection: 'regions', credentials: () => Promise.resolve(user) })
  }
  const account = { id: crypto.randomUUID(), defaultRegion: region }
  expect(await Promise.all(['me-south-1', 'eu-central-1'].map((at) => isRegionDisabled(call, account, at)))).toEqual([
    true,
    false,
  ])
  expect(await isRegionDisabled(call, account, 'me-south-1')).toBe(true)
  expect(asked).toBe(1)
  expect(await isRegionDisabled(call, account, region)).toBe(false)
  aws.gateway.setFaults({ denials: [{ actions: ['ec2:DescribeRegions'], reason: 'identity-policy' }] })
  expect(await isRegionDisabled(call, { ...account, id: crypto.randomUUID() }, 'me-south-1')).toBe(false)
})
