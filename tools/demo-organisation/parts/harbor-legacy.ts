import { createSnapshot, launchInstance } from '../aws/compute.ts'
import { createBucket, createDatabase, createTable } from '../aws/data-stores.ts'
import {
  awsManaged,
  createAccessKey,
  createPolicy,
  createServiceRole,
  createUser,
  type AccessKeyPair,
} from '../aws/identity.ts'
import { buildNetwork, createSecurityGroup, ingress } from '../aws/network.ts'
import { createLogGroup } from '../aws/serverless.ts'
import type { Site } from '../aws/site.ts'
import { required } from '../../aws-gateway/required.ts'

const owner = { env: 'prod', team: 'harbor' }

/** Long before the acquisition: a deployment user whose key nobody has rotated since. */
export async function buildHarborPeople(site: Site): Promise<void> {
  await createUser(site, 'jenkins-deploy', [awsManaged('AdministratorAccess')], {})
  await createAccessKey(site, 'jenkins-deploy')
  await createUser(site, 'h.vandermeer', [awsManaged('AdministratorAccess')], {})
}

/** The acquired product: one flat network, one server of everything. */
export async function buildHarbor(site: Site): Promise<void> {
  const backup = await createPolicy(
    site,
    'harbor-backup',
    [{ Action: ['s3:*', 'ec2:CreateSnapshot'], Resource: '*' }],
    {},
  )
  await createServiceRole(site, 'harbor-server', 'ec2.amazonaws.com', [backup], owner)
  const network = await buildNetwork(site, 'harbor', 172, owner)
  const group = await createSecurityGroup(
    site,
    {
      name: 'harbor-all',
      vpcId: network.vpcId,
      description: 'All servers',
      rules: [ingress(443, { cidrs: ['0.0.0.0/0'] }, 'https'), ingress(3306, { cidrs: ['10.0.0.0/8'] }, 'office')],
    },
    owner,
  )
  for (const name of ['harbor-web', 'harbor-batch']) {
    const order = {
      name,
      type: 'c4.xlarge',
      subnetId: required(network.publicSubnetIds[0], 'a public subnet'),
      securityGroupIds: [group],
      instanceProfile: 'harbor-server',
      dataVolume: 250,
    } as const
    const { volumeId } = await launchInstance(site, order, owner)
    if (volumeId) await createSnapshot(site, volumeId, `${name} weekly`, {})
  }
  const database = {
    name: 'harbor-shipments',
    engine: 'mysql',
    version: '5.7.44',
    instanceClass: 'db.m4.xlarge',
    storage: 300,
  } as const
  await createDatabase(
    site,
    { ...database, subnetIds: network.dataSubnetIds, securityGroupIds: [group], multiAz: false, encrypted: false },
    owner,
  )
  await createTable(site, { name: 'harbor-manifest', key: 'manifestId' }, {})
  await createBucket(site, { name: 'harbor-customer-documents', access: 'default' }, owner)
  await createBucket(site, { name: 'harbor-public-tracking', access: 'public' }, {})
  await createLogGroup(site, '/harbor/web', undefined, {})
}

/** The user made for us after the acquisition; its key is how the product gets in. */
export async function buildDashboardUser(site: Site): Promise<AccessKeyPair> {
  await createUser(
    site,
    'dashboard-reader',
    [awsManaged('SecurityAudit'), awsManaged('job-function/ViewOnlyAccess')],
    owner,
  )
  return createAccessKey(site, 'dashboard-reader')
}
