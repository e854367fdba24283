import type * as logs from '@aws-sdk/client-cloudwatch-logs'
import { resourceTypeOf } from '../define.ts'

interface LogGroup extends logs.LogGroup {
  tags?: Record<string, string> | null
}

/** CloudWatch Logs log group. Source: CloudWatch Logs DescribeLogGroups. */
export const logGroup = resourceTypeOf<typeof logs, LogGroup>()({
  resourceType: 'AWS::Logs::LogGroup',
  service: 'logs',
  client: 'cloudwatch-logs',
  scope: 'regional',
  label: 'Log group',
  list: {
    operation: 'DescribeLogGroups',
    items: 'logGroups',
    page: { request: 'nextToken', response: 'nextToken', size: { name: 'limit', min: 1, max: 50 } },
  },
  iamActions: ['logs:DescribeLogGroups'],
  id: 'logGroupName',
  arn: 'arn:{partition}:logs:{region}:{account}:log-group:{logGroupName}',
  name: 'logGroupName',
  tags: 'tags',
  createdAt: 'creationTime',
  details: [
    {
      operation: 'ListTagsForResource',
      iamAction: 'logs:ListTagsForResource',
      // `arn` ends in `:*`, which tagging refuses.
      input: (group) => ({ resourceArn: group.arn?.replace(/:\*$/, '') }),
      pick: 'tags',
      as: 'tags',
    },
  ],
  relationships: [{ to: 'AWS::KMS::Key', kind: 'encrypted-by', by: 'arn', at: (group) => group.kmsKeyId }],
  events: {
    CreateLogGroup: 'requestParameters.logGroupName',
    PutRetentionPolicy: 'requestParameters.logGroupName',
    DeleteRetentionPolicy: 'requestParameters.logGroupName',
    DeleteLogGroup: 'requestParameters.logGroupName',
  },
  volatile: ['storedBytes'],
})
