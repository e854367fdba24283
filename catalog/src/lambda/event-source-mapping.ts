import type * as lambda from '@aws-sdk/client-lambda'
import { arnsOf, functionArnOf, streamArnOfConsumer, tableArnOfStream } from '../arns.ts'
import { resourceTypeOf } from '../define.ts'

interface Accessing {
  SourceAccessConfigurations?: { Type?: string | undefined; URI?: string | undefined }[] | undefined
}

/** What one kind of access names: a secret's ARN, or `subnet:subnet-…`, or `security_group:sg-…`. */
const accessTo = (mapping: Accessing, kind: RegExp) =>
  mapping.SourceAccessConfigurations?.filter((access) => kind.test(access.Type ?? '')).map((access) =>
    access.URI?.replace(/^(subnet|security_group):/, ''),
  )

/** What feeds a function from a queue, a stream or a broker. Source: Lambda ListEventSourceMappings. */
export const eventSourceMapping = resourceTypeOf<typeof lambda, lambda.EventSourceMappingConfiguration>()({
  resourceType: 'AWS::Lambda::EventSourceMapping',
  service: 'lambda',
  scope: 'regional',
  label: 'Lambda event source mapping',
  list: {
    operation: 'ListEventSourceMappings',
    items: 'EventSourceMappings',
    page: { request: 'Marker', response: 'NextMarker', size: { name: 'MaxItems', min: 1, max: 100 } },
  },
  iamActions: ['lambda:ListEventSourceMappings'],
  id: 'UUID',
  arn: 'arn:{partition}:lambda:{region}:{account}:event-source-mapping:{UUID}',
  state: 'State',
  relationships: [
    {
      to: 'AWS::Lambda::Function',
      kind: 'invokes',
      by: 'arn',
      at: (mapping) => arnsOf('lambda', [mapping.FunctionArn]).map(functionArnOf),
    },
    {
      to: 'AWS::SQS::Queue',
      kind: 'sends-to',
      by: 'arn',
      reverse: true,
      at: (mapping) => arnsOf('sqs', [mapping.EventSourceArn]),
    },
    {
      to: 'AWS::DynamoDB::Table',
      kind: 'sends-to',
      by: 'arn',
      reverse: true,
      at: (mapping) => arnsOf('dynamodb', [mapping.EventSourceArn]).map(tableArnOfStream),
    },
    {
      to: 'AWS::Kinesis::Stream',
      kind: 'sends-to',
      by: 'arn',
      reverse: true,
      at: (mapping) => arnsOf('kinesis', [mapping.EventSourceArn]).map(streamArnOfConsumer),
    },
    {
      to: 'AWS::MSK::Cluster',
      kind: 'sends-to',
      by: 'arn',
      reverse: true,
      at: (mapping) => arnsOf('kafka', [mapping.EventSourceArn]),
    },
    {
      to: 'AWS::AmazonMQ::Broker',
      kind: 'sends-to',
      by: 'arn',
      reverse: true,
      at: (mapping) => arnsOf('mq', [mapping.EventSourceArn]),
    },
    {
      to: 'AWS::SQS::Queue',
      kind: 'sends-to',
      by: 'arn',
      at: (mapping) => arnsOf('sqs', [mapping.DestinationConfig?.OnFailure?.Destination]),
    },
    {
      to: 'AWS::SNS::Topic',
      kind: 'sends-to',
      by: 'arn',
      at: (mapping) => arnsOf('sns', [mapping.DestinationConfig?.OnFailure?.Destination]),
    },
    {
      to: 'AWS::S3::Bucket',
      kind: 'sends-to',
      by: 'arn',
      at: (mapping) => arnsOf('s3', [mapping.DestinationConfig?.OnFailure?.Destination]),
    },
    {
      to: 'AWS::SecretsManager::Secret',
      kind: 'uses',
      by: 'arn',
      at: (mapping) => arnsOf('secretsmanager', accessTo(mapping, /_AUTH$|CERTIFICATE$/) ?? []),
    },
    { to: 'AWS::EC2::Subnet', kind: 'in', at: (mapping) => accessTo(mapping, /^VPC_SUBNET$/) },
    { to: 'AWS::EC2::SecurityGroup', kind: 'member-of', at: (mapping) => accessTo(mapping, /^VPC_SECURITY_GROUP$/) },
    { to: 'AWS::KMS::Key', kind: 'encrypted-by', by: 'arn', at: (mapping) => mapping.KMSKeyArn },
  ],
  // CloudTrail writes the API version into Lambda's event names.
  events: {
    CreateEventSourceMapping20150331: 'responseElements.uUID',
    UpdateEventSourceMapping20150331: 'requestParameters.uUID',
    DeleteEventSourceMapping20150331: 'requestParameters.uUID',
  },
  unordered: ['SourceAccessConfigurations', 'FilterCriteria.Filters'],
  volatile: ['LastProcessingResult'],
})
