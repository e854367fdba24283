import type * as iam from '@aws-sdk/client-iam'
import { resourceTypeOf } from '../define.ts'
import { trustedPrincipals } from '../trust-policy.ts'

/**
 * IAM role with its policies. Source: IAM GetAccountAuthorizationDetails: one walk answers the tags, boundary and policies
 * that ListRoles leaves out and would cost four more calls a role.
 */
export const role = resourceTypeOf<typeof iam, iam.RoleDetail>()({
  resourceType: 'AWS::IAM::Role',
  service: 'iam',
  scope: 'global',
  label: 'IAM role',
  list: {
    operation: 'GetAccountAuthorizationDetails',
    items: 'RoleDetailList',
    input: { Filter: ['Role'] },
    page: { request: 'Marker', response: 'Marker', size: { name: 'MaxItems', min: 1, max: 1000 } },
  },
  iamActions: ['iam:GetAccountAuthorizationDetails'],
  id: 'RoleName',
  arn: 'Arn',
  maxStaleness: { minutes: 15 },
  name: 'RoleName',
  tags: 'Tags',
  createdAt: 'CreateDate',
  relationships: [
    {
      to: 'AWS::IAM::ManagedPolicy',
      kind: 'uses',
      by: 'arn',
      at: (role) => role.AttachedManagedPolicies?.map((policy) => policy.PolicyArn),
    },
    {
      to: 'AWS::IAM::ManagedPolicy',
      kind: 'uses',
      by: 'arn',
      at: (role) => role.PermissionsBoundary?.PermissionsBoundaryArn,
    },
    {
      to: 'AWS::IAM::InstanceProfile',
      kind: 'assumes',
      by: 'arn',
      reverse: true,
      at: (role) => role.InstanceProfileList?.map((profile) => profile.Arn),
    },
    {
      to: 'AWS::IAM::Role',
      kind: 'assumes',
      by: 'arn',
      reverse: true,
      at: (role) => trustedPrincipals(role.AssumeRolePolicyDocument, 'role'),
    },
    {
      to: 'AWS::IAM::User',
      kind: 'assumes',
      by: 'arn',
      reverse: true,
      at: (role) => trustedPrincipals(role.AssumeRolePolicyDocument, 'user'),
    },
    {
      to: 'AWS::IAM::OIDCProvider',
      kind: 'assumes',
      by: 'arn',
      reverse: true,
      at: (role) => trustedPrincipals(role.AssumeRolePolicyDocument, 'oidc-provider'),
    },
    {
      to: 'AWS::IAM::SAMLProvider',
      kind: 'assumes',
      by: 'arn',
      reverse: true,
      at: (role) => trustedPrincipals(role.AssumeRolePolicyDocument, 'saml-provider'),
    },
  ],
  events: {
    CreateRole: 'requestParameters.roleName',
    UpdateAssumeRolePolicy: 'requestParameters.roleName',
    AttachRolePolicy: 'requestParameters.roleName',
    DetachRolePolicy: 'requestParameters.roleName',
    PutRolePolicy: 'requestParameters.roleName',
    DeleteRole: 'requestParameters.roleName',
  },
  documents: [
    'AssumeRolePolicyDocument',
    'RolePolicyList[].PolicyDocument',
    'InstanceProfileList[].Roles[].AssumeRolePolicyDocument',
  ],
  unordered: ['AttachedManagedPolicies', 'RolePolicyList', 'InstanceProfileList'],
  volatile: ['RoleLastUsed', 'InstanceProfileList[].Roles[].RoleLastUsed'],
})
