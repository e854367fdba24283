import type * as iam from '@aws-sdk/client-iam'
import { resourceTypeOf } from '../define.ts'

/** What hands a role to an EC2 instance, also where it holds none. Source: IAM ListInstanceProfiles. */
export const instanceProfile = resourceTypeOf<typeof iam, iam.InstanceProfile>()({
  resourceType: 'AWS::IAM::InstanceProfile',
  service: 'iam',
  scope: 'global',
  label: 'IAM instance profile',
  list: {
    operation: 'ListInstanceProfiles',
    items: 'InstanceProfiles',
    page: { request: 'Marker', response: 'Marker', size: { name: 'MaxItems', min: 1, max: 1000 } },
  },
  iamActions: ['iam:ListInstanceProfiles'],
  id: 'InstanceProfileName',
  arn: 'Arn',
  maxStaleness: { minutes: 15 },
  name: 'InstanceProfileName',
  tags: 'Tags',
  createdAt: 'CreateDate',
  details: [
    {
      operation: 'GetInstanceProfile',
      iamAction: 'iam:GetInstanceProfile',
      input: (profile) => ({ InstanceProfileName: profile.InstanceProfileName }),
      pick: 'InstanceProfile.Tags',
      as: 'Tags',
    },
  ],
  relationships: [
    { to: 'AWS::IAM::Role', kind: 'assumes', by: 'arn', at: (profile) => profile.Roles?.map((role) => role.Arn) },
  ],
  events: {
    CreateInstanceProfile: 'requestParameters.instanceProfileName',
    AddRoleToInstanceProfile: 'requestParameters.instanceProfileName',
    RemoveRoleFromInstanceProfile: 'requestParameters.instanceProfileName',
    DeleteInstanceProfile: 'requestParameters.instanceProfileName',
  },
  documents: ['Roles[].AssumeRolePolicyDocument'],
  volatile: ['Roles[].RoleLastUsed'],
})
