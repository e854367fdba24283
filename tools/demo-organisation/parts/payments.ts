import { createSnapshot, launchInstance } from '../aws/compute.ts'
import { createBucket, createDatabase, createTable } from '../aws/data-stores.ts'
import { awsManaged, createPolicy, createServiceRole, createUser } from '../aws/identity.ts'
import { createLoadBalancer } from '../aws/load-balancer.ts'
import { allocateAddress, buildNetwork, createSecurityGroup, ingress, type Network } from '../aws/network.ts'
import { consumeQueue, createFunction, createLogGroup, createQueueWithDlq } from '../aws/serverless.ts'
import type { Site } from '../aws/site.ts'
import type { Owner } from '../aws/tags.ts'
import { required } from '../../aws-gateway/required.ts'

export interface PaymentsRoles {
  instanceProfile: string
  functionRoleArn: string
}

/** One Region's worth of the payments platform; staging has the same shape, smaller. */
export interface PaymentsShape {
  prefix: string
  octet: number
  instances: number
  databases: 'multi-az' | 'single-az'
  owner: Owner
}

/** The roles all Regions of a payments account share. */
export async function buildPaymentsRoles(site: Site, prefix: string, owner: Owner): Promise<PaymentsRoles> {
  const actions = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Query']
  const ledger = await createPolicy(
    site,
    `${prefix}-ledger-access`,
    [{ Action: actions, Resource: `arn:aws:dynamodb:*:${site.accountId}:table/${prefix}-*` }],
    owner,
  )
  const queues = await createPolicy(
    site,
    `${prefix}-queue-access`,
    [
      {
        Action: ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'],
        Resource: `arn:aws:sqs:*:${site.accountId}:${prefix}-*`,
      },
    ],
    owner,
  )
  // Wider than anything needs: somebody was in a hurry.
  const deploy = await createPolicy(
    site,
    `${prefix}-deploy`,
    [{ Action: ['iam:PassRole', 'lambda:*', 'ec2:*', 's3:*'], Resource: '*' }],
    owner,
  )
  await createUser(site, `${prefix}-ci`, [deploy], owner)
  await createServiceRole(
    site,
    `${prefix}-app`,
    'ec2.amazonaws.com',
    [awsManaged('AmazonSSMManagedInstanceCore'), ledger, queues],
    owner,
  )
  await createServiceRole(site, `${prefix}-deploy`, 'codebuild.amazonaws.com', [deploy], owner)
  const lambda = awsManaged('service-role/AWSLambdaVPCAccessExecutionRole')
  const functionRoleArn = await createServiceRole(
    site,
    `${prefix}-functions`,
    'lambda.amazonaws.com',
    [lambda, ledger, queues],
    owner,
  )
  return { instanceProfile: `${prefix}-app`, functionRoleArn }
}

interface Groups {
  balancer: string
  app: string
  database: string
  functions: string
}

export async function buildPayments(site: Site, roles: PaymentsRoles, shape: PaymentsShape): Promise<void> {
  const { prefix, owner } = shape
  const network = await buildNetwork(site, prefix, shape.octet, owner)
  const groups = await createGroups(site, shape, network.vpcId)
  await buildApplication(site, roles, shape, network, groups)
  await buildDatabases(site, shape, network, groups)
  await buildFunctions(site, roles, shape, network, groups)
  await buildBuckets(site, shape)
  await createLogGroup(site, `/${prefix}/application`, 90, owner)
  await createLogGroup(site, `/aws/vpc/${prefix}-flow-logs`, undefined, owner)
}

async function createGroups(site: Site, { prefix, owner }: PaymentsShape, vpcId: string): Promise<Groups> {
  const make = (tier: string, description: string, rules: Parameters<typeof createSecurityGroup>[1]['rules']) =>
    createSecurityGroup(site, { name: `${prefix}-${tier}`, vpcId, description, rules }, owner)
  const anywhere = { cidrs: ['0.0.0.0/0'] }
  const balancer = await make('alb', 'Public load balancer', [
    ingress(80, anywhere, 'http'),
    ingress(443, anywhere, 'https'),
  ])
  const app = await make('app', 'Application servers', [ingress(8080, { groupId: balancer }, 'from the load balancer')])
  const functions = await make('functions', 'Lambda functions', [])
  const database = await make('db', 'Databases', [
    ingress(5432, { groupId: app }, 'application'),
    ingress(5432, { groupId: functions }, 'functions'),
  ])
  return { balancer, app, database, functions }
}

async function buildApplication(
  site: Site,
  roles: PaymentsRoles,
  shape: PaymentsShape,
  network: Network,
  groups: Groups,
): Promise<void> {
  const { prefix, owner } = shape
  const instanceIds: string[] = []
  for (let index = 0; index < shape.instances; index += 1) {
    const order = {
      name: `${prefix}-app-${index + 1}`,
      type: index === 0 ? ('m5.xlarge' as const) : ('m5.large' as const),
      subnetId: required(network.appSubnetIds[index % 2], 'an application subnet'),
      securityGroupIds: [groups.app],
      instanceProfile: roles.instanceProfile,
      dataVolume: 100,
    }
    const { instanceId, volumeId } = await launchInstance(site, order, owner)
    instanceIds.push(instanceId)
    if (volumeId) await createSnapshot(site, volumeId, `${order.name} before migration`, owner)
  }
  const { vpcId, publicSubnetIds } = network
  await createLoadBalancer(
    site,
    { name: `${prefix}-alb`, vpcId, subnetIds: publicSubnetIds, securityGroupIds: [groups.balancer], instanceIds },
    owner,
  )
}

