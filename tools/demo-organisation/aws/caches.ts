import { CreateFileSystemCommand, CreateMountTargetCommand, EFSClient } from '@aws-sdk/client-efs'
import { CreateCacheClusterCommand, ElastiCacheClient } from '@aws-sdk/client-elasticache'
import { required } from '../../aws-gateway/required.ts'
import type { Site } from './site.ts'
import { type Owner, tagList } from './tags.ts'

export async function createCache(
  site: Site,
  { name, nodeType, securityGroupIds }: { name: string; nodeType: string; securityGroupIds: string[] },
  owner: Owner,
): Promise<void> {
  await site.of(ElastiCacheClient).send(
    new CreateCacheClusterCommand({
      CacheClusterId: name,
      Engine: 'redis',
      EngineVersion: '7.1',
      CacheNodeType: nodeType,
      NumCacheNodes: 1,
      SecurityGroupIds: securityGroupIds,
      Tags: tagList(undefined, owner),
    }),
  )
}

/** A file system that can be mounted from the subnets named. */
export async function createFileSystem(
  site: Site,
  order: { name: string; encrypted: boolean; subnetIds: string[]; securityGroupIds: string[] },
  owner: Owner,
): Promise<void> {
  const efs = site.of(EFSClient)
  const { FileSystemId } = await efs.send(
    new CreateFileSystemCommand({
      CreationToken: order.name,
      Encrypted: order.encrypted,
      PerformanceMode: 'generalPurpose',
      Tags: tagList(order.name, owner),
    }),
  )
  for (const SubnetId of order.subnetIds)
    await efs.send(
      new CreateMountTargetCommand({
        FileSystemId: required(FileSystemId, 'FileSystemId'),
        SubnetId,
        SecurityGroups: order.securityGroupIds,
      }),
    )
}
