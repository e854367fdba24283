import {
  AddRoleToInstanceProfileCommand,
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateInstanceProfileCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { type Clients, type ExpectedResource, into, made, out, ownTags, type Place, tagList } from './created.ts'

export type Identity = Awaited<ReturnType<typeof createIdentity>>

const statement = (Action: string) => ({ Effect: 'Allow', Action, Resource: '*' })
const policyDocument = (Action: string) => ({ Version: '2012-10-17', Statement: [statement(Action)] })
const trustPolicy = (userArn: string) => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    { Effect: 'Allow', Principal: { AWS: userArn }, Action: 'sts:AssumeRole' },
  ],
})

const federatedTrust = (oidcProviderArn: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: oidcProviderArn },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' } },
    },
  ],
})

export async function createIdentity(clients: Clients) {
  const iam = clients(IAMClient)
  const policy = await iam.send(
    new CreatePolicyCommand({
      PolicyName: 'orders-read',
      Description: 'Reads orders',
      PolicyDocument: JSON.stringify(policyDocument('dynamodb:GetItem')),
      Tags: tagList(ownTags('orders-read')),
    }),
  )
  const policyArn = made(policy.Policy?.Arn, 'policy')
  const user = await createUser(iam, policyArn)
  const role = await createRole(iam, policyArn, user.userArn)
  return { policyArn, ...user, ...role, ...(await createFederation(iam)) }
}

async function createUser(iam: IAMClient, PolicyArn: string) {
  const UserName = 'orders-deployer'
  const user = await iam.send(new CreateUserCommand({ UserName, Tags: tagList(ownTags(UserName)) }))
  await createGroup(iam, PolicyArn)
  await iam.send(new AddUserToGroupCommand({ GroupName: 'orders-team', UserName }))
  await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }))
  const key = await iam.send(new CreateAccessKeyCommand({ UserName }))
  return {
    userArn: made(user.User?.Arn, 'user'),
    accessKeyId: made(key.AccessKey?.AccessKeyId, 'access key'),
    secretAccessKey: made(key.AccessKey?.SecretAccessKey, 'secret access key'),
  }
}

async function createGroup(iam: IAMClient, PolicyArn: string) {
  const GroupName = 'orders-team'
  await iam.send(new CreateGroupCommand({ GroupName, Path: '/orders/' }))
  await iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn }))
  const inline = { PolicyName: 'queue', PolicyDocument: JSON.stringify(policyDocument('sqs:SendMessage')) }
  await iam.send(new PutGroupPolicyCommand({ GroupName, ...inline }))
}

/** GitHub's tokens, and a role that trusts those of every repository. */
async function createFederation(iam: IAMClient) {
  const provider = await iam.send(
    new CreateOpenIDConnectProviderCommand({
      Url: 'https://token.actions.githubusercontent.com',
      ClientIDList: ['sts.amazonaws.com'],
      ThumbprintList: ['6938fd4d98bab03faadb97b34396831e3780aea1'],
      Tags: tagList(ownTags('github')),
    }),
  )
  const oidcProviderArn = made(provider.OpenIDConnectProviderArn, 'OIDC provider')
  const AssumeRolePolicyDocument = JSON.stringify(federatedTrust(oidcProviderArn))
  await iam.send(
    new CreateRoleCommand({
      RoleName: 'orders-release',
      AssumeRolePolicyDocument,
      Tags: tagList(ownTags('orders-release')),
    }),
  )
  return { oidcProviderArn }
}

async function createRole(iam: IAMClient, PolicyArn: string, userArn: string) {
  const RoleName = 'orders-runtime'
  const role = await iam.send(
    new CreateRoleCommand({
      RoleName,
      Path: '/orders/',
      Description: 'Runs the order service',
      AssumeRolePolicyDocument: JSON.stringify(trustPolicy(userArn)),
      Tags: tagList(ownTags(RoleName)),
    }),
  )
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }))
  const inline = { PolicyName: 'logs', PolicyDocument: JSON.stringify(policyDocument('logs:PutLogEvents')) }
  await iam.send(new PutRolePolicyCommand({ RoleName, ...inline }))
  const profile = await iam.send(
    new CreateInstanceProfileCommand({
      InstanceProfileName: 'orders-profile',
      Tags: tagList(ownTags('orders-profile')),
    }),
  )
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'orders-profile', RoleName }))
  return {
    roleArn: made(role.Role?.Arn, 'role'),
    instanceProfileArn: made(profile.InstanceProfile?.Arn, 'instance profile'),
  }
}

