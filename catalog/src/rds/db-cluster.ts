import type * as rds from '@aws-sdk/client-rds'
import { resourceTypeOf } from '../define.ts'

/** Aurora, Multi-AZ, Neptune or DocumentDB cluster; its instances name it. Source: RDS DescribeDBClusters. */
export const dbCluster = resourceTypeOf<typeof rds, rds.DBCluster>()({
  resourceType: 'AWS::RDS::DBCluster',
  service: 'rds',
  scope: 'regional',
  label: 'RDS DB cluster',
  list: {
    operation: 'DescribeDBClusters',
    items: 'DBClusters',
    page: { request: 'Marker', response: 'Marker', size: { name: 'MaxRecords', min: 20, max: 100 } },
  },
  iamActions: ['rds:DescribeDBClusters'],
  id: 'DBClusterIdentifier',
  arn: 'DBClusterArn',
  name: 'DBClusterIdentifier',
  tags: 'TagList',
  state: 'Status',
  createdAt: 'ClusterCreateTime',
  endpoint: 'Endpoint',
  relationships: [
    { to: 'AWS::RDS::DBSubnetGroup', kind: 'uses', by: 'name', at: (cluster) => cluster.DBSubnetGroup },
    {
      to: 'AWS::EC2::SecurityGroup',
      kind: 'member-of',
      at: (cluster) => cluster.VpcSecurityGroups?.map((group) => group.VpcSecurityGroupId),
    },
    {
      to: 'AWS::RDS::DBClusterParameterGroup',
      kind: 'uses',
      by: 'name',
      at: (cluster) => cluster.DBClusterParameterGroup,
    },
    { to: 'AWS::KMS::Key', kind: 'encrypted-by', by: 'arn', at: (cluster) => cluster.KmsKeyId },
    {
      to: 'AWS::IAM::Role',
      kind: 'assumes',
      by: 'arn',
      at: (cluster) => [cluster.MonitoringRoleArn, ...(cluster.AssociatedRoles?.map((role) => role.RoleArn) ?? [])],
    },
    {
      to: 'AWS::SecretsManager::Secret',
      kind: 'uses',
      by: 'arn',
      at: (cluster) => cluster.MasterUserSecret?.SecretArn,
    },
    {
      to: 'AWS::RDS::DBCluster',
      kind: 'created-from',
      by: 'arn',
      at: (cluster) => cluster.ReplicationSourceIdentifier,
    },
    { to: 'AWS::RDS::GlobalCluster', kind: 'member-of', at: (cluster) => cluster.GlobalClusterIdentifier },
    {
      to: 'AWS::Kinesis::Stream',
      kind: 'sends-to',
      by: 'name',
      at: (cluster) => cluster.ActivityStreamKinesisStreamName,
    },
  ],
  events: {
    CreateDBCluster: 'requestParameters.dBClusterIdentifier',
    ModifyDBCluster: 'requestParameters.dBClusterIdentifier',
    StartDBCluster: 'requestParameters.dBClusterIdentifier',
    StopDBCluster: 'requestParameters.dBClusterIdentifier',
    FailoverDBCluster: 'requestParameters.dBClusterIdentifier',
    DeleteDBCluster: 'requestParameters.dBClusterIdentifier',
  },
  unordered: [
    'VpcSecurityGroups',
    'DBClusterMembers',
    'AssociatedRoles',
    'AvailabilityZones',
    'ReadReplicaIdentifiers',
    'EnabledCloudwatchLogsExports',
  ],
  volatile: [
    'EarliestRestorableTime',
    'LatestRestorableTime',
    'EarliestBacktrackTime',
    'BacktrackConsumedChangeRecords',
    'PercentProgress',
    'Capacity',
  ],
  redact: ['PendingModifiedValues.MasterUserPassword'],
})
