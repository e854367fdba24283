import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateInstanceProfileCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
} from '@aws-sdk/client-iam'
import type { Site } from './site.ts'
import { required } from '../../aws-gateway/required.ts'
import { type Owner, tagList } from './tags.ts'

export interface AccessKeyPair {
  accessKeyId: string
  secretAccessKey: string
}

interface Statement {
  Action: string | string[]
  Resource: string | string[]
}

/** Who may assume a role. */
interface Trust {
  Principal: { Service: string } | { Federated: string } | { AWS: string }
  Action: string
  Condition?: Record<string, Record<string, string>>
}

/** A role of an AWS service with the policies named; with `ec2.amazonaws.com` also the instance profile of its name. */
export async function createServiceRole(
  site: Site,
  name: string,
  service: string,
  policyArns: string[],
  owner: Owner,
): Promise<string> {
  const trust = { Principal: { Service: service }, Action: 'sts:AssumeRole' }
  const arn = await createRole(site, { name, description: `${name} for ${service}`, trust, policyArns }, owner)
  if (service === 'ec2.amazonaws.com') await createInstanceProfile(site, name)
  return arn
}

export async function createRole(
  site: Site,
  order: { name: string; description: string; trust: Trust; policyArns: string[] },
  owner: Owner,
): Promise<string> {
  const command = new CreateRoleCommand({
    RoleName: order.name,
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', ...order.trust }],
    }),
    Description: order.description,
    Tags: tagList(undefined, owner),
  })
  const arn = required((await site.iam.send(command)).Role?.Arn, 'Role.Arn')
  for (const PolicyArn of order.policyArns)
    await site.iam.send(new AttachRolePolicyCommand({ RoleName: order.name, PolicyArn }))
  return arn
}

/** Lets GitHub's workflows prove who they are; returns the provider's ARN. */
export async function createGitHubProvider(site: Site, owner: Owner): Promise<string> {
  const answer = await site.iam.send(
    new CreateOpenIDConnectProviderCommand({
      Url: 'https://token.actions.githubusercontent.com',
      ClientIDList: ['sts.amazonaws.com'],
      ThumbprintList: ['6938fd4d98bab03faadb97b34396831e3780aea1'],
      Tags: tagList(undefined, owner),
    }),
  )
  return required(answer.OpenIDConnectProviderArn, 'OpenIDConnectProviderArn')
}

async function createInstanceProfile(site: Site, name: string): Promise<void> {
  await site.iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: name }))
  await site.iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: name, RoleName: name }))
}

export async function createPolicy(site: Site, name: string, statements: Statement[], owner: Owner): Promise<string> {
  const document = { Version: '2012-10-17', Statement: statements.map((one) => ({ Effect: 'Allow', ...one })) }
  const command = new CreatePolicyCommand({
    PolicyName: name,
    PolicyDocument: JSON.stringify(document),
    Tags: tagList(undefined, owner),
  })
  return required((await site.iam.send(command)).Policy?.Arn, 'Policy.Arn')
}

export async function createUser(site: Site, name: string, policyArns: string[], owner: Owner): Promise<void> {
  await site.iam.send(new CreateUserCommand({ UserName: name, Tags: tagList(undefined, owner) }))
  for (const PolicyArn of policyArns) await site.iam.send(new AttachUserPolicyCommand({ UserName: name, PolicyArn }))
}

export async function createAccessKey(site: Site, userName: string): Promise<AccessKeyPair> {
  const { AccessKey } = await site.iam.send(new CreateAccessKeyCommand({ UserName: userName }))
  return {
    accessKeyId: required(AccessKey?.AccessKeyId, 'AccessKeyId'),
    secretAccessKey: required(AccessKey?.SecretAccessKey, 'SecretAccessKey'),
  }
}

/** The ARN of a policy of AWS's own. */
export function awsManaged(name: string): string {
  return `arn:aws:iam::aws:policy/${name}`
}
