import type * as lambda from '@aws-sdk/client-lambda'
import { arnsOf, streamArnOfConsumer, tableArnOfStream } from '../arns.ts'
import { resourceTypeOf } from '../define.ts'
import { hostsOf } from '../hosts.ts'

interface LambdaFunction extends lambda.FunctionConfiguration {
  Tags?: Record<string, string> | null
  EventSourceMappings?: lambda.EventSourceMappingConfiguration[] | null
}

interface Linked {
  Environment?: { Variables?: Record<string, string> | undefined } | undefined
  EventSourceMappings?: { EventSourceArn?: string | undefined }[] | null
}

const environment = (linked: Linked) => Object.values(linked.Environment?.Variables ?? {})
const eventSources = (linked: Linked) => linked.EventSourceMappings?.map((mapping) => mapping.EventSourceArn) ?? []

/**
 * Lambda function. Source: Lambda ListFunctions. Values of its environment are looked through for ARNs and database hosts,
 * never stored.
 */
export const lambdaFunction = resourceTypeOf<typeof lambda, LambdaFunction>()({
  resourceType: 'AWS::Lambda::Function',
  service: 'lambda',
  scope: 'regional',
  label: 'Lambda function',
  list: {
    operation: 'ListFunctions',
    items: 'Functions',
    page: { request: 'Marker', response: 'NextMarker', size: { name: 'MaxItems', min: 1, max: 50 } },
  },
  iamActions: ['lambda:ListFunctions'],
  id: 'FunctionName',
  arn: 'FunctionArn',
  name: 'FunctionName',
  tags: 'Tags',
  state: 'State',
  details: [
    {
      operation: 'ListTags',
      iamAction: 'lambda:ListTags',
      input: (linked) => ({ Resource: linked.FunctionArn }),
      pick: 'Tags',
      as: 'Tags',
    },
    {
      operation: 'ListEventSourceMappings',
      iamAction: 'lambda:ListEventSourceMappings',
      input: (linked) => ({ FunctionName: linked.FunctionName }),
      pick: 'EventSourceMappings',
      as: 'EventSourceMappings',
      page: { request: 'Marker', response: 'NextMarker' },
    },
  ],
  relationships: [
    { to: 'AWS::IAM::Role', kind: 'assumes', by: 'arn', at: (linked) => linked.Role },
    { to: 'AWS::EC2::Subnet', kind: 'in', at: (linked) => linked.VpcConfig?.SubnetIds },
    { to: 'AWS::EC2::SecurityGroup', kind: 'member-of', at: (linked) => linked.VpcConfig?.SecurityGroupIds },
    { to: 'AWS::KMS::Key', kind: 'encrypted-by', by: 'arn', at: (linked) => linked.KMSKeyArn },
    {
      to: 'AWS::Lambda::LayerVersion',
      kind: 'uses',
      by: 'arn',
      at: (linked) => linked.Layers?.map((layer) => layer.Arn),
    },
    {
      to: 'AWS::EFS::AccessPoint',
      kind: 'uses',
      by: 'arn',
      at: (linked) => linked.FileSystemConfigs?.map((system) => system.Arn),
    },
    { to: 'AWS::Logs::LogGroup', kind: 'sends-to', by: 'name', at: (linked) => linked.LoggingConfig?.LogGroup },
    {
      to: 'AWS::SQS::Queue',
      kind: 'sends-to',
      by: 'arn',
      at: (linked) => arnsOf('sqs', [linked.DeadLetterConfig?.TargetArn]),
    },
    {
      to: 'AWS::SNS::Topic',
      kind: 'sends-to',
      by: 'arn',
      at: (linked) => arnsOf('sns', [linked.DeadLetterConfig?.TargetArn]),
    },
    {
      to: 'AWS::SQS::Queue',
      kind: 'invokes',
      by: 'arn',
      reverse: true,
      at: (linked) => arnsOf('sqs', eventSources(linked)),
    },
    {
      to: 'AWS::DynamoDB::Table',
      kind: 'invokes',
      by: 'arn',
      reverse: true,
      at: (linked) => arnsOf('dynamodb', eventSources(linked)).map(tableArnOfStream),
    },
    {
      to: 'AWS::Kinesis::Stream',
      kind: 'invokes',
      by: 'arn',
      reverse: true,
      at: (linked) => arnsOf('kinesis', eventSources(linked)).map(streamArnOfConsumer),
    },
    { to: 'AWS::SQS::Queue', kind: 'uses', by: 'arn', at: (linked) => arnsOf('sqs', environment(linked)) },
    { to: 'AWS::SNS::Topic', kind: 'uses', by: 'arn', at: (linked) => arnsOf('sns', environment(linked)) },
    { to: 'AWS::Kinesis::Stream', kind: 'uses', by: 'arn', at: (linked) => arnsOf('kinesis', environment(linked)) },
    {
      to: 'AWS::StepFunctions::StateMachine',
      kind: 'uses',
      by: 'arn',
      at: (linked) => arnsOf('states', environment(linked)),
    },
    { to: 'AWS::SSM::Parameter', kind: 'uses', by: 'arn', at: (linked) => arnsOf('ssm', environment(linked)) },
    { to: 'AWS::DynamoDB::Table', kind: 'uses', by: 'arn', at: (linked) => arnsOf('dynamodb', environment(linked)) },
    {
      to: 'AWS::SecretsManager::Secret',
      kind: 'uses',
      by: 'arn',
      at: (linked) => arnsOf('secretsmanager', environment(linked)),
    },
    {
      to: 'AWS::RDS::DBInstance',
      kind: 'uses',
      by: 'endpoint',
      at: (linked) => hostsOf('AWS::RDS::DBInstance', environment(linked)),
    },
    {
      to: 'AWS::RDS::DBCluster',
      kind: 'uses',
      by: 'endpoint',
      at: (linked) => hostsOf('AWS::RDS::DBCluster', environment(linked)),
    },
  ],
  // CloudTrail writes the API version into Lambda's event names.
  events: {
    CreateFunction20150331: 'requestParameters.functionName',
    UpdateFunctionCode20150331v2: 'requestParameters.functionName',
    UpdateFunctionConfiguration20150331v2: 'requestParameters.functionName',
    DeleteFunction20150331: 'requestParameters.functionName',
  },
  unordered: ['VpcConfig.SubnetIds', 'VpcConfig.SecurityGroupIds', 'EventSourceMappings'],
  volatile: ['EventSourceMappings[].LastProcessingResult'],
  redact: ['Environment.Variables'],
})
