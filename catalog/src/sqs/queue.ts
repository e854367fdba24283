import type * as sqs from '@aws-sdk/client-sqs'
import { resourceTypeOf } from '../define.ts'
import { stringAt } from '../path.ts'

interface Queue {
  QueueUrl?: string
  QueueName?: string
  Attributes?: Partial<Record<sqs.QueueAttributeName, string>> | null
  Tags?: Record<string, string> | null
}

/** SQS queue. Source: SQS ListQueues (which answers URLs only), GetQueueAttributes. */
export const queue = resourceTypeOf<typeof sqs, Queue>()({
  resourceType: 'AWS::SQS::Queue',
  service: 'sqs',
  scope: 'regional',
  label: 'SQS queue',
  list: {
    operation: 'ListQueues',
    items: (answer) =>
      answer.QueueUrls?.map((QueueUrl) => ({ QueueUrl, QueueName: QueueUrl.slice(QueueUrl.lastIndexOf('/') + 1) })),
    // Without MaxResults AWS answers the first 1000 and no token.
    page: { request: 'NextToken', response: 'NextToken', size: { name: 'MaxResults', min: 1, max: 1000 } },
    absentWhenEmpty: true,
  },
  iamActions: ['sqs:ListQueues'],
  id: 'QueueName',
  arn: 'arn:{partition}:sqs:{region}:{account}:{QueueName}',
  name: 'QueueName',
  tags: 'Tags',
  createdAt: 'Attributes.CreatedTimestamp',
  details: [
    {
      operation: 'GetQueueAttributes',
      iamAction: 'sqs:GetQueueAttributes',
      input: (queue) => ({ QueueUrl: queue.QueueUrl, AttributeNames: ['All'] }),
      pick: 'Attributes',
      as: 'Attributes',
    },
    {
      operation: 'ListQueueTags',
      iamAction: 'sqs:ListQueueTags',
      input: (queue) => ({ QueueUrl: queue.QueueUrl }),
      pick: 'Tags',
      as: 'Tags',
    },
  ],
  relationships: [
    {
      to: 'AWS::SQS::Queue',
      kind: 'sends-to',
      by: 'arn',
      at: (queue) => stringAt(queue, 'Attributes.RedrivePolicy.deadLetterTargetArn'),
    },
    { to: 'AWS::KMS::Key', kind: 'encrypted-by', by: 'arn', at: (queue) => queue.Attributes?.KmsMasterKeyId },
  ],
  events: {
    CreateQueue: 'requestParameters.queueName',
    SetQueueAttributes: 'requestParameters.queueUrl',
    DeleteQueue: 'requestParameters.queueUrl',
  },
  documents: ['Attributes.Policy', 'Attributes.RedrivePolicy', 'Attributes.RedriveAllowPolicy'],
  volatile: [
    'Attributes.ApproximateNumberOfMessages',
    'Attributes.ApproximateNumberOfMessagesDelayed',
    'Attributes.ApproximateNumberOfMessagesNotVisible',
  ],
})
