import type * as cloudtrail from '@aws-sdk/client-cloudtrail'
import { logGroupArnOf } from '../arns.ts'
import { resourceTypeOf } from '../define.ts'

interface Trail extends cloudtrail.Trail {
  IsLogging?: boolean | null
  Selectors?: Omit<cloudtrail.GetEventSelectorsResponse, '$metadata'>
  Tags?: cloudtrail.Tag[] | null
}

/** CloudTrail trail, in the region it was made in. Source: CloudTrail DescribeTrails, GetTrailStatus. */
export const trail = resourceTypeOf<typeof cloudtrail, Trail>()({
  resourceType: 'AWS::CloudTrail::Trail',
  service: 'cloudtrail',
  scope: 'regional',
  label: 'CloudTrail trail',
  list: {
    operation: 'DescribeTrails',
    items: 'trailList',
    // A trail of all regions is answered again in each of them, and one of the organization in each account.
    input: { includeShadowTrails: false },
  },
  iamActions: ['cloudtrail:DescribeTrails'],
  id: 'Name',
  arn: 'TrailARN',
  maxStaleness: { minutes: 15 },
  name: 'Name',
  tags: 'Tags',
  details: [
    {
      operation: 'GetTrailStatus',
      iamAction: 'cloudtrail:GetTrailStatus',
      input: (trail) => ({ Name: trail.TrailARN }),
      pick: 'IsLogging',
      as: 'IsLogging',
    },
    {
      operation: 'GetEventSelectors',
      iamAction: 'cloudtrail:GetEventSelectors',
      input: (trail) => ({ TrailName: trail.TrailARN }),
      as: 'Selectors',
    },
    {
      operation: 'ListTags',
      iamAction: 'cloudtrail:ListTags',
      input: (trail) => ({ ResourceIdList: trail.TrailARN ? [trail.TrailARN] : [] }),
      pick: 'ResourceTagList[].TagsList',
      as: 'Tags',
      page: { request: 'NextToken', response: 'NextToken' },
    },
  ],
  relationships: [
    { to: 'AWS::S3::Bucket', kind: 'sends-to', by: 'name', at: (trail) => trail.S3BucketName },
    { to: 'AWS::SNS::Topic', kind: 'sends-to', by: 'arn', at: (trail) => trail.SnsTopicARN },
    {
      to: 'AWS::Logs::LogGroup',
      kind: 'sends-to',
      by: 'arn',
      at: (trail) => trail.CloudWatchLogsLogGroupArn && logGroupArnOf(trail.CloudWatchLogsLogGroupArn),
    },
    { to: 'AWS::IAM::Role', kind: 'assumes', by: 'arn', at: (trail) => trail.CloudWatchLogsRoleArn },
    { to: 'AWS::KMS::Key', kind: 'encrypted-by', by: 'arn', at: (trail) => trail.KmsKeyId },
  ],
  events: {
    CreateTrail: 'requestParameters.name',
    UpdateTrail: 'requestParameters.name',
    StartLogging: 'requestParameters.name',
    StopLogging: 'requestParameters.name',
    PutEventSelectors: 'requestParameters.trailName',
    DeleteTrail: 'requestParameters.name',
  },
})
