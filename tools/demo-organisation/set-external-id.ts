import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  type IAMClient,
  NoSuchEntityException,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import type { OperatorKey } from '../aws-gateway/credentials.ts'
import { awsManaged } from './aws/identity.ts'
import { siteOf } from './aws/site.ts'
import { required } from '../aws-gateway/required.ts'

export interface ExternalIdOptions {
  endpoint: string
  operatorKeys: OperatorKey[]
  accountId: string
  roleName: string
  externalId: string
  /** Who may assume the role: the product's own principal. */
  principalArn: string
  /** When it happens. */
  at: Date
}

/** What an administrator of the account does when they connect it: a reading role that trusts the product with this ExternalId alone. */
export async function setExternalId({
  endpoint,
  operatorKeys,
  accountId,
  roleName,
  externalId,
  principalArn,
  at,
}: ExternalIdOptions): Promise<void> {
  const key = required(
    operatorKeys.find((one) => one.accountId === accountId),
    `an operator key of ${accountId}`,
  )
  const { iam } = siteOf({ endpoint, key, region: 'us-east-1', now: at, daysAgo: 0 })
  const document = JSON.stringify(trustPolicy(principalArn, externalId))
  try {
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: roleName, PolicyDocument: document }))
  } catch (error) {
    if (!(error instanceof NoSuchEntityException)) throw error
    await createReadRole(iam, roleName, document)
  }
}

async function createReadRole(iam: IAMClient, RoleName: string, AssumeRolePolicyDocument: string): Promise<void> {
  await iam.send(
    new CreateRoleCommand({
      RoleName,
      AssumeRolePolicyDocument,
      Description: 'Read access of the AWS Integration Dashboard',
    }),
  )
  for (const name of ['SecurityAudit', 'job-function/ViewOnlyAccess']) {
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: awsManaged(name) }))
  }
}

function trustPolicy(principalArn: string, externalId: string) {
  const condition = { StringEquals: { 'sts:ExternalId': externalId } }
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: principalArn },
    Action: 'sts:AssumeRole',
    Condition: condition,
  }
  return { Version: '2012-10-17', Statement: [statement] }
}
