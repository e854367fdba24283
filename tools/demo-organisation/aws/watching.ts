import { CloudTrailClient, CreateTrailCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail'
import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch'
import { PutBucketPolicyCommand } from '@aws-sdk/client-s3'
import { required } from '../../aws-gateway/required.ts'
import type { Site } from './site.ts'
import { type Owner, tagList } from './tags.ts'

export interface AlarmOrder {
  name: string
  namespace: string
  metric: string
  dimensions: Record<string, string>
  threshold: number
  /** Topics it tells. */
  actions: string[]
}

export async function putAlarm(site: Site, order: AlarmOrder, owner: Owner): Promise<void> {
  await site.of(CloudWatchClient).send(
    new PutMetricAlarmCommand({
      AlarmName: order.name,
      Namespace: order.namespace,
      MetricName: order.metric,
      Dimensions: Object.entries(order.dimensions).map(([Name, Value]) => ({ Name, Value })),
      Statistic: 'Average',
      Period: 300,
      EvaluationPeriods: 3,
      Threshold: order.threshold,
      ComparisonOperator: 'GreaterThanThreshold',
      AlarmActions: order.actions,
      Tags: tagList(undefined, owner),
    }),
  )
}

/** A trail of all Regions into a bucket that lets CloudTrail write; it logs from the start. */
export async function createTrail(
  site: Site,
  { name, bucket }: { name: string; bucket: string },
  owner: Owner,
): Promise<void> {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: ['s3:GetBucketAcl', 's3:PutObject'],
    Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
  }
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  await site.s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }))
  const trails = site.of(CloudTrailClient)
  const { TrailARN } = await trails.send(
    new CreateTrailCommand({
      Name: name,
      S3BucketName: bucket,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
      TagsList: tagList(undefined, owner),
    }),
  )
  await trails.send(new StartLoggingCommand({ Name: required(TrailARN, 'TrailARN') }))
}
