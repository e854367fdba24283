import { createSnapshot, createVolume, launchInstance, stopInstance } from '../aws/compute.ts'
import { createBucket, createTable } from '../aws/data-stores.ts'
import { findInstance } from '../aws/find.ts'
import { awsManaged, createServiceRole, createUser } from '../aws/identity.ts'
import { allocateAddress, buildNetwork, createSecurityGroup, ingress } from '../aws/network.ts'
import { createFunction } from '../aws/serverless.ts'
import type { Site } from '../aws/site.ts'
import { required } from '../../aws-gateway/required.ts'

/** Where everybody tries things and few clean up: tags are rare. */
export async function buildSandbox(site: Site): Promise<void> {
  await createUser(site, 'mara.lindqvist', [awsManaged('PowerUserAccess')], { team: 'data' })
  await createUser(site, 'tomas.okafor', [awsManaged('PowerUserAccess')], {})
  const roleArn = await createServiceRole(
    site,
    'experiment-functions',
    'lambda.amazonaws.com',
    [awsManaged('AdministratorAccess')],
    {},
  )
  await createFunction(site, { name: 'try-transcribe', runtime: 'python3.8', roleArn, memory: 3008 }, {})
  await createBucket(site, { name: 'sandbox-scratch-161803398874', access: 'default' }, {})
  await createTable(site, { name: 'test-table-2', key: 'id' }, {})
}

/** A machine-learning trial and what it made on the way. */
export async function buildTrial(site: Site): Promise<void> {
  const network = await buildNetwork(site, 'ml-trial', 60, {})
  const group = await createSecurityGroup(
    site,
    {
      name: 'launch-wizard-1',
      vpcId: network.vpcId,
      description: 'launch-wizard-1',
      rules: [ingress(22, { cidrs: ['0.0.0.0/0'] }, 'ssh')],
    },
    {},
  )
  const order = {
    name: 'gpu-box',
    type: 'g5.xlarge',
    subnetId: required(network.publicSubnetIds[0], 'a public subnet'),
    securityGroupIds: [group],
    dataVolume: 500,
  } as const
  const { volumeId } = await launchInstance(site, order, { team: 'data' })
  if (volumeId) await createSnapshot(site, volumeId, 'gpu-box before upgrade', {})
  await createVolume(site, { name: 'old-training-set', size: 1000, type: 'gp2', zone: `${site.region}a` }, {})
  await createVolume(site, { name: 'checkpoint-copy', size: 750, type: 'st1', zone: `${site.region}b` }, {})
  await allocateAddress(site, 'demo-day', {})
}

/** Its machine is stopped and forgotten; the NAT gateway beside it runs on, with nothing behind it. */
export async function abandonTrial(site: Site): Promise<void> {
  await stopInstance(site, await findInstance(site, 'gpu-box'))
}
