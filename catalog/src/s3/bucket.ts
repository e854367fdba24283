import type * as s3 from '@aws-sdk/client-s3'
import { resourceTypeOf } from '../define.ts'

interface Bucket extends s3.Bucket {
  Location?: s3.BucketLocationConstraint | '' | null
  Tagging?: s3.Tag[] | null
  Encryption?: s3.ServerSideEncryptionConfiguration | null
  Versioning?: Omit<s3.GetBucketVersioningOutput, '$metadata'>
  PublicAccessBlock?: s3.PublicAccessBlockConfiguration | null
  PolicyStatus?: s3.PolicyStatus | null
  Notification?: s3.NotificationConfiguration
}

/** What GetBucketLocation answers for its two oldest regions is no region code. */
const regionOfLocation = (location: Bucket['Location']) => (location === 'EU' ? 'eu-west-1' : location || 'us-east-1')

/** S3 bucket: listed once for the account, living in its region. Source: S3 ListBuckets. */
export const bucket = resourceTypeOf<typeof s3, Bucket>()({
  resourceType: 'AWS::S3::Bucket',
  service: 's3',
  scope: 'global',
  label: 'S3 bucket',
  list: {
    operation: 'ListBuckets',
    items: 'Buckets',
    // AWS names each bucket's region only when asked for pages; 10,000 is the largest.
    page: {
      request: 'ContinuationToken',
      response: 'ContinuationToken',
      size: { name: 'MaxBuckets', min: 1, max: 10_000 },
    },
  },
  iamActions: ['s3:ListAllMyBuckets'],
  id: 'Name',
  arn: 'arn:{partition}:s3:::{Name}',
  maxStaleness: { minutes: 15 },
  name: 'Name',
  tags: 'Tagging',
  createdAt: 'CreationDate',
  region: (bucket) =>
    bucket.BucketRegion ?? (bucket.Location === undefined ? undefined : regionOfLocation(bucket.Location)),
  details: [
    {
      operation: 'GetBucketLocation',
      iamAction: 's3:GetBucketLocation',
      when: (bucket) => bucket.BucketRegion === undefined,
      input: (bucket) => ({ Bucket: bucket.Name }),
      pick: 'LocationConstraint',
      as: 'Location',
    },
    {
      operation: 'GetBucketTagging',
      iamAction: 's3:GetBucketTagging',
      input: (bucket) => ({ Bucket: bucket.Name }),
      pick: 'TagSet',
      as: 'Tagging',
      absent: ['NoSuchTagSet'],
    },
    {
      operation: 'GetBucketEncryption',
      iamAction: 's3:GetEncryptionConfiguration',
      input: (bucket) => ({ Bucket: bucket.Name }),
      pick: 'ServerSideEncryptionConfiguration',
      as: 'Encryption',
      absent: ['ServerSideEncryptionConfigurationNotFoundError'],
    },
    {
      operation: 'GetBucketVersioning',
      iamAction: 's3:GetBucketVersioning',
      input: (bucket) => ({ Bucket: bucket.Name }),
      as: 'Versioning',
    },
    {
      operation: 'GetPublicAccessBlock',
      iamAction: 's3:GetBucketPublicAccessBlock',
      input: (bucket) => ({ Bucket: bucket.Name }),
      pick: 'PublicAccessBlockConfiguration',
      as: 'PublicAccessBlock',
      absent: ['NoSuchPublicAccessBlockConfiguration'],
    },
    {
      operation: 'GetBucketPolicyStatus',
      iamAction: 's3:GetBucketPolicyStatus',
      input: (bucket) => ({ Bucket: bucket.Name }),
      pick: 'PolicyStatus',
      as: 'PolicyStatus',
      absent: ['NoSuchBucketPolicy'],
    },
    {
      operation: 'GetBucketNotificationConfiguration',
      iamAction: 's3:GetBucketNotification',
      input: (bucket) => ({ Bucket: bucket.Name }),
      as: 'Notification',
    },
  ],
  relationships: [
    {
      to: 'AWS::KMS::Key',
      kind: 'encrypted-by',
      by: 'arn',
      at: (bucket) => bucket.Encryption?.Rules?.map((rule) => rule.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID),
    },
    {
      to: 'AWS::Lambda::Function',
      kind: 'invokes',
      by: 'arn',
      at: (bucket) => bucket.Notification?.LambdaFunctionConfigurations?.map((target) => target.LambdaFunctionArn),
    },
    {
      to: 'AWS::SQS::Queue',
      kind: 'sends-to',
      by: 'arn',
      at: (bucket) => bucket.Notification?.QueueConfigurations?.map((target) => target.QueueArn),
    },
    {
      to: 'AWS::SNS::Topic',
      kind: 'sends-to',
      by: 'arn',
      at: (bucket) => bucket.Notification?.TopicConfigurations?.map((target) => target.TopicArn),
    },
  ],
  events: { CreateBucket: 'requestParameters.bucketName', DeleteBucket: 'requestParameters.bucketName' },
  unordered: [
    'Notification.LambdaFunctionConfigurations',
    'Notification.QueueConfigurations',
    'Notification.TopicConfigurations',
  ],
})
