import { CreateTagsCommand, DeleteSnapshotCommand } from '@aws-sdk/client-ec2'
import { DeleteTableCommand } from '@aws-sdk/client-dynamodb'
import { UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { ModifyDBInstanceCommand } from '@aws-sdk/client-rds'
import { findInstance, findSecurityGroup, findSnapshot } from '../aws/find.ts'
import { allowIngress, ingress } from '../aws/network.ts'
import { buildDashboardUser } from '../parts/harbor-legacy.ts'
import { acquireHarbor } from '../parts/organization.ts'
import { buildFraudScoring } from '../parts/payments.ts'
import { releaseStorefront } from '../parts/storefront.ts'
import type { Chapter, SiteAt } from './chapter.ts'
import { demoAccounts } from '../accounts.ts'

/** Two months of ordinary work; harbor-legacy is acquired. */
export const day30: Chapter = {
  daysAgo: 30,
  connects: ['harborLegacy'],
  happen: async (at) => {
    await tidy(at)
    await grow(at)
    await acquireHarbor(at('management', 'us-east-1', 45))
    await buildFraudScoring(
      at('paymentsProd', 'eu-west-1', 44),
      `arn:aws:iam::${demoAccounts.paymentsProd}:role/payments-prod-functions`,
    )
    const harborLegacy = await buildDashboardUser(at('harborLegacy', 'us-east-1', 31))
    return { harborLegacy }
  },
}

async function tidy(at: SiteAt): Promise<void> {
  await at('sandbox', 'us-east-1', 80).dynamodb.send(new DeleteTableCommand({ TableName: 'test-table-2' }))
  const main = at('paymentsProd', 'eu-west-1', 65)
  const SnapshotId = await findSnapshot(main, 'payments-prod-app-1 before migration')
  await main.ec2.send(new DeleteSnapshotCommand({ SnapshotId }))
}

async function grow(at: SiteAt): Promise<void> {
  const metrics = at('paymentsProd', 'eu-west-1', 70)
  await allowIngress(metrics, await findSecurityGroup(metrics, 'payments-prod-app'), [
    ingress(9100, { cidrs: ['10.20.0.0/16'] }, 'metrics'),
  ])
  await at('paymentsProd', 'eu-west-1', 60).lambda.send(
    new UpdateFunctionConfigurationCommand({ FunctionName: 'payments-prod-refund-worker', MemorySize: 1024 }),
  )
  await at('paymentsProd', 'us-east-1', 50).rds.send(
    new ModifyDBInstanceCommand({
      DBInstanceIdentifier: 'payments-prod-reporting',
      AllocatedStorage: 600,
      ApplyImmediately: true,
    }),
  )
  await releaseStorefront(at('paymentsProd', 'eu-west-1', 41), '1.5.0', 2)
  const staging = at('paymentsStaging', 'eu-west-1', 40)
  await staging.ec2.send(
    new CreateTagsCommand({
      Resources: [await findInstance(staging, 'payments-staging-app-1')],
      Tags: [{ Key: 'schedule', Value: 'office-hours' }],
    }),
  )
}
