import type * as elasticache from '@aws-sdk/client-elasticache'
import { resourceTypeOf } from '../define.ts'

interface CacheCluster extends elasticache.CacheCluster {
  Tags?: elasticache.Tag[] | null
  SubnetGroups?: elasticache.CacheSubnetGroup[] | null
}

/** ElastiCache cluster, also each member of a replication group. Source: ElastiCache DescribeCacheClusters. */
export const cacheCluster = resourceTypeOf<typeof elasticache, CacheCluster>()({
  resourceType: 'AWS::ElastiCache::CacheCluster',
  service: 'elasticache',
  scope: 'regional',
  label: 'ElastiCache cluster',
  list: {
    operation: 'DescribeCacheClusters',
    items: 'CacheClusters',
    input: { ShowCacheNodeInfo: true },
    page: { request: 'Marker', response: 'Marker', size: { name: 'MaxRecords', min: 20, max: 100 } },
  },
  iamActions: ['elasticache:DescribeCacheClusters'],
  id: 'CacheClusterId',
  arn: 'ARN',
  name: 'CacheClusterId',
  tags: 'Tags',
  state: 'CacheClusterStatus',
  createdAt: 'CacheClusterCreateTime',
  details: [
    {
      operation: 'ListTagsForResource',
      iamAction: 'elasticache:ListTagsForResource',
      input: (cluster) => ({ ResourceName: cluster.ARN }),
      pick: 'TagList',
      as: 'Tags',
    },
    {
      operation: 'DescribeCacheSubnetGroups',
      iamAction: 'elasticache:DescribeCacheSubnetGroups',
      // Outside a VPC there is none.
      when: (cluster) => cluster.CacheSubnetGroupName !== undefined,
      input: (cluster) => ({ CacheSubnetGroupName: cluster.CacheSubnetGroupName }),
      pick: 'CacheSubnetGroups',
      as: 'SubnetGroups',
      page: { request: 'Marker', response: 'Marker' },
    },
  ],
  relationships: [
    { to: 'AWS::EC2::VPC', kind: 'in', at: (cluster) => cluster.SubnetGroups?.map((group) => group.VpcId) },
    {
      to: 'AWS::EC2::Subnet',
      kind: 'in',
      at: (cluster) =>
        cluster.SubnetGroups?.flatMap((group) => group.Subnets?.map((subnet) => subnet.SubnetIdentifier)),
    },
    {
      to: 'AWS::EC2::SecurityGroup',
      kind: 'member-of',
      at: (cluster) => cluster.SecurityGroups?.map((group) => group.SecurityGroupId),
    },
    {
      to: 'AWS::ElastiCache::SubnetGroup',
      kind: 'uses',
      by: 'name',
      at: (cluster) => cluster.CacheSubnetGroupName,
    },
    {
      to: 'AWS::ElastiCache::ParameterGroup',
      kind: 'uses',
      by: 'name',
      at: (cluster) => cluster.CacheParameterGroup?.CacheParameterGroupName,
    },
    { to: 'AWS::ElastiCache::ReplicationGroup', kind: 'member-of', at: (cluster) => cluster.ReplicationGroupId },
    {
      to: 'AWS::SNS::Topic',
      kind: 'sends-to',
      by: 'arn',
      at: (cluster) => cluster.NotificationConfiguration?.TopicArn,
    },
    {
      to: 'AWS::Logs::LogGroup',
      kind: 'sends-to',
      by: 'name',
      at: (cluster) =>
        cluster.LogDeliveryConfigurations?.map((log) => log.DestinationDetails?.CloudWatchLogsDetails?.LogGroup),
    },
    {
      to: 'AWS::KinesisFirehose::DeliveryStream',
      kind: 'sends-to',
      by: 'name',
      at: (cluster) =>
        cluster.LogDeliveryConfigurations?.map((log) => log.DestinationDetails?.KinesisFirehoseDetails?.DeliveryStream),
    },
  ],
  events: {
    CreateCacheCluster: 'requestParameters.cacheClusterId',
    ModifyCacheCluster: 'requestParameters.cacheClusterId',
    DeleteCacheCluster: 'requestParameters.cacheClusterId',
  },
  unordered: [
    'SecurityGroups',
    'CacheSecurityGroups',
    'CacheNodes',
    'SubnetGroups[].Subnets',
    'LogDeliveryConfigurations',
  ],
})
