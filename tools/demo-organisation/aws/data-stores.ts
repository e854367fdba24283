import { CreateTableCommand } from '@aws-sdk/client-dynamodb'
import { CreateDBInstanceCommand, CreateDBSubnetGroupCommand } from '@aws-sdk/client-rds'
import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3'
import type { Site } from './site.ts'
import { type Owner, tagList } from './tags.ts'

export interface DatabaseOrder {
  name: string
  engine: 'postgres' | 'mysql'
  version: string
  instanceClass: string
  /** GiB */
  storage: number
  subnetIds: readonly string[]
  securityGroupIds: readonly string[]
  multiAz: boolean
  encrypted: boolean
  publiclyAccessible?: boolean
}

export async function createDatabase(site: Site, order: DatabaseOrder, owner: Owner): Promise<void> {
  const DBSubnetGroupName = `${order.name}-subnets`
  await site.rds.send(
    new CreateDBSubnetGroupCommand({
      DBSubnetGroupName,
      DBSubnetGroupDescription: `Subnets of ${order.name}`,
      SubnetIds: [...order.subnetIds],
    }),
  )
  await site.rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: order.name,
      DBInstanceClass: order.instanceClass,
      Engine: order.engine,
      EngineVersion: order.version,
      AllocatedStorage: order.storage,
      StorageType: 'gp3',
      MasterUsername: 'app',
      // The gateway's back end runs no database, so this opens nothing.
      MasterUserPassword: 'not-a-real-database',
      DBSubnetGroupName,
      VpcSecurityGroupIds: [...order.securityGroupIds],
      MultiAZ: order.multiAz,
      StorageEncrypted: order.encrypted,
      PubliclyAccessible: order.publiclyAccessible ?? false,
      Tags: tagList(order.name, owner),
    }),
  )
}

export interface TableOrder {
  name: string
  key: string
  sortKey?: string
}

export async function createTable(site: Site, { name, key, sortKey }: TableOrder, owner: Owner): Promise<void> {
  const names = sortKey ? [key, sortKey] : [key]
  await site.dynamodb.send(
    new CreateTableCommand({
      TableName: name,
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: names.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
      BillingMode: 'PAY_PER_REQUEST',
      Tags: tagList(undefined, owner),
    }),
  )
}

export interface BucketOrder {
  name: string
  versioned?: boolean
  access: 'blocked' | 'default' | 'public'
}

export async function createBucket(site: Site, { name, versioned, access }: BucketOrder, owner: Owner): Promise<void> {
  const location =
    site.region === 'us-east-1'
      ? {}
      : { CreateBucketConfiguration: { LocationConstraint: site.region as BucketLocationConstraint } }
  await site.s3.send(new CreateBucketCommand({ Bucket: name, ...location }))
  const TagSet = tagList(undefined, owner)
  if (TagSet.length > 0) await site.s3.send(new PutBucketTaggingCommand({ Bucket: name, Tagging: { TagSet } }))
  if (versioned)
    await site.s3.send(new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration: { Status: 'Enabled' } }))
  if (access === 'blocked') await blockPublicAccess(site, name)
  if (access === 'public') await openToEveryone(site, name)
}

async function blockPublicAccess(site: Site, Bucket: string): Promise<void> {
  const all = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true }
  await site.s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: all }))
}

/** A bucket policy that lets everyone read. */
export async function openToEveryone(site: Site, Bucket: string): Promise<void> {
  const statement = {
    Sid: 'PublicRead',
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::${Bucket}/*`,
  }
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  await site.s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))
}
