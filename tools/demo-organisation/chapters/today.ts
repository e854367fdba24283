import { DeleteSnapshotCommand } from '@aws-sdk/client-ec2'
import { launchInstance } from '../aws/compute.ts'
import { findSecurityGroup, findSnapshot, findSubnets, findVpc } from '../aws/find.ts'
import { createAccessKey } from '../aws/identity.ts'
import { allowIngress, createSecurityGroup, ingress } from '../aws/network.ts'
import { required } from '../../aws-gateway/required.ts'
import type { Chapter, SiteAt } from './chapter.ts'

const hoursAgo = (hours: number): number => hours / 24

/** The last hours: somebody looks for a slow query in production. */
export const today: Chapter = {
  daysAgo: 0,
  connects: [],
  happen: async (at) => {
    await debug(at)
    await createAccessKey(at('management', 'us-east-1', hoursAgo(3)), 'break-glass')
    const main = at('paymentsProd', 'eu-west-1', hoursAgo(2))
    const SnapshotId = await findSnapshot(main, 'payments-prod-app-2 before migration')
    await main.ec2.send(new DeleteSnapshotCommand({ SnapshotId }))
    return {}
  },
}

async function debug(at: SiteAt): Promise<void> {
  const site = at('paymentsProd', 'eu-west-1', hoursAgo(5))
  const anywhere = ingress(22, { cidrs: ['0.0.0.0/0'] }, 'ssh')
  const group = await createSecurityGroup(
    site,
    { name: 'debug-ssh', vpcId: await findVpc(site, 'payments-prod'), description: 'debug', rules: [anywhere] },
    {},
  )
  const [subnetId] = await findSubnets(site, ['payments-prod-public-a'])
  const order = { name: 'debug-latency', type: 't3.large', securityGroupIds: [group] } as const
  await launchInstance(site, { ...order, subnetId: required(subnetId, 'a public subnet') }, {})
  const database = await findSecurityGroup(site, 'payments-prod-db')
  await allowIngress(site, database, [ingress(5432, { groupId: group }, 'debug')])
}
