import type * as sns from '@aws-sdk/client-sns'
import { arnsOf, functionArnOf } from '../arns.ts'
import { resourceTypeOf } from '../define.ts'

interface Topic extends sns.Topic {
  TopicName?: string
  Attributes?: Record<string, string> | null
  Subscriptions?: sns.Subscription[] | null
  Tags?: sns.Tag[] | null
}

interface Subscribed {
  Subscriptions?: { Endpoint?: string | undefined }[] | null
}

const endpoints = (topic: Subscribed) => topic.Subscriptions?.map((subscription) => subscription.Endpoint) ?? []

/** SNS topic with its subscriptions. Source: SNS ListTopics (which answers ARNs only), GetTopicAttributes. */
export const topic = resourceTypeOf<typeof sns, Topic>()({
  resourceType: 'AWS::SNS::Topic',
  service: 'sns',
  scope: 'regional',
  label: 'SNS topic',
  list: {
    operation: 'ListTopics',
    items: (answer) =>
      answer.Topics?.map(({ TopicArn = '' }) => ({
        TopicArn,
        TopicName: TopicArn.slice(TopicArn.lastIndexOf(':') + 1),
      })),
    page: { request: 'NextToken', response: 'NextToken' },
  },
  iamActions: ['sns:ListTopics'],
  id: 'TopicName',
  arn: 'TopicArn',
  name: 'TopicName',
  tags: 'Tags',
  details: [
    {
      operation: 'GetTopicAttributes',
      iamAction: 'sns:GetTopicAttributes',
      input: (topic) => ({ TopicArn: topic.TopicArn }),
      pick: 'Attributes',
      as: 'Attributes',
    },
    {
      operation: 'ListSubscriptionsByTopic',
      iamAction: 'sns:ListSubscriptionsByTopic',
      input: (topic) => ({ TopicArn: topic.TopicArn }),
      pick: 'Subscriptions',
      as: 'Subscriptions',
      page: { request: 'NextToken', response: 'NextToken' },
    },
    {
      operation: 'ListTagsForResource',
      iamAction: 'sns:ListTagsForResource',
      input: (topic) => ({ ResourceArn: topic.TopicArn }),
      pick: 'Tags',
      as: 'Tags',
    },
  ],
  relationships: [
    { to: 'AWS::SQS::Queue', kind: 'sends-to', by: 'arn', at: (topic) => arnsOf('sqs', endpoints(topic)) },
    {
      to: 'AWS::Lambda::Function',
      kind: 'invokes',
      by: 'arn',
      at: (topic) => arnsOf('lambda', endpoints(topic)).map(functionArnOf),
    },
    {
      to: 'AWS::KinesisFirehose::DeliveryStream',
      kind: 'sends-to',
      by: 'arn',
      at: (topic) => arnsOf('firehose', endpoints(topic)),
    },
    { to: 'AWS::KMS::Key', kind: 'encrypted-by', by: 'arn', at: (topic) => topic.Attributes?.['KmsMasterKeyId'] },
  ],
  events: {
    CreateTopic: 'requestParameters.name',
    SetTopicAttributes: 'requestParameters.topicArn',
    Subscribe: 'requestParameters.topicArn',
    DeleteTopic: 'requestParameters.topicArn',
  },
  documents: ['Attributes.Policy', 'Attributes.DeliveryPolicy', 'Attributes.EffectiveDeliveryPolicy'],
  unordered: ['Subscriptions'],
  // Subscriptions that nobody confirms, or that were deleted, leave the counts after days.
  volatile: ['Attributes.SubscriptionsPending', 'Attributes.SubscriptionsDeleted'],
  // The address of a webhook often holds its key.
  redact: ['Subscriptions[].Endpoint'],
})
