import { CloudWatchLogsClient, CreateLogGroupCommand, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { CreateDBInstanceCommand, CreateDBSubnetGroupCommand, RDSClient } from '@aws-sdk/client-rds'
import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { type Clients, type ExpectedResource, keyArn, made, out, ownTags, type Place, tagList } from './created.ts'
import type { Network } from './network.ts'

export type Data = Awaited<ReturnType<typeof createData>>

const blockedAccess = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
}

const queueArn = ({ partition, region, accountId }: Place, name: string) =>
  `arn:${partition}:sqs:${region}:${accountId}:${name}`

export async function createData(clients: Clients, place: Place, network: Network) {
  await createQueues(clients(SQSClient), place)
  const bucketName = `orders-documents-${place.accountId}`
  await createBucket(clients(S3Client), place, bucketName)
  const table = await createTable(clients(DynamoDBClient), place)
  const database = await createDatabase(clients(RDSClient), place, network)
  const logs = clients(CloudWatchLogsClient)
  await logs.send(new CreateLogGroupCommand({ logGroupName: '/orders/web', tags: ownTags('orders-logs') }))
  await logs.send(new PutRetentionPolicyCommand({ logGroupName: '/orders/web', retentionInDays: 30 }))
  return {
    bucketName,
    ...table,
    ...database,
    queueArn: queueArn(place, 'orders'),
    deadLetterArn: queueArn(place, 'orders-dead'),
  }
}

async function createQueues(sqs: SQSClient, place: Place) {
  await sqs.send(new CreateQueueCommand({ QueueName: 'orders-dead' }))
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn(place, 'orders-dead'), maxReceiveCount: 5 })
  await sqs.send(
    new CreateQueueCommand({
      QueueName: 'orders',
      Attributes: { VisibilityTimeout: '90', KmsMasterKeyId: keyArn(place), RedrivePolicy },
      tags: ownTags('orders-queue'),
    }),
  )
}

async function createBucket(s3: S3Client, place: Place, Bucket: string) {
  // us-east-1 is the one region that must not be named.
  const elsewhere = place.region !== 'us-east-1'
  const LocationConstraint = place.region as BucketLocationConstraint
  await s3.send(
    new CreateBucketCommand({ Bucket, ...(elsewhere && { CreateBucketConfiguration: { LocationConstraint } }) }),
  )
  await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: tagList(ownTags('orders-documents')) } }))
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }))
  await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: blockedAccess }))
  await s3.send(
    new PutBucketEncryptionCommand({
      Bucket,
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn(place) } }],
      },
    }),
  )
  await s3.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket,
      NotificationConfiguration: {
        QueueConfigurations: [{ QueueArn: queueArn(place, 'orders'), Events: ['s3:ObjectCreated:*'] }],
      },
    }),
  )
}

async function createTable(dynamodb: DynamoDBClient, place: Place) {
  const { TableDescription } = await dynamodb.send(
    new CreateTableCommand({
      TableName: 'orders',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'orderId', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'orderId', KeyType: 'HASH' }],
      SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: keyArn(place) },
      Tags: tagList(ownTags('orders-table')),
    }),
  )
  return { tableArn: made(TableDescription?.TableArn, 'table') }
}

async function createDatabase(rds: RDSClient, place: Place, network: Network) {
  await rds.send(
    new CreateDBSubnetGroupCommand({
      DBSubnetGroupName: 'orders-subnets',
      DBSubnetGroupDescription: 'Subnets of the order database',
      SubnetIds: [network.subnetId, network.otherSubnetId],
    }),
  )
  const { DBInstance } = await rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: 'orders-database',
      DBInstanceClass: 'db.t4g.medium',
      Engine: 'postgres',
      EngineVersion: '16.4',
      AllocatedStorage: 50,
      MasterUsername: 'orders',
      MasterUserPassword: 'not-a-real-password-1',
      DBSubnetGroupName: 'orders-subnets',
      VpcSecurityGroupIds: [network.databaseGroupId],
      StorageEncrypted: true,
      KmsKeyId: keyArn(place),
      MultiAZ: true,
      Tags: tagList(ownTags('orders-db')),
    }),
  )
  return {
    databaseArn: made(DBInstance?.DBInstanceArn, 'DB instance'),
    parameterGroups: (DBInstance?.DBParameterGroups ?? []).map((group) => made(group.DBParameterGroupName, 'group')),
  }
}

export function expectedData(data: Data, network: Network, place: Place): ExpectedResource[] {
  const encrypted = out('encrypted-by', 'AWS::KMS::Key', keyArn(place))
  const { partition, region, accountId } = place
  return [
    {
      resourceType: 'AWS::S3::Bucket',
      resourceId: data.bucketName,
      arn: `arn:${partition}:s3:::${data.bucketName}`,
      name: data.bucketName,
      state: null,
      region,
      tags: ownTags('orders-documents'),
      properties: {
        'Versioning.Status': 'Enabled',
        PublicAccessBlock: blockedAccess,
        'Encryption.Rules[].ApplyServerSideEncryptionByDefault.SSEAlgorithm': 'aws:kms',
        PolicyStatus: null,
        'Notification.QueueConfigurations[].Events[]': 's3:ObjectCreated:*',
      },
      relationships: [encrypted, out('sends-to', 'AWS::SQS::Queue', data.queueArn)],
    },
    {
      resourceType: 'AWS::DynamoDB::Table',
      resourceId: 'orders',
      arn: data.tableArn,
      name: 'orders',
      state: 'ACTIVE',
      region,
      tags: ownTags('orders-table'),
      properties: {
        'BillingModeSummary.BillingMode': 'PAY_PER_REQUEST',
        'KeySchema[].AttributeName': 'orderId',
        'SSEDescription.SSEType': 'KMS',
      },
      relationships: [encrypted],
    },
    {
      resourceType: 'AWS::RDS::DBInstance',
      resourceId: 'orders-database',
      arn: data.databaseArn,
      name: 'orders-database',
      state: 'available',
      region,
      tags: ownTags('orders-db'),
      properties: {
        Engine: 'postgres',
        DBInstanceClass: 'db.t4g.medium',
        AllocatedStorage: 50,
        MultiAZ: true,
        StorageEncrypted: true,
      },
      relationships: [
        out('in', 'AWS::EC2::VPC', network.vpcId),
        out('in', 'AWS::EC2::Subnet', network.subnetId),
        out('in', 'AWS::EC2::Subnet', network.otherSubnetId),
        out('member-of', 'AWS::EC2::SecurityGroup', network.databaseGroupId),
        out('uses', 'AWS::RDS::DBSubnetGroup', 'orders-subnets'),
        ...data.parameterGroups.map((name) => out('uses', 'AWS::RDS::DBParameterGroup', name)),
        encrypted,
      ],
    },
    {
      resourceType: 'AWS::SQS::Queue',
      resourceId: 'orders',
      arn: data.queueArn,
      name: 'orders',
      state: null,
      region,
      tags: ownTags('orders-queue'),
      properties: {
        QueueName: 'orders',
        'Attributes.VisibilityTimeout': '90',
        'Attributes.RedrivePolicy.maxReceiveCount': 5,
      },
      relationships: [out('sends-to', 'AWS::SQS::Queue', data.deadLetterArn), encrypted],
    },
    {
      resourceType: 'AWS::Logs::LogGroup',
      resourceId: '/orders/web',
      arn: `arn:${partition}:logs:${region}:${accountId}:log-group:/orders/web`,
      name: '/orders/web',
      state: null,
      region,
      tags: ownTags('orders-logs'),
      properties: { retentionInDays: 30 },
      relationships: [],
    },
  ]
}
