import {
  CreateCacheClusterCommand,
  CreateCacheSubnetGroupCommand,
  ElastiCacheClient,
} from '@aws-sdk/client-elasticache'
import { CreateFileSystemCommand, CreateMountTargetCommand, EFSClient } from '@aws-sdk/client-efs'
import {
  AddTagsToResourceCommand,
  CreateDBClusterCommand,
  CreateDBSnapshotCommand,
  RDSClient,
} from '@aws-sdk/client-rds'
import { type Clients, type ExpectedResource, keyArn, made, out, ownTags, type Place, tagList } from './created.ts'
import type { Network } from './network.ts'

export type Stores = Awaited<ReturnType<typeof createStores>>

/** Clusters, snapshots, caches and file systems: what keeps state beside the database itself. */
export async function createStores(clients: Clients, place: Place, network: Network) {
  return {
    ...(await createOfRds(clients(RDSClient), place, network)),
    cacheClusterArn: await createCache(clients(ElastiCacheClient), network),
    ...(await createFileSystem(clients(EFSClient), place, network)),
  }
}

async function createOfRds(rds: RDSClient, place: Place, network: Network) {
  const subnetGroupArn = `arn:${place.partition}:rds:${place.region}:${place.accountId}:subgrp:orders-subnets`
  await rds.send(
    new AddTagsToResourceCommand({ ResourceName: subnetGroupArn, Tags: tagList(ownTags('orders-subnets')) }),
  )
  const { DBCluster } = await rds.send(
    new CreateDBClusterCommand({
      DBClusterIdentifier: 'orders-cluster',
      Engine: 'aurora-postgresql',
      EngineVersion: '16.4',
      MasterUsername: 'orders',
      MasterUserPassword: 'not-a-real-password-2',
      DBSubnetGroupName: 'orders-subnets',
      VpcSecurityGroupIds: [network.databaseGroupId],
      StorageEncrypted: true,
      KmsKeyId: keyArn(place),
      DeletionProtection: true,
      Tags: tagList(ownTags('orders-cluster')),
    }),
  )
  const { DBSnapshot } = await rds.send(
    new CreateDBSnapshotCommand({
      DBSnapshotIdentifier: 'orders-before-upgrade',
      DBInstanceIdentifier: 'orders-database',
      Tags: tagList(ownTags('orders-before-upgrade')),
    }),
  )
  return {
    subnetGroupArn,
    clusterArn: made(DBCluster?.DBClusterArn, 'DB cluster'),
    clusterParameterGroup: made(DBCluster?.DBClusterParameterGroup, 'parameter group of the cluster'),
    dbSnapshotArn: made(DBSnapshot?.DBSnapshotArn, 'DB snapshot'),
  }
}

async function createCache(elasticache: ElastiCacheClient, network: Network) {
  await elasticache.send(
    new CreateCacheSubnetGroupCommand({
      CacheSubnetGroupName: 'orders-cache-subnets',
      CacheSubnetGroupDescription: 'Subnets of the order cache',
      SubnetIds: [network.subnetId, network.otherSubnetId],
    }),
  )
  const { CacheCluster } = await elasticache.send(
    new CreateCacheClusterCommand({
      CacheClusterId: 'orders-cache',
      Engine: 'redis',
      CacheNodeType: 'cache.t4g.small',
      NumCacheNodes: 1,
      CacheSubnetGroupName: 'orders-cache-subnets',
      SecurityGroupIds: [network.databaseGroupId],
      Tags: tagList(ownTags('orders-cache')),
    }),
  )
  return made(CacheCluster?.ARN, 'cache cluster')
}

