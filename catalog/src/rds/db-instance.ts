import type * as rds from '@aws-sdk/client-rds'
import { resourceTypeOf } from '../define.ts'

/** RDS DB instance. Source: RDS DescribeDBInstances. */
export const dbInstance = resourceTypeOf<typeof rds, rds.DBInstance>()({
  resourceType: 'AWS::RDS::DBInstance',
  service: 'rds',
  scope: 'regional',
  label: 'RDS DB instance',
  list: {
    operation: 'DescribeDBInstances',
    items: 'DBInstances',
    page: { request: 'Marker', response: 'Marker', size: { name: 'MaxRecords', min: 20, max: 100 } },
  },
  iamActions: ['rds:DescribeDBInstances'],
  id: 'DBInstanceIdentifier',
  arn: 'DBInstanceArn',
  name: 'DBInstanceIdentifier',
  tags: 'TagList',
  state: 'DBInstanceStatus',
  createdAt: 'InstanceCreateTime',
  endpoint: 'Endpoint.Address',
  relationships: [
    { to: 'AWS::EC2::VPC', kind: 'in', at: (instance) => instance.DBSubnetGroup?.VpcId },
    {
      to: 'AWS::EC2::Subnet',
      kind: 'in',
      at: (instance) => instance.DBSubnetGroup?.Subnets?.map((subnet) => subnet.SubnetIdentifier),
    },
    {
      to: 'AWS::EC2::SecurityGroup',
      kind: 'member-of',
      at: (instance) => instance.VpcSecurityGroups?.map((group) => group.VpcSecurityGroupId),
    },
    {
      to: 'AWS::RDS::DBSubnetGroup',
      kind: 'uses',
      by: 'name',
      at: (instance) => instance.DBSubnetGroup?.DBSubnetGroupName,
    },
    {
      to: 'AWS::RDS::DBParameterGroup',
      kind: 'uses',
      by: 'name',
      at: (instance) => instance.DBParameterGroups?.map((group) => group.DBParameterGroupName),
    },
    { to: 'AWS::RDS::DBCluster', kind: 'member-of', at: (instance) => instance.DBClusterIdentifier },
    {
      to: 'AWS::RDS::DBInstance',
      kind: 'created-from',
      at: (instance) => instance.ReadReplicaSourceDBInstanceIdentifier,
    },
    { to: 'AWS::KMS::Key', kind: 'encrypted-by', by: 'arn', at: (instance) => instance.KmsKeyId },
    { to: 'AWS::IAM::Role', kind: 'assumes', by: 'arn', at: (instance) => instance.MonitoringRoleArn },
    {
      to: 'AWS::IAM::Role',
      kind: 'assumes',
      by: 'arn',
      at: (instance) => instance.AssociatedRoles?.map((role) => role.RoleArn),
    },
    {
      to: 'AWS::SecretsManager::Secret',
      kind: 'uses',
      by: 'arn',
      at: (instance) => instance.MasterUserSecret?.SecretArn,
    },
  ],
  events: {
    CreateDBInstance: 'requestParameters.dBInstanceIdentifier',
    ModifyDBInstance: 'requestParameters.dBInstanceIdentifier',
    StartDBInstance: 'requestParameters.dBInstanceIdentifier',
    StopDBInstance: 'requestParameters.dBInstanceIdentifier',
    DeleteDBInstance: 'requestParameters.dBInstanceIdentifier',
  },
  unordered: ['VpcSecurityGroups', 'DBSubnetGroup.Subnets', 'AssociatedRoles', 'ReadReplicaDBInstanceIdentifiers'],
  volatile: ['LatestRestorableTime'],
  redact: ['PendingModifiedValues.MasterUserPassword'],
})
