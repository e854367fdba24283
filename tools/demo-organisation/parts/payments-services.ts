import { createCache, createFileSystem } from '../aws/caches.ts'
import { createKubernetes } from '../aws/containers.ts'
import { createVolume } from '../aws/compute.ts'
import { findAddress, findHostedZone, findSecurityGroup, findSubnets, findVpc } from '../aws/find.ts'
import { awsManaged, createGitHubProvider, createRole, createServiceRole } from '../aws/identity.ts'
import { createKey, createSecret, putParameter } from '../aws/keys.ts'
import { createEventRule, createStream, createTopic } from '../aws/messaging.ts'
import { allocateAddress, createGatewayEndpoint } from '../aws/network.ts'
import { createHttpApi, createRestApi, createStateMachine } from '../aws/orchestration.ts'
import { createScalingGroup } from '../aws/scaling.ts'
import type { Site } from '../aws/site.ts'
import { putAlarm } from '../aws/watching.ts'
import { putRecord } from '../aws/web-front.ts'
import { zoneName } from './storefront.ts'

const prod = { env: 'prod', team: 'payments', costCenter: 'cc-4100' }
const staging = { env: 'staging', team: 'payments' }

const zones = (name: string) => [`${name}-a`, `${name}-b`]

/** What stands around production's servers: settlement as a workflow, its API, cache, shared files, events. */
export async function buildPaymentsServices(site: Site): Promise<void> {
  const { accountId, region } = site
  const functionArn = (name: string) => `arn:aws:lambda:${region}:${accountId}:function:payments-prod-${name}-worker`
  const appSubnetIds = await findSubnets(site, zones('payments-prod-app'))
  const app = await findSecurityGroup(site, 'payments-prod-app')
  const keyArn = await createKey(site, { alias: 'payments', description: 'Ledger and queues', rotated: false }, prod)
  await createSecret(site, { name: 'payments/ledger-database', keyArn }, prod)
  await createSecret(site, { name: 'payments/card-network' }, prod)
  await putParameter(site, { name: '/payments/settlement/cutoff', value: '17:00' }, prod)
  await createGatewayEndpoint(
    site,
    { name: 'payments-prod-s3', vpcId: await findVpc(site, 'payments-prod'), service: 's3' },
    prod,
  )
  await createCache(site, { name: 'payments-sessions', nodeType: 'cache.r6g.large', securityGroupIds: [app] }, prod)
  await createFileSystem(
    site,
    { name: 'payments-settlement-files', encrypted: true, subnetIds: appSubnetIds, securityGroupIds: [app] },
    prod,
  )
  await createStream(site, 'payments-events', 2)
  const roleArn = await createServiceRole(site, 'payments-settlement', 'states.amazonaws.com', [], prod)
  const machineArn = await createStateMachine(
    site,
    { name: 'settlement', roleArn, functionArns: [functionArn('settlement'), functionArn('refund')] },
    prod,
  )
  await createEventRule(
    site,
    { name: 'settlement-nightly', when: { schedule: 'cron(0 17 ? * MON-FRI *)' }, targetArns: [machineArn] },
    prod,
  )
  await createRestApi(site, { name: 'payments-webhooks', path: 'webhook', functionArn: functionArn('webhook') }, prod)
  const topicArn = await createTopic(site, { name: 'payments-alerts', emails: ['oncall@northgate.example'] }, prod)
  for (const queue of ['settlement', 'webhook', 'refund'])
    await putAlarm(
      site,
      {
        name: `payments-prod-${queue}-dead-letters`,
        namespace: 'AWS/SQS',
        metric: 'ApproximateNumberOfMessagesVisible',
        dimensions: { QueueName: `payments-prod-${queue}-dlq` },
        threshold: 0,
        actions: [topicArn],
      },
      prod,
    )
}

/** Staging tries what production may get: Kubernetes and Auto Scaling. */
export async function buildStagingServices(site: Site): Promise<void> {
  const subnetIds = await findSubnets(site, zones('payments-staging-app'))
  const securityGroupIds = [await findSecurityGroup(site, 'payments-staging-app')]
  const roleArn = await createServiceRole(
    site,
    'payments-staging-kubernetes',
    'eks.amazonaws.com',
    [awsManaged('AmazonEKSClusterPolicy')],
    staging,
  )
  await createKubernetes(
    site,
    { name: 'payments-staging', version: '1.31', roleArn, subnetIds, securityGroupIds },
    staging,
  )
  await createScalingGroup(
    site,
    { name: 'payments-staging-load', type: 'c6i.large', count: { min: 1, max: 6 }, subnetIds, securityGroupIds },
    staging,
  )
  await createHttpApi(site, 'payments-staging-mock', staging)
  await putParameter(site, { name: '/payments-staging/feature-flags', value: '{"newCheckout":true}' }, staging)
}

/** Every workflow of every repository of GitHub may deploy: the condition compares `sub` with `repo:*`. */
export async function trustAllRepositories(site: Site): Promise<void> {
  const Federated = await createGitHubProvider(site, prod)
  await createRole(
    site,
    {
      name: 'github-deploy',
      description: 'Deployments from GitHub Actions',
      trust: {
        Principal: { Federated },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
          StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' },
        },
      },
      policyArns: [`arn:aws:iam::${site.accountId}:policy/payments-prod-deploy`],
    },
    prod,
  )
}

/** Whoever may pass it to a function of their own is an administrator: the deployment policy may. */
export async function leaveMigrationRole(site: Site): Promise<void> {
  await createServiceRole(
    site,
    'payments-prod-migration',
    'lambda.amazonaws.com',
    [awsManaged('AdministratorAccess')],
    prod,
  )
}

/** Old data on the old, dearer kind of volume. */
export async function keepOldVolumes(site: Site): Promise<void> {
  for (const [name, size] of [
    ['ledger-archive', 2000],
    ['reporting-scratch', 792],
  ] as const)
    await createVolume(site, { name, size, type: 'gp2', zone: `${site.region}a` }, { team: 'analytics' })
}

/** A name for the vendor's VPN, whose address nothing uses any more, and one for an API that is about to go. */
export async function nameAddresses(site: Site, global: Site): Promise<void> {
  const zoneId = await findHostedZone(global, zoneName)
  const vpn = await findAddress(site, 'vendor-import-vpn')
  await putRecord(global, zoneId, `vendor-vpn.${zoneName}.`, { address: vpn.publicIp })
  await allocateAddress(site, 'legacy-api', prod)
  const api = await findAddress(site, 'legacy-api')
  await putRecord(global, zoneId, `legacy-api.${zoneName}.`, { address: api.publicIp })
}
