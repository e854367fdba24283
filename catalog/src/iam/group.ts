import type * as iam from '@aws-sdk/client-iam'
import { resourceTypeOf } from '../define.ts'

/** IAM group with its policies; its members name it. Source: IAM GetAccountAuthorizationDetails. */
export const group = resourceTypeOf<typeof iam, iam.GroupDetail>()({
  resourceType: 'AWS::IAM::Group',
  service: 'iam',
  scope: 'global',
  label: 'IAM group',
  list: {
    operation: 'GetAccountAuthorizationDetails',
    items: 'GroupDetailList',
    input: { Filter: ['Group'] },
    page: { request: 'Marker', response: 'Marker', size: { name: 'MaxItems', min: 1, max: 1000 } },
  },
  iamActions: ['iam:GetAccountAuthorizationDetails'],
  id: 'GroupName',
  arn: 'Arn',
  maxStaleness: { minutes: 15 },
  name: 'GroupName',
  createdAt: 'CreateDate',
  relationships: [
    {
      to: 'AWS::IAM::ManagedPolicy',
      kind: 'uses',
      by: 'arn',
      at: (group) => group.AttachedManagedPolicies?.map((policy) => policy.PolicyArn),
    },
  ],
  events: {
    CreateGroup: 'requestParameters.groupName',
    UpdateGroup: 'requestParameters.groupName',
    AttachGroupPolicy: 'requestParameters.groupName',
    DetachGroupPolicy: 'requestParameters.groupName',
    PutGroupPolicy: 'requestParameters.groupName',
    DeleteGroupPolicy: 'requestParameters.groupName',
    DeleteGroup: 'requestParameters.groupName',
  },
  documents: ['GroupPolicyList[].PolicyDocument'],
  unordered: ['AttachedManagedPolicies', 'GroupPolicyList'],
})