export function expectedIdentity(identity: Identity, place: Place): ExpectedResource[] {
  const iamArn = `arn:${place.partition}:iam::${place.accountId}`
  const usesPolicy = out('uses', 'AWS::IAM::ManagedPolicy', identity.policyArn)
  return [
    {
      resourceType: 'AWS::IAM::Role',
      resourceId: 'orders-runtime',
      arn: `${iamArn}:role/orders/orders-runtime`,
      name: 'orders-runtime',
      state: null,
      region: 'global',
      tags: ownTags('orders-runtime'),
      properties: {
        Path: '/orders/',
        AssumeRolePolicyDocument: trustPolicy(identity.userArn),
        'RolePolicyList[].PolicyName': 'logs',
        'RolePolicyList[].PolicyDocument': policyDocument('logs:PutLogEvents'),
        'AttachedManagedPolicies[].PolicyName': 'orders-read',
      },
      relationships: [
        usesPolicy,
        into('assumes', 'AWS::IAM::InstanceProfile', identity.instanceProfileArn),
        into('assumes', 'AWS::IAM::User', identity.userArn),
      ],
    },
    {
      resourceType: 'AWS::IAM::Role',
      resourceId: 'orders-release',
      arn: `${iamArn}:role/orders-release`,
      name: 'orders-release',
      state: null,
      region: 'global',
      tags: ownTags('orders-release'),
      properties: { AssumeRolePolicyDocument: federatedTrust(identity.oidcProviderArn) },
      relationships: [into('assumes', 'AWS::IAM::OIDCProvider', identity.oidcProviderArn)],
    },
    {
      resourceType: 'AWS::IAM::User',
      resourceId: 'orders-deployer',
      arn: `${iamArn}:user/orders-deployer`,
      name: 'orders-deployer',
      state: null,
      region: 'global',
      tags: ownTags('orders-deployer'),
      properties: {
        Path: '/',
        GroupList: ['orders-team'],
        'AccessKeys[].AccessKeyId': identity.accessKeyId,
        'AccessKeys[].Status': 'Active',
      },
      relationships: [out('member-of', 'AWS::IAM::Group', 'orders-team'), usesPolicy],
    },
    {
      resourceType: 'AWS::IAM::ManagedPolicy',
      resourceId: 'orders-read',
      arn: `${iamArn}:policy/orders-read`,
      name: 'orders-read',
      state: null,
      region: 'global',
      tags: ownTags('orders-read'),
      properties: { DefaultVersionId: 'v1', AttachmentCount: 3, PolicyDocument: policyDocument('dynamodb:GetItem') },
      relationships: [],
    },
    ...expectedGroups(identity, iamArn),
  ]
}

const expectedGroups = (identity: Identity, iamArn: string): ExpectedResource[] => [
  {
    resourceType: 'AWS::IAM::Group',
    resourceId: 'orders-team',
    arn: `${iamArn}:group/orders/orders-team`,
    name: 'orders-team',
    state: null,
    region: 'global',
    tags: {},
    properties: { Path: '/orders/', 'GroupPolicyList[].PolicyDocument': policyDocument('sqs:SendMessage') },
    relationships: [out('uses', 'AWS::IAM::ManagedPolicy', identity.policyArn)],
  },
  {
    resourceType: 'AWS::IAM::InstanceProfile',
    resourceId: 'orders-profile',
    arn: identity.instanceProfileArn,
    name: 'orders-profile',
    state: null,
    region: 'global',
    tags: ownTags('orders-profile'),
    properties: { Path: '/', 'Roles[].RoleName': 'orders-runtime' },
    relationships: [out('assumes', 'AWS::IAM::Role', identity.roleArn)],
  },
  {
    resourceType: 'AWS::IAM::OIDCProvider',
    resourceId: 'token.actions.githubusercontent.com',
    arn: identity.oidcProviderArn,
    name: 'token.actions.githubusercontent.com',
    state: null,
    region: 'global',
    tags: ownTags('github'),
    properties: { ClientIDList: ['sts.amazonaws.com'] },
    relationships: [],
  },
]
