import type * as iam from '@aws-sdk/client-iam'
import { resourceTypeOf } from '../define.ts'

interface ManagedPolicy extends iam.Policy {
  PolicyDocument?: string | null
}

/** Customer managed IAM policy with the document of its default version. Source: IAM ListPolicies. */
export const managedPolicy = resourceTypeOf<typeof iam, ManagedPolicy>()({
  resourceType: 'AWS::IAM::ManagedPolicy',
  service: 'iam',
  scope: 'global',
  label: 'IAM managed policy',
  list: {
    operation: 'ListPolicies',
    items: 'Policies',
    // AWS's own policies are the same in every account.
    input: { Scope: 'Local' },
    page: { request: 'Marker', response: 'Marker', size: { name: 'MaxItems', min: 1, max: 1000 } },
  },
  iamActions: ['iam:ListPolicies'],
  id: 'PolicyName',
  arn: 'Arn',
  maxStaleness: { minutes: 15 },
  name: 'PolicyName',
  tags: 'Tags',
  createdAt: 'CreateDate',
  details: [
    {
      operation: 'ListPolicyTags',
      iamAction: 'iam:ListPolicyTags',
      input: (policy) => ({ PolicyArn: policy.Arn }),
      pick: 'Tags',
      as: 'Tags',
      page: { request: 'Marker', response: 'Marker' },
    },
    {
      operation: 'GetPolicyVersion',
      iamAction: 'iam:GetPolicyVersion',
      input: (policy) => ({ PolicyArn: policy.Arn, VersionId: policy.DefaultVersionId }),
      pick: 'PolicyVersion.Document',
      as: 'PolicyDocument',
    },
  ],
  events: {
    CreatePolicy: 'responseElements.policy.policyName',
    CreatePolicyVersion: 'requestParameters.policyArn',
    SetDefaultPolicyVersion: 'requestParameters.policyArn',
    DeletePolicy: 'requestParameters.policyArn',
  },
  documents: ['PolicyDocument'],
})
