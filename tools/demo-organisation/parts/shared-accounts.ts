import { createBucket, createTable } from '../aws/data-stores.ts'
import {
  awsManaged,
  createAccessKey,
  createPolicy,
  createServiceRole,
  createUser,
  type AccessKeyPair,
} from '../aws/identity.ts'
import { productUserName } from '../accounts.ts'
import { createFunction, createLogGroup, createQueueWithDlq } from '../aws/serverless.ts'
import type { Site } from '../aws/site.ts'

const platform = { env: 'shared', team: 'platform', costCenter: 'cc-1000' }
const security = { env: 'shared', team: 'security', costCenter: 'cc-1100' }

/** The management account: bills, and the people who may do everything. */
export async function buildManagement(site: Site): Promise<void> {
  await createUser(site, 'break-glass', [awsManaged('AdministratorAccess')], platform)
  const roleArn = await createServiceRole(
    site,
    'billing-export',
    'lambda.amazonaws.com',
    [awsManaged('service-role/AWSLambdaBasicExecutionRole')],
    platform,
  )
  await createBucket(site, { name: 'northgate-billing-reports', versioned: true, access: 'blocked' }, platform)
  await createBucket(site, { name: 'northgate-cloudformation-templates', access: 'blocked' }, platform)
  await createFunction(
    site,
    { name: 'billing-export', runtime: 'nodejs22.x', roleArn, memory: 256, logRetention: 365 },
    platform,
  )
  await createLogGroup(site, '/northgate/organizations-trail', 365, platform)
}

/** The security account: logs of all accounts, and the user the product runs as. Returns that user's key. */
export async function buildSecurity(site: Site): Promise<AccessKeyPair> {
  await createBucket(site, { name: 'northgate-log-archive', versioned: true, access: 'blocked' }, security)
  await createBucket(site, { name: 'northgate-security-findings', access: 'blocked' }, security)
  await createTable(site, { name: 'finding-state', key: 'findingId' }, security)
  await createQueueWithDlq(site, 'finding-intake', security)
  const roleArn = await createServiceRole(
    site,
    'finding-router',
    'lambda.amazonaws.com',
    [awsManaged('service-role/AWSLambdaBasicExecutionRole')],
    security,
  )
  await createFunction(
    site,
    { name: 'finding-router', runtime: 'python3.12', roleArn, memory: 512, logRetention: 365 },
    security,
  )
  const assume = await createPolicy(
    site,
    'assume-dashboard-roles',
    [{ Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::*:role/AwsIntegrationDashboard' }],
    security,
  )
  await createUser(site, productUserName, [assume], security)
  return createAccessKey(site, productUserName)
}