async function buildDatabases(
  site: Site,
  { prefix, databases, owner }: PaymentsShape,
  { dataSubnetIds }: Network,
  groups: Groups,
): Promise<void> {
  const common = {
    engine: 'postgres',
    subnetIds: dataSubnetIds,
    securityGroupIds: [groups.database],
    encrypted: true,
  } as const
  const multiAz = databases === 'multi-az'
  await createDatabase(
    site,
    {
      ...common,
      name: `${prefix}-ledger`,
      version: '16.4',
      instanceClass: multiAz ? 'db.r6g.large' : 'db.t4g.medium',
      storage: 200,
      multiAz,
    },
    owner,
  )
  if (multiAz)
    await createDatabase(
      site,
      {
        ...common,
        name: `${prefix}-reporting`,
        version: '13.16',
        instanceClass: 'db.m5.large',
        storage: 500,
        multiAz: false,
      },
      { ...owner, team: 'analytics' },
    )
  await createTable(site, { name: `${prefix}-sessions`, key: 'sessionId' }, owner)
  await createTable(site, { name: `${prefix}-idempotency`, key: 'requestId' }, owner)
  await createTable(site, { name: `${prefix}-transactions`, key: 'accountId', sortKey: 'postedAt' }, owner)
}

async function buildFunctions(
  site: Site,
  roles: PaymentsRoles,
  shape: PaymentsShape,
  network: Network,
  groups: Groups,
): Promise<void> {
  const { prefix, owner } = shape
  const vpc = { subnetIds: network.appSubnetIds, securityGroupIds: [groups.functions] }
  for (const [name, runtime] of [
    ['settlement', 'nodejs22.x'],
    ['webhook', 'python3.12'],
    ['refund', 'nodejs18.x'],
  ] as const) {
    const queueArn = await createQueueWithDlq(site, `${prefix}-${name}`, owner)
    const functionName = `${prefix}-${name}-worker`
    const environment = { LEDGER_TABLE: `${prefix}-transactions`, QUEUE_ARN: queueArn }
    await createFunction(
      site,
      { name: functionName, runtime, roleArn: roles.functionRoleArn, memory: 512, environment, vpc, logRetention: 30 },
      owner,
    )
    await consumeQueue(site, functionName, queueArn)
  }
}

async function buildBuckets(site: Site, { prefix, owner }: PaymentsShape): Promise<void> {
  const place = `${prefix}-${site.region}`
  await createBucket(site, { name: `${place}-statements`, versioned: true, access: 'blocked' }, owner)
  await createBucket(site, { name: `${place}-uploads`, access: 'default' }, owner)
}

/** What only production has: the database of a vendor's import, and what nobody took away afterwards. */
export async function buildProductionLeftovers(site: Site, owner: Owner): Promise<void> {
  const network = await buildNetwork(site, 'vendor-import', 90, { team: 'payments' })
  const vendor = { cidrs: ['203.0.113.0/24'] }
  const open = await createSecurityGroup(
    site,
    {
      name: 'vendor-import-db',
      vpcId: network.vpcId,
      description: 'Temporary, for the vendor',
      rules: [ingress(5432, vendor, 'vendor import')],
    },
    {},
  )
  const database = {
    name: 'vendor-import',
    engine: 'postgres',
    version: '12.19',
    instanceClass: 'db.t3.large',
    storage: 100,
  } as const
  await createDatabase(
    site,
    {
      ...database,
      subnetIds: network.dataSubnetIds,
      securityGroupIds: [open],
      multiAz: false,
      encrypted: false,
      publiclyAccessible: true,
    },
    {},
  )
  await allocateAddress(site, 'vendor-import-vpn', {})
  await createBucket(site, { name: 'payments-prod-brand-assets', access: 'default' }, owner)
}

/** Shipped a month ago by another team. */
export async function buildFraudScoring(site: Site, functionRoleArn: string): Promise<void> {
  const owner = { env: 'prod', team: 'fraud', costCenter: 'cc-4200' }
  const queueArn = await createQueueWithDlq(site, 'fraud-scoring', owner)
  await createTable(site, { name: 'fraud-scores', key: 'transactionId' }, owner)
  await createFunction(
    site,
    {
      name: 'fraud-scoring',
      runtime: 'python3.13',
      roleArn: functionRoleArn,
      memory: 2048,
      environment: { SCORES_TABLE: 'fraud-scores' },
    },
    owner,
  )
  await consumeQueue(site, 'fraud-scoring', queueArn)
}
