import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import {
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSnapshotsCommand,
  DescribeSubnetsCommand,
  DescribeVolumesCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2'
import { DescribeLoadBalancersCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import {
  IAMClient,
  ListAccessKeysCommand,
  ListPoliciesCommand,
  ListRolesCommand,
  ListUsersCommand,
} from '@aws-sdk/client-iam'
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda'
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds'
import { GetBucketPolicyStatusCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3'
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Credentials, credentialsOf, python } from '../aws-gateway/gateway-for-tests.ts'
import { type Gateway, startGateway } from '../aws-gateway/gateway.ts'
import type { OperatorKey } from '../aws-gateway/credentials.ts'
import { dashboardRoleName, demoAccounts, demoConnections, demoRegions, productPrincipalArn } from './accounts.ts'
import { buildDemoOrganisation } from './build-demo-organisation.ts'
import { demoFaults } from './demo-faults.ts'
import { type DemoSecrets, openDemoDataDir } from './demo-secrets.ts'
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
  const operatorKeys = await openDemoDataDir(dataDir)
  const gateway = await startGateway({
    dataDir,
    python,
    operatorKeys,
    faults: demoFaults,
    log: silent,
    waitForReadyMs: buildTimeout,
  })
  await gateway.ready
  const secrets = await buildDemoOrganisation({ endpoint: gateway.endpoint, operatorKeys, dataDir, log: silent, now })
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

/** What there is of each of the twenty types, as names or ids, in one account and Region. */
async function inventory(credentials: Credentials, region: string): Promise<Record<string, string[]>> {
  const ec2 = new EC2Client(config(credentials, region))
  const iam = new IAMClient(config(credentials, region))
  const ids = (values: (string | undefined)[] | undefined) =>
    (values ?? []).filter((value) => value !== undefined).toSorted()
  return {
    instance: ids(
      (await ec2.send(new DescribeInstancesCommand({}))).Reservations?.flatMap((one) => one.Instances ?? []).map(
        (one) => one.InstanceId,
      ),
    ),
    volume: ids((await ec2.send(new DescribeVolumesCommand({}))).Volumes?.map((one) => one.VolumeId)),
    snapshot: ids(
      (await ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ['self'] }))).Snapshots?.map((one) => one.SnapshotId),
    ),
    securityGroup: ids(
      (await ec2.send(new DescribeSecurityGroupsCommand({}))).SecurityGroups?.map((one) => one.GroupId),
    ),
    vpc: ids((await ec2.send(new DescribeVpcsCommand({}))).Vpcs?.map((one) => one.VpcId)),
    subnet: ids((await ec2.send(new DescribeSubnetsCommand({}))).Subnets?.map((one) => one.SubnetId)),
    networkInterface: ids(
      (await ec2.send(new DescribeNetworkInterfacesCommand({}))).NetworkInterfaces?.map(
        (one) => one.NetworkInterfaceId,
      ),
    ),
    routeTable: ids((await ec2.send(new DescribeRouteTablesCommand({}))).RouteTables?.map((one) => one.RouteTableId)),
    natGateway: ids((await ec2.send(new DescribeNatGatewaysCommand({}))).NatGateways?.map((one) => one.NatGatewayId)),
    address: ids((await ec2.send(new DescribeAddressesCommand({}))).Addresses?.map((one) => one.AllocationId)),
    bucket: ids(
      (await new S3Client(config(credentials, region)).send(new ListBucketsCommand({}))).Buckets?.map(
        (one) => one.Name,
      ),
    ),
    dbInstance: ids(
      (await new RDSClient(config(credentials, region)).send(new DescribeDBInstancesCommand({}))).DBInstances?.map(
        (one) => one.DBInstanceArn,
      ),
    ),
    function: ids(
      (await new LambdaClient(config(credentials, region)).send(new ListFunctionsCommand({}))).Functions?.map(
        (one) => one.FunctionArn,
      ),
    ),
    role: ids((await iam.send(new ListRolesCommand({}))).Roles?.map((one) => one.RoleId)),
    user: ids((await iam.send(new ListUsersCommand({}))).Users?.map((one) => one.UserId)),
    policy: ids((await iam.send(new ListPoliciesCommand({ Scope: 'Local' }))).Policies?.map((one) => one.PolicyId)),
    table: ids((await new DynamoDBClient(config(credentials, region)).send(new ListTablesCommand({}))).TableNames),
    queue: ids(
      (await new SQSClient(config(credentials, region)).send(new ListQueuesCommand({}))).QueueUrls?.map(
        (url) => new URL(url).pathname,
      ),
    ),
    logGroup: ids(
      (
        await new CloudWatchLogsClient(config(credentials, region)).send(new DescribeLogGroupsCommand({}))
      ).logGroups?.map((one) => one.arn),
    ),
    loadBalancer: ids(
      (
        await new ElasticLoadBalancingV2Client(config(credentials, region)).send(new DescribeLoadBalancersCommand({}))
      ).LoadBalancers?.map((one) => one.LoadBalancerArn),
    ),
  }
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

  it('has resources of all twenty types in the main Region of payments-prod', async () => {
    const found = await inventory(operator(demoAccounts.paymentsProd), 'eu-west-1')
    expect(Object.entries(found).filter(([, ids]) => ids.length === 0)).toEqual([])
    expect(Object.keys(found)).toHaveLength(20)
  })

  it('hides three things from the product by denials it can name', async () => {
    const legacy = demo.secrets.harborLegacy
    await expect(
      new RDSClient(config(legacy, 'eu-central-1')).send(new DescribeDBInstancesCommand({})),
    ).rejects.toThrow('rds:DescribeDBInstances')
    await expect(
      new RDSClient(config(legacy, 'us-east-1')).send(new DescribeDBInstancesCommand({})),
    ).resolves.toBeDefined()
    await connect(demoAccounts.sandbox, 'external-id-of-sandbox')
    const sandbox = await session(demoAccounts.sandbox, 'external-id-of-sandbox')
    await expect(
      new LambdaClient(config(sandbox, 'ap-southeast-1')).send(new ListFunctionsCommand({})),
    ).rejects.toThrow('service control policy')
    await expect(
      new LambdaClient(config(sandbox, 'us-east-1')).send(new ListFunctionsCommand({})),
    ).resolves.toMatchObject({ Functions: [expect.anything()] })
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

  it('has a believable size: hundreds of resources in four Regions', async () => {
    const places = Object.values(demoAccounts).flatMap((accountId) =>
      demoRegions.map((region) => ({ accountId, region })),
    )
    const all = new Set<string>()
    for (const { accountId, region } of places) {
      for (const [type, ids] of Object.entries(await inventory(operator(accountId), region)))
        ids.forEach((id) => all.add(`${accountId} ${type} ${id}`))
    }
    expect(all.size).toBeGreaterThan(300)
    expect(all.size).toBeLessThan(800)
  })

  it(
    'is back after a restart with the same ids everywhere, and is not built twice',
    { timeout: buildTimeout },
    async () => {
      const places = Object.values(demoAccounts).flatMap((accountId) =>
        demoRegions.map((region) => ({ accountId, region })),
      )
      const everything = async () => {
        const found: Record<string, Record<string, string[]>> = {}
        for (const { accountId, region } of places)
          found[`${accountId} ${region}`] = await inventory(operator(accountId), region)
        return found
      }
      const before = await everything()
      const { secrets, dataDir } = demo
      await demo.gateway.close()
      demo = await openDemo(dataDir)
      expect(await everything()).toEqual(before)
      expect(demo.secrets).toEqual(secrets)
    },
  )
})
