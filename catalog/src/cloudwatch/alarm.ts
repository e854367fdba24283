import type * as cloudwatch from '@aws-sdk/client-cloudwatch'
import { arnsOf, functionArnOf } from '../arns.ts'
import { resourceTypeOf } from '../define.ts'

interface Alarm extends cloudwatch.MetricAlarm {
  Tags?: cloudwatch.Tag[] | null
}

interface Dimension {
  Name?: string | undefined
  Value?: string | undefined
}

interface Watching {
  Namespace?: string | undefined
  Dimensions?: Dimension[] | undefined
  Metrics?:
    | {
        MetricStat?:
          | { Metric?: { Namespace?: string | undefined; Dimensions?: Dimension[] | undefined } | undefined }
          | undefined
      }[]
    | undefined
}

/** Values of one dimension among the metrics of one namespace; an alarm on an expression watches several. */
const watched = (alarm: Watching, namespace: string, dimension: string) =>
  [alarm, ...(alarm.Metrics?.map((metric) => metric.MetricStat?.Metric) ?? [])]
    .filter((metric) => metric?.Namespace === namespace)
    .flatMap((metric) => metric?.Dimensions?.filter(({ Name }) => Name === dimension))
    .map((found) => found?.Value)

interface Acting {
  AlarmActions?: string[] | undefined
  OKActions?: string[] | undefined
  InsufficientDataActions?: string[] | undefined
}

const actions = (alarm: Acting, service: string) =>
  arnsOf(service, [...(alarm.AlarmActions ?? []), ...(alarm.OKActions ?? []), ...(alarm.InsufficientDataActions ?? [])])

/** CloudWatch alarm on metrics: what it watches and what it sets off. Source: CloudWatch DescribeAlarms. */
export const alarm = resourceTypeOf<typeof cloudwatch, Alarm>()({
  resourceType: 'AWS::CloudWatch::Alarm',
  service: 'cloudwatch',
  scope: 'regional',
  label: 'CloudWatch alarm',
  list: {
    operation: 'DescribeAlarms',
    items: 'MetricAlarms',
    input: { AlarmTypes: ['MetricAlarm'] },
    page: { request: 'NextToken', response: 'NextToken', size: { name: 'MaxRecords', min: 1, max: 100 } },
  },
  iamActions: ['cloudwatch:DescribeAlarms'],
  id: 'AlarmName',
  arn: 'AlarmArn',
  name: 'AlarmName',
  tags: 'Tags',
  state: 'StateValue',
  details: [
    {
      operation: 'ListTagsForResource',
      iamAction: 'cloudwatch:ListTagsForResource',
      input: (alarm) => ({ ResourceARN: alarm.AlarmArn }),
      pick: 'Tags',
      as: 'Tags',
    },
  ],
  relationships: [
    { to: 'AWS::SNS::Topic', kind: 'sends-to', by: 'arn', at: (alarm) => actions(alarm, 'sns') },
    {
      to: 'AWS::Lambda::Function',
      kind: 'invokes',
      by: 'arn',
      at: (alarm) => actions(alarm, 'lambda').map(functionArnOf),
    },
    {
      to: 'AWS::AutoScaling::ScalingPolicy',
      kind: 'invokes',
      by: 'arn',
      at: (alarm) => actions(alarm, 'autoscaling').filter((arn) => arn.includes(':scalingPolicy:')),
    },
    { to: 'AWS::EC2::Instance', kind: 'attached-to', at: (alarm) => watched(alarm, 'AWS/EC2', 'InstanceId') },
    {
      to: 'AWS::AutoScaling::AutoScalingGroup',
      kind: 'attached-to',
      by: 'name',
      at: (alarm) => watched(alarm, 'AWS/EC2', 'AutoScalingGroupName'),
    },
    {
      to: 'AWS::RDS::DBInstance',
      kind: 'attached-to',
      at: (alarm) => watched(alarm, 'AWS/RDS', 'DBInstanceIdentifier'),
    },
    {
      to: 'AWS::RDS::DBCluster',
      kind: 'attached-to',
      at: (alarm) => watched(alarm, 'AWS/RDS', 'DBClusterIdentifier'),
    },
    { to: 'AWS::SQS::Queue', kind: 'attached-to', at: (alarm) => watched(alarm, 'AWS/SQS', 'QueueName') },
    { to: 'AWS::Lambda::Function', kind: 'attached-to', at: (alarm) => watched(alarm, 'AWS/Lambda', 'FunctionName') },
    { to: 'AWS::DynamoDB::Table', kind: 'attached-to', at: (alarm) => watched(alarm, 'AWS/DynamoDB', 'TableName') },
    {
      to: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      kind: 'attached-to',
      by: 'name',
      // `app/orders-alb/50dc6c495c0c9188` holds the name.
      at: (alarm) =>
        ['AWS/ApplicationELB', 'AWS/NetworkELB']
          .flatMap((namespace) => watched(alarm, namespace, 'LoadBalancer'))
          .map((value) => value?.split('/')[1]),
    },
    {
      to: 'AWS::ECS::Cluster',
      kind: 'attached-to',
      by: 'name',
      at: (alarm) => watched(alarm, 'AWS/ECS', 'ClusterName'),
    },
    {
      to: 'AWS::ElastiCache::CacheCluster',
      kind: 'attached-to',
      at: (alarm) => watched(alarm, 'AWS/ElastiCache', 'CacheClusterId'),
    },
  ],
  events: {
    PutMetricAlarm: 'requestParameters.alarmName',
    DeleteAlarms: 'requestParameters.alarmNames',
    EnableAlarmActions: 'requestParameters.alarmNames',
    DisableAlarmActions: 'requestParameters.alarmNames',
  },
  unordered: ['Dimensions', 'AlarmActions', 'OKActions', 'InsufficientDataActions'],
  // The state itself makes a version: that is what an alarm is for.
  volatile: ['StateReason', 'StateReasonData', 'StateUpdatedTimestamp', 'StateTransitionedTimestamp'],
})
