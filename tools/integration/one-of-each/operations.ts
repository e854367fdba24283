import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation'
import { CloudTrailClient, CreateTrailCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail'
import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch'
import { type Clients, type ExpectedResource, keyArn, made, out, ownTags, type Place, tagList } from './created.ts'
import type { Data } from './data.ts'
import type { Messaging } from './messaging.ts'

export type Operations = Awaited<ReturnType<typeof createOperations>>

/** Value of a parameter of the stack that nothing may store, log or answer. */
export const parameterCanary = 'canary-2f8d6b0e4c9a7153'

const template = {
  AWSTemplateFormatVersion: '2010-09-09',
  Parameters: { ApiKey: { Type: 'String' } },
  Resources: {
    Returns: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders-returns' } },
    Log: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/orders/returns' } },
  },
}

/** What watches over the rest: an alarm, a trail, and the stack that made some of it. */
export async function createOperations(clients: Clients, place: Place, data: Data, messaging: Messaging) {
  await createAlarm(clients(CloudWatchClient), messaging)
  // It tells no topic: the emulator would call the function that listens.
  const stack = await clients(CloudFormationClient).send(
    new CreateStackCommand({
      StackName: 'orders-returns',
      TemplateBody: JSON.stringify(template),
      Parameters: [{ ParameterKey: 'ApiKey', ParameterValue: parameterCanary }],
      Tags: tagList(ownTags('orders-stack')),
    }),
  )
  return {
    trailArn: await createTrail(clients(CloudTrailClient), place, data),
    stackArn: made(stack.StackId, 'stack'),
  }
}

const createAlarm = (cloudwatch: CloudWatchClient, messaging: Messaging) =>
  cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName: 'orders-waiting',
      AlarmDescription: 'Orders wait too long',
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateAgeOfOldestMessage',
      Dimensions: [{ Name: 'QueueName', Value: 'orders' }],
      Statistic: 'Maximum',
      Period: 300,
      EvaluationPeriods: 2,
      Threshold: 900,
      ComparisonOperator: 'GreaterThanThreshold',
      AlarmActions: [messaging.topicArn],
      Tags: tagList(ownTags('orders-alarm')),
    }),
  )

async function createTrail(cloudtrail: CloudTrailClient, place: Place, data: Data) {
  const trail = await cloudtrail.send(
    new CreateTrailCommand({
      Name: 'orders-trail',
      S3BucketName: data.bucketName,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
      KmsKeyId: keyArn(place),
      TagsList: tagList(ownTags('orders-trail')),
    }),
  )
  await cloudtrail.send(new StartLoggingCommand({ Name: 'orders-trail' }))
  return made(trail.TrailARN, 'trail')
}

export function expectedOperations(
  operations: Operations,
  data: Data,
  messaging: Messaging,
  place: Place,
): ExpectedResource[] {
  const { partition, region, accountId } = place
  const toTopic = out('sends-to', 'AWS::SNS::Topic', messaging.topicArn)
  return [
    {
      resourceType: 'AWS::CloudWatch::Alarm',
      resourceId: 'orders-waiting',
      arn: `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:orders-waiting`,
      name: 'orders-waiting',
      state: 'OK',
      region,
      tags: ownTags('orders-alarm'),
      properties: { MetricName: 'ApproximateAgeOfOldestMessage', Threshold: 900, Period: 300 },
      relationships: [toTopic, out('attached-to', 'AWS::SQS::Queue', 'orders')],
    },
    {
      resourceType: 'AWS::CloudTrail::Trail',
      resourceId: 'orders-trail',
      arn: operations.trailArn,
      name: 'orders-trail',
      state: null,
      region,
      tags: ownTags('orders-trail'),
      properties: { IsMultiRegionTrail: true, LogFileValidationEnabled: true, IsLogging: true },
      relationships: [
        out('sends-to', 'AWS::S3::Bucket', data.bucketName),
        out('encrypted-by', 'AWS::KMS::Key', keyArn(place)),
      ],
    },
    {
      resourceType: 'AWS::CloudFormation::Stack',
      resourceId: 'orders-returns',
      arn: operations.stackArn,
      name: 'orders-returns',
      state: 'CREATE_COMPLETE',
      region,
      tags: ownTags('orders-stack'),
      properties: {
        'Parameters[].ParameterKey': 'ApiKey',
        'Parameters[].ParameterValue': '[redacted]',
        'Resources[].LogicalResourceId': ['Log', 'Returns'],
      },
      relationships: [
        out('uses', 'AWS::SQS::Queue', 'orders-returns'),
        out('uses', 'AWS::Logs::LogGroup', '/orders/returns'),
      ],
    },
  ]
}
