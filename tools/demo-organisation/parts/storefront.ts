import {
  createCluster,
  createRepository,
  createService,
  registerTask,
  type TaskOrder,
  updateService,
} from '../aws/containers.ts'
import { createBucket, createDatabase } from '../aws/data-stores.ts'
import { findSecret, findSubnets, findVpc } from '../aws/find.ts'
import { awsManaged, createServiceRole } from '../aws/identity.ts'
import { createKey, createSecret } from '../aws/keys.ts'
import { createLoadBalancer } from '../aws/load-balancer.ts'
import { createSecurityGroup, ingress } from '../aws/network.ts'
import { createLogGroup } from '../aws/serverless.ts'
import type { Site } from '../aws/site.ts'
import { createDistribution, createHostedZone, putRecord, requestCertificate } from '../aws/web-front.ts'
import { putAlarm } from '../aws/watching.ts'

const owner = { env: 'prod', team: 'checkout', costCenter: 'cc-4300' }
export const zoneName = 'northgate.example'
const cluster = 'checkout'
const family = 'checkout-web'
const secretName = 'checkout/orders-database'

/** Route 53 → CloudFront → load balancer → ECS → RDS: what customers pay through. */
export async function buildStorefront(site: Site, global: Site): Promise<void> {
  const origin = await buildService(site)
  const certificateArn = await requestCertificate(global, [`pay.${zoneName}`, `checkout.${zoneName}`], owner)
  const distribution = await createDistribution(
    global,
    { aliases: [`pay.${zoneName}`], comment: 'checkout', origin, certificateArn },
    owner,
  )
  const zoneId = await createHostedZone(global, `${zoneName}.`, owner)
  await putRecord(global, zoneId, `pay.${zoneName}.`, { distribution })
  await putRecord(global, zoneId, `${zoneName}.`, { text: 'v=spf1 -all' })
}

/** Returns the DNS name of the load balancer. */
async function buildService(site: Site): Promise<string> {
  const vpcId = await findVpc(site, 'payments-prod')
  const tier = (name: string) => findSubnets(site, [`payments-prod-${name}-a`, `payments-prod-${name}-b`])
  const groups = await createGroups(site, vpcId)
  const certificateArn = await requestCertificate(site, [`origin.${zoneName}`], owner)
  const balancer = await createLoadBalancer(
    site,
    {
      name: 'checkout-alb',
      vpcId,
      subnetIds: await tier('public'),
      securityGroupIds: [groups.balancer],
      certificateArn,
    },
    owner,
  )
  await createDatabase(
    site,
    {
      name: 'checkout-orders',
      engine: 'postgres',
      version: '16.4',
      instanceClass: 'db.r6g.large',
      storage: 400,
      subnetIds: await tier('data'),
      securityGroupIds: [groups.database],
      multiAz: true,
      encrypted: true,
    },
    owner,
  )
  await createCluster(site, cluster, owner)
  const taskDefinition = await registerTask(site, await firstTask(site), owner)
  await createService(
    site,
    {
      cluster,
      name: family,
      taskDefinition,
      count: 2,
      subnetIds: await tier('app'),
      securityGroupIds: [groups.tasks],
      balanced: { targetGroupArn: balancer.targetGroupArn, container: family, port: 8080 },
    },
    owner,
  )
  await watch(site)
  return balancer.dnsName
}

async function createGroups(site: Site, vpcId: string) {
  const make = (tier: string, description: string, rules: Parameters<typeof createSecurityGroup>[1]['rules']) =>
    createSecurityGroup(site, { name: `checkout-${tier}`, vpcId, description, rules }, owner)
  const balancer = await make('alb', 'Load balancer of the checkout', [ingress(443, { cidrs: ['0.0.0.0/0'] }, 'https')])
  const tasks = await make('tasks', 'Tasks of the checkout', [ingress(8080, { groupId: balancer }, 'load balancer')])
  const database = await make('db', 'Orders', [ingress(5432, { groupId: tasks }, 'tasks')])
  return { balancer, tasks, database }
}

async function firstTask(site: Site): Promise<TaskOrder> {
  const repository = await createRepository(site, { name: family, scanned: true }, owner)
  const keyArn = await createKey(site, { alias: 'checkout', description: 'Orders and secrets', rotated: true }, owner)
  const secretArn = await createSecret(site, { name: secretName, keyArn }, owner)
  const roleArn = await createServiceRole(
    site,
    'checkout-tasks',
    'ecs-tasks.amazonaws.com',
    [awsManaged('service-role/AmazonECSTaskExecutionRolePolicy')],
    owner,
  )
  await createLogGroup(site, '/checkout/web', 90, owner)
  await createBucket(site, { name: 'northgate-checkout-receipts', versioned: true, access: 'blocked' }, owner)
  return {
    family,
    image: `${repository}:1.4.0`,
    port: 8080,
    roleArn,
    environment: { ORDERS_HOST: 'checkout-orders', LOG_LEVEL: 'info' },
    secrets: { ORDERS_PASSWORD: secretArn },
    logGroup: '/checkout/web',
  }
}

async function watch(site: Site): Promise<void> {
  await putAlarm(
    site,
    {
      name: 'checkout-database-cpu',
      namespace: 'AWS/RDS',
      metric: 'CPUUtilization',
      dimensions: { DBInstanceIdentifier: 'checkout-orders' },
      threshold: 80,
      actions: [],
    },
    owner,
  )
}

/** A new image, and more of it: the season begins. */
export async function releaseStorefront(site: Site, version: string, count: number): Promise<void> {
  const { accountId, region } = site
  const taskDefinition = await registerTask(
    site,
    {
      family,
      image: `${accountId}.dkr.ecr.${region}.amazonaws.com/${family}:${version}`,
      port: 8080,
      roleArn: `arn:aws:iam::${accountId}:role/checkout-tasks`,
      environment: { ORDERS_HOST: 'checkout-orders', LOG_LEVEL: 'info' },
      secrets: { ORDERS_PASSWORD: await findSecret(site, secretName) },
      logGroup: '/checkout/web',
    },
    owner,
  )
  await updateService(site, { cluster, name: family, taskDefinition, count })
}
