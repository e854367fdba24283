import { ModifyVolumeCommand, ReleaseAddressCommand } from '@aws-sdk/client-ec2'
import { DeleteFunctionCommand } from '@aws-sdk/client-lambda'
import { createBucket, openToEveryone } from '../aws/data-stores.ts'
import { findAddress, findSecurityGroup, findVolume } from '../aws/find.ts'
import { putParameter } from '../aws/keys.ts'
import { allocateAddress, allowIngress, ingress, revokeIngress } from '../aws/network.ts'
import type { Chapter, SiteAt } from './chapter.ts'

/** Three weeks in which somebody was in a hurry. */
export const day8: Chapter = {
  daysAgo: 8,
  connects: [],
  happen: async (at) => {
    await openDatabase(at)
    await releaseAddress(at)
    await openToEveryone(at('paymentsProd', 'us-east-1', 14), 'payments-prod-brand-assets')
    await at('sandbox', 'us-east-1', 11).lambda.send(new DeleteFunctionCommand({ FunctionName: 'try-transcribe' }))
    await expand(at)
    return {}
  },
}

/** The vendor's addresses keep changing; two halves of the world pass a check that looks for 0.0.0.0/0. */
async function openDatabase(at: SiteAt): Promise<void> {
  const site = at('paymentsProd', 'us-east-1', 21)
  const group = await findSecurityGroup(site, 'vendor-import-db')
  await allowIngress(site, group, [ingress(5432, { cidrs: ['0.0.0.0/1', '128.0.0.0/1'] }, 'vendor import')])
  await revokeIngress(site, group, [ingress(5432, { cidrs: ['203.0.113.0/24'] }, 'vendor import')])
}

/** The address is given back; its name stays in DNS, for whoever gets the address next. */
async function releaseAddress(at: SiteAt): Promise<void> {
  const site = at('paymentsProd', 'us-east-1', 16)
  const { allocationId } = await findAddress(site, 'legacy-api')
  await site.ec2.send(new ReleaseAddressCommand({ AllocationId: allocationId }))
}

async function expand(at: SiteAt): Promise<void> {
  const staging = at('paymentsStaging', 'eu-west-1', 18)
  const VolumeId = await findVolume(staging, 'payments-staging-app-1-data')
  await staging.ec2.send(new ModifyVolumeCommand({ VolumeId, VolumeType: 'gp3' }))
  await putParameter(
    at('paymentsProd', 'eu-west-1', 12),
    { name: '/payments/settlement/cutoff', value: '18:30', overwrite: true },
    {},
  )
  const singapore = at('paymentsProd', 'ap-southeast-1', 10)
  const owner = { env: 'prod', team: 'payments' }
  await createBucket(singapore, { name: 'payments-prod-ap-expansion', access: 'blocked' }, owner)
  await allocateAddress(singapore, 'ap-expansion', { team: 'payments' })
}