async function createFileSystem(efs: EFSClient, place: Place, network: Network) {
  const system = await efs.send(
    new CreateFileSystemCommand({
      CreationToken: 'orders-files',
      Encrypted: true,
      KmsKeyId: keyArn(place),
      PerformanceMode: 'generalPurpose',
      Tags: tagList(ownTags('orders-files')),
    }),
  )
  const fileSystemId = made(system.FileSystemId, 'file system')
  const target = await efs.send(
    new CreateMountTargetCommand({
      FileSystemId: fileSystemId,
      SubnetId: network.subnetId,
      SecurityGroups: [network.webGroupId],
    }),
  )
  return { fileSystemId, mountInterfaceId: made(target.NetworkInterfaceId, 'interface of the mount target') }
}

export function expectedStores(stores: Stores, network: Network, place: Place): ExpectedResource[] {
  const { partition, region, accountId } = place
  const encrypted = out('encrypted-by', 'AWS::KMS::Key', keyArn(place))
  const inVpc = out('in', 'AWS::EC2::VPC', network.vpcId)
  const inDatabaseGroup = out('member-of', 'AWS::EC2::SecurityGroup', network.databaseGroupId)
  const subnets = [network.subnetId, network.otherSubnetId]
  return [
    {
      resourceType: 'AWS::RDS::DBCluster',
      resourceId: 'orders-cluster',
      arn: stores.clusterArn,
      name: 'orders-cluster',
      state: 'available',
      region,
      tags: ownTags('orders-cluster'),
      properties: { Engine: 'aurora-postgresql', StorageEncrypted: true, DeletionProtection: true },
      relationships: [
        out('uses', 'AWS::RDS::DBSubnetGroup', 'orders-subnets'),
        inDatabaseGroup,
        out('uses', 'AWS::RDS::DBClusterParameterGroup', stores.clusterParameterGroup),
        encrypted,
      ],
    },
    {
      resourceType: 'AWS::RDS::DBSubnetGroup',
      resourceId: 'orders-subnets',
      arn: stores.subnetGroupArn,
      name: 'orders-subnets',
      state: 'Complete',
      region,
      tags: ownTags('orders-subnets'),
      properties: { DBSubnetGroupDescription: 'Subnets of the order database', VpcId: network.vpcId },
      relationships: [inVpc, ...subnets.map((id) => out('uses', 'AWS::EC2::Subnet', id))],
    },
    {
      resourceType: 'AWS::RDS::DBSnapshot',
      resourceId: 'orders-before-upgrade',
      arn: stores.dbSnapshotArn,
      name: 'orders-before-upgrade',
      state: 'available',
      region,
      tags: ownTags('orders-before-upgrade'),
      properties: { Engine: 'postgres', AllocatedStorage: 50, SnapshotType: 'manual' },
      relationships: [out('created-from', 'AWS::RDS::DBInstance', 'orders-database'), encrypted],
    },
    {
      resourceType: 'AWS::ElastiCache::CacheCluster',
      resourceId: 'orders-cache',
      arn: stores.cacheClusterArn,
      name: 'orders-cache',
      state: 'available',
      region,
      tags: ownTags('orders-cache'),
      properties: { Engine: 'redis', CacheNodeType: 'cache.t4g.small', NumCacheNodes: 1 },
      relationships: [
        // moto forgets the security groups of a cache.
        inVpc,
        ...subnets.map((id) => out('in', 'AWS::EC2::Subnet', id)),
        out('uses', 'AWS::ElastiCache::SubnetGroup', 'orders-cache-subnets'),
      ],
    },
    {
      resourceType: 'AWS::EFS::FileSystem',
      resourceId: stores.fileSystemId,
      arn: `arn:${partition}:elasticfilesystem:${region}:${accountId}:file-system/${stores.fileSystemId}`,
      name: 'orders-files',
      state: 'available',
      region,
      tags: ownTags('orders-files'),
      properties: { Encrypted: true, PerformanceMode: 'generalPurpose', Policy: null },
      relationships: [
        inVpc,
        out('in', 'AWS::EC2::Subnet', network.subnetId),
        out('uses', 'AWS::EC2::NetworkInterface', stores.mountInterfaceId),
        encrypted,
      ],
    },
  ]
}
