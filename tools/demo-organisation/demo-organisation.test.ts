import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVolumesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2'
import { IAMClient, ListAccessKeysCommand } from '@aws-sdk/client-iam'
import { KMSClient, ListKeysCommand } from '@aws-sdk/client-kms'
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda'
import { DescribeAccountCommand, OrganizationsClient } from '@aws-sdk/client-organizations'
import { GetBucketPolicyStatusCommand, S3Client } from '@aws-sdk/client-s3'
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Credentials, credentialsOf, python } from '../aws-gateway/gateway-for-tests.ts'
import { type Gateway, startGateway } from '../aws-gateway/gateway.ts'
import type { OperatorKey } from '../aws-gateway/credentials.ts'
import { dashboardRoleName, demoAccounts, demoConnections, demoRegions, productPrincipalArn } from './accounts.ts'
import { buildDemoOrganisation } from './build-demo-organisation.ts'
import { demoFaults } from './demo-faults.ts'
import { type DemoSecrets, openDemoDataDir, writeDemoSecrets } from './demo-secrets.ts'
import { setExternalId } from './set-external-id.ts'
import { required } from '../aws-gateway/required.ts'

const buildTimeout = 120_000
const silent = { info() {}, warn() {}, error() {} }
const now = new Date()

interface Demo {
  dataDir: string
  gateway: Gateway
  operatorKeys: OperatorKey[]
  secrets: DemoSecrets
}

async function openDemo(dataDir: string): Promise<Demo> {
  const operatorKeys = await openDemoDataDir(dataDir, { keep: false })
  const gateway = await startGateway({
    dataDir,
    python,
    operatorKeys,
    faults: demoFaults,
    log: silent,
    waitForReadyMs: buildTimeout,
  })
  await gateway.ready
  const secrets = await buildDemoOrganisation({ endpoint: gateway.endpoint, operatorKeys, now })
  await writeDemoSecrets(dataDir, secrets)
  return { dataDir, gateway, operatorKeys, secrets }
}

let demo: Demo
beforeAll(async () => void (demo = await openDemo(await mkdtemp(join(tmpdir(), 'demo-organisation-')))), buildTimeout)
afterAll(async () => {
  await demo.gateway.close()
  await rm(demo.dataDir, { recursive: true, force: true })
})

const config = (credentials: Credentials, region = 'eu-west-1') => ({
  endpoint: demo.gateway.endpoint,
  region,
  credentials: { ...credentials },
  maxAttempts: 1,
})
const operator = (accountId: string): Credentials =>
  required(
    demo.operatorKeys.find((key) => key.accountId === accountId),
    accountId,
  )

async function connect(accountId: string, externalId: string): Promise<void> {
  const { gateway, operatorKeys } = demo
  await setExternalId({
    endpoint: gateway.endpoint,
    operatorKeys,
    accountId,
    roleName: dashboardRoleName,
    externalId,
    principalArn: productPrincipalArn,
    at: now,
  })
}

async function session(accountId: string, externalId: string): Promise<Credentials> {
  const command = new AssumeRoleCommand({
    RoleArn: `arn:aws:iam::${accountId}:role/${dashboardRoleName}`,
    RoleSessionName: 'awsdash-test',
    ExternalId: externalId,
  })
  const { Credentials: keys } = await new STSClient(config(demo.secrets.productIdentity)).send(command)
  return credentialsOf(keys)
}

