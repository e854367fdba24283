import type * as iam from '@aws-sdk/client-iam'
import { resourceTypeOf } from '../define.ts'

interface User extends iam.UserDetail {
  AccessKeys?: iam.AccessKeyMetadata[] | null
  MFADevices?: iam.MFADevice[] | null
}

/** IAM user with policies, groups, access keys (their ids) and MFA devices. Source: IAM GetAccountAuthorizationDetails. */
export const user = resourceTypeOf<typeof iam, User>()({
  resourceType: 'AWS::IAM::User',
  service: 'iam',
  scope: 'global',
  label: 'IAM user',
  list: {
    operation: 'GetAccountAuthorizationDetails',
    items: 'UserDetailList',
    input: { Filter: ['User'] },
    page: { request: 'Marker', response: 'Marker', size: { name: 'MaxItems', min: 1, max: 1000 } },
  },
  iamActions: ['iam:GetAccountAuthorizationDetails'],
  id: 'UserName',
  arn: 'Arn',
  maxStaleness: { minutes: 15 },
  name: 'UserName',
  tags: 'Tags',
  createdAt: 'CreateDate',
  details: [
    {
      operation: 'ListAccessKeys',
      iamAction: 'iam:ListAccessKeys',
      input: (user) => ({ UserName: user.UserName }),
      pick: 'AccessKeyMetadata',
      as: 'AccessKeys',
      page: { request: 'Marker', response: 'Marker' },
    },
    {
      operation: 'ListMFADevices',
      iamAction: 'iam:ListMFADevices',
      input: (user) => ({ UserName: user.UserName }),
      pick: 'MFADevices',
      as: 'MFADevices',
      page: { request: 'Marker', response: 'Marker' },
    },
  ],
  relationships: [
    { to: 'AWS::IAM::Group', kind: 'member-of', by: 'name', at: (user) => user.GroupList },
    {
      to: 'AWS::IAM::ManagedPolicy',
      kind: 'uses',
      by: 'arn',
      at: (user) => user.AttachedManagedPolicies?.map((policy) => policy.PolicyArn),
    },
    {
      to: 'AWS::IAM::ManagedPolicy',
      kind: 'uses',
      by: 'arn',
      at: (user) => user.PermissionsBoundary?.PermissionsBoundaryArn,
    },
  ],
  events: {
    CreateUser: 'requestParameters.userName',
    AttachUserPolicy: 'requestParameters.userName',
    DetachUserPolicy: 'requestParameters.userName',
    PutUserPolicy: 'requestParameters.userName',
    CreateAccessKey: 'requestParameters.userName',
    UpdateAccessKey: 'requestParameters.userName',
    DeleteAccessKey: 'requestParameters.userName',
    DeleteUser: 'requestParameters.userName',
  },
  documents: ['UserPolicyList[].PolicyDocument'],
  unordered: ['GroupList', 'AttachedManagedPolicies', 'UserPolicyList', 'AccessKeys', 'MFADevices'],
})
