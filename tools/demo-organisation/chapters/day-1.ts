import { DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs'
import { DeleteTableCommand } from '@aws-sdk/client-dynamodb'
import { AttachUserPolicyCommand } from '@aws-sdk/client-iam'
import { UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { ModifyDBInstanceCommand } from '@aws-sdk/client-rds'
import { demoAccounts } from '../accounts.ts'
import { createVolume } from '../aws/compute.ts'
import { awsManaged } from '../aws/identity.ts'
import { createFunction } from '../aws/serverless.ts'
import { orderDataLake } from '../parts/organization.ts'
import { releaseStorefront } from '../parts/storefront.ts'
import type { Chapter, SiteAt } from './chapter.ts'

/** The last week. */
export const day1: Chapter = {
  daysAgo: 1,
  connects: [],
  happen: async (at) => {
    await tryThings(at)
    await cleanUp(at)
    await orderDataLake(at('management', 'us-east-1', 3))
    await at('paymentsProd', 'eu-west-1', 3).lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'payments-prod-refund-worker', Runtime: 'nodejs22.x' }),
    )
    await releaseStorefront(at('paymentsProd', 'eu-west-1', 2), '1.6.0', 4)
    // The pipeline failed on a Friday evening; this made it pass.
    await at('paymentsProd', 'us-east-1', 2).iam.send(
      new AttachUserPolicyCommand({ UserName: 'payments-prod-ci', PolicyArn: awsManaged('IAMFullAccess') }),
    )
    return {}
  },
}

async function tryThings(at: SiteAt): Promise<void> {
  const roleArn = `arn:aws:iam::${demoAccounts.sandbox}:role/experiment-functions`
  const order = { name: 'hello-singapore', runtime: 'nodejs22.x', roleArn, memory: 128 } as const
  await createFunction(at('sandbox', 'ap-southeast-1', 6), order, {})
  const staging = at('paymentsStaging', 'eu-west-1', 5)
  await createVolume(staging, { name: 'load-test-data', size: 300, type: 'gp3', zone: 'eu-west-1a' }, {})
  await at('paymentsStaging', 'eu-west-1', 4).rds.send(
    new ModifyDBInstanceCommand({
      DBInstanceIdentifier: 'payments-staging-ledger',
      DBInstanceClass: 'db.m5.large',
      ApplyImmediately: true,
    }),
  )
}

async function cleanUp(at: SiteAt): Promise<void> {
  await at('harborLegacy', 'eu-central-1', 5).rds.send(
    new ModifyDBInstanceCommand({
      DBInstanceIdentifier: 'harbor-shipments',
      BackupRetentionPeriod: 1,
      ApplyImmediately: true,
    }),
  )
  await at('paymentsProd', 'us-east-1', 5).logs.send(
    new DeleteLogGroupCommand({ logGroupName: '/aws/vpc/payments-prod-flow-logs' }),
  )
  await at('paymentsStaging', 'eu-west-1', 3).dynamodb.send(
    new DeleteTableCommand({ TableName: 'payments-staging-idempotency' }),
  )
}
