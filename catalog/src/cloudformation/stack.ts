import type * as cloudformation from '@aws-sdk/client-cloudformation'
import { resourceTypeOf } from '../define.ts'
import { stackResources } from '../stack-resources.ts'

interface Stack extends cloudformation.Stack {
  Resources?: cloudformation.StackResourceSummary[] | null
}

/** CloudFormation stack with the resources it made. Source: CloudFormation DescribeStacks, ListStackResources. */
export const stack = resourceTypeOf<typeof cloudformation, Stack>()({
  resourceType: 'AWS::CloudFormation::Stack',
  service: 'cloudformation',
  scope: 'regional',
  label: 'CloudFormation stack',
  list: {
    operation: 'DescribeStacks',
    items: 'Stacks',
    page: { request: 'NextToken', response: 'NextToken' },
  },
  iamActions: ['cloudformation:DescribeStacks'],
  id: 'StackName',
  arn: 'StackId',
  name: 'StackName',
  tags: 'Tags',
  state: 'StackStatus',
  createdAt: 'CreationTime',
  details: [
    {
      operation: 'ListStackResources',
      iamAction: 'cloudformation:ListStackResources',
      input: (stack) => ({ StackName: stack.StackId }),
      pick: 'StackResourceSummaries',
      as: 'Resources',
      page: { request: 'NextToken', response: 'NextToken' },
    },
  ],
  relationships: [
    ...stackResources,
    { to: 'AWS::IAM::Role', kind: 'assumes', by: 'arn', at: (stack) => stack.RoleARN },
    { to: 'AWS::SNS::Topic', kind: 'sends-to', by: 'arn', at: (stack) => stack.NotificationARNs },
    { to: 'AWS::CloudFormation::Stack', kind: 'member-of', by: 'arn', at: (stack) => stack.ParentId },
  ],
  events: {
    CreateStack: 'requestParameters.stackName',
    UpdateStack: 'requestParameters.stackName',
    ExecuteChangeSet: 'requestParameters.stackName',
    DeleteStack: 'requestParameters.stackName',
  },
  unordered: ['Resources', 'Parameters', 'Outputs', 'NotificationARNs', 'Capabilities'],
  volatile: ['DriftInformation.LastCheckTimestamp', 'Resources[].DriftInformation'],
  // AWS hides only the parameters that their template calls NoEcho.
  redact: ['Parameters[].ParameterValue', 'Parameters[].ResolvedValue', 'Outputs[].OutputValue'],
})