describe('The demo organisation', () => {
  it('has six accounts of their own, five by role and the acquired one by access key', () => {
    expect(new Set(demoConnections.map(({ accountId }) => accountId)).size).toBe(6)
    expect(demoConnections.filter(({ credentialType }) => credentialType === 'iam_role')).toHaveLength(5)
    expect(demoConnections.every(({ accountId }) => /^\d{12}$/.test(accountId))).toBe(true)
  })

  it('lets the product in with the ExternalId of the connection and with no other', async () => {
    await connect(demoAccounts.paymentsProd, 'external-id-of-prod')
    const credentials = await session(demoAccounts.paymentsProd, 'external-id-of-prod')
    const { Arn } = await new STSClient(config(credentials)).send(new GetCallerIdentityCommand({}))
    expect(Arn).toBe(`arn:aws:sts::${demoAccounts.paymentsProd}:assumed-role/${dashboardRoleName}/awsdash-test`)
    await expect(session(demoAccounts.paymentsProd, 'another')).rejects.toMatchObject({ name: 'AccessDenied' })
    await connect(demoAccounts.paymentsProd, 'a-newer-one')
    await expect(session(demoAccounts.paymentsProd, 'external-id-of-prod')).rejects.toMatchObject({
      name: 'AccessDenied',
    })
    await expect(session(demoAccounts.paymentsProd, 'a-newer-one')).resolves.toMatchObject({
      accessKeyId: expect.stringMatching(/^ASIA/),
    })
  })

  it('hides three things from the product by denials it can name', async () => {
    const legacy = demo.secrets.harborLegacy
    const keysIn = (region: string) => new KMSClient(config(legacy, region)).send(new ListKeysCommand({}))
    await expect(keysIn('eu-central-1')).rejects.toThrow('explicit deny')
    await expect(keysIn('us-east-1')).resolves.toBeDefined()
    await expect(
      new CloudWatchLogsClient(config(legacy, 'eu-central-1')).send(new DescribeLogGroupsCommand({})),
    ).rejects.toThrow('logs:DescribeLogGroups')
    await connect(demoAccounts.sandbox, 'external-id-of-sandbox')
    const sandbox = await session(demoAccounts.sandbox, 'external-id-of-sandbox')
    await expect(
      new LambdaClient(config(sandbox, 'ap-southeast-1')).send(new ListFunctionsCommand({})),
    ).rejects.toThrow('service control policy')
    await expect(
      new LambdaClient(config(sandbox, 'us-east-1')).send(new ListFunctionsCommand({})),
    ).resolves.toMatchObject({ Functions: [] })
  })

  it('has an open database port, a public bucket, a spare address and a key nobody rotated', async () => {
    const prod = operator(demoAccounts.paymentsProd)
    const groups = (await new EC2Client(config(prod, 'us-east-1')).send(new DescribeSecurityGroupsCommand({})))
      .SecurityGroups
    const open = groups?.find(({ GroupName }) => GroupName === 'vendor-import-db')
    expect(open?.IpPermissions?.[0]?.IpRanges?.map(({ CidrIp }) => CidrIp)).toEqual(['0.0.0.0/1', '128.0.0.0/1'])
    const addresses = (await new EC2Client(config(prod, 'us-east-1')).send(new DescribeAddressesCommand({}))).Addresses
    expect(
      addresses?.filter(({ AssociationId, NetworkInterfaceId }) => !AssociationId && !NetworkInterfaceId),
    ).toHaveLength(1)
    const status = await new S3Client(config(prod, 'us-east-1')).send(
      new GetBucketPolicyStatusCommand({ Bucket: 'payments-prod-brand-assets' }),
    )
    expect(status.PolicyStatus?.IsPublic).toBe(true)
    const keys = await new IAMClient(config(operator(demoAccounts.harborLegacy))).send(
      new ListAccessKeysCommand({ UserName: 'jenkins-deploy' }),
    )
    const days =
      (now.getTime() - required(keys.AccessKeyMetadata?.[0]?.CreateDate, 'CreateDate').getTime()) / 86_400_000
    expect(Math.round(days)).toBe(210)
  })

  it('keeps its secrets in files of mode 0600', async () => {
    for (const name of await readdir(demo.dataDir))
      expect((await stat(join(demo.dataDir, name))).mode & 0o077, name).toBe(0)
  })

  it('has 5.3 TB of gp2, and a machine stopped for 95 days', async () => {
    let gibibytes = 0
    for (const accountId of Object.values(demoAccounts))
      for (const region of demoRegions) {
        const ec2 = new EC2Client(config(operator(accountId), region))
        const { Volumes } = await ec2.send(
          new DescribeVolumesCommand({ Filters: [{ Name: 'volume-type', Values: ['gp2'] }] }),
        )
        gibibytes += (Volumes ?? []).reduce((sum, volume) => sum + (volume.Size ?? 0), 0)
      }
    expect(gibibytes).toBe(5_300)
    const sandbox = new EC2Client(config(operator(demoAccounts.sandbox), 'ap-southeast-1'))
    const { Reservations } = await sandbox.send(new DescribeInstancesCommand({}))
    const since = /\((.* UTC)\)/.exec(Reservations?.[0]?.Instances?.[0]?.StateTransitionReason ?? '')?.[1]
    expect(Math.round((now.getTime() - Date.parse(required(since, 'an instant'))) / 86_400_000)).toBe(95)
  })

  it('is an organization whose members have the ids their accounts had before', async () => {
    const organizations = new OrganizationsClient(config(operator(demoAccounts.management), 'us-east-1'))
    for (const [accountId, name] of [
      [demoAccounts.management, 'management'],
      [demoAccounts.harborLegacy, 'harbor-legacy'],
    ]) {
      const { Account } = await organizations.send(new DescribeAccountCommand({ AccountId: accountId }))
      expect(Account).toMatchObject({ Id: accountId, Name: name, State: 'ACTIVE' })
    }
  })
})
