import type * as rds from '@aws-sdk/client-rds'
import { resourceTypeOf } from '../define.ts'

/** Snapshot of an RDS DB instance, manual or automated. Source: RDS DescribeDBSnapshots. */
export const dbSnapshot = resourceTypeOf<typeof rds, rds.DBSnapshot>()({
  resourceType: 'AWS::RDS::DBSnapshot',
  service: 'rds',
  scope: 'regional',
  label: 'RDS DB snapshot',
  list: {
    operation: 'DescribeDBSnapshots',
    items: 'DBSnapshots',
    page: { request: 'Marker', response: 'Marker', size: { name: 'MaxRecords', min: 20, max: 100 } },
  },
  iamActions: ['rds:DescribeDBSnapshots'],
  id: 'DBSnapshotIdentifier',
  arn: 'DBSnapshotArn',
  name: 'DBSnapshotIdentifier',
  tags: 'TagList',
  state: 'Status',
  createdAt: 'SnapshotCreateTime',
  relationships: [
    { to: 'AWS::RDS::DBInstance', kind: 'created-from', at: (snapshot) => snapshot.DBInstanceIdentifier },
    {
      to: 'AWS::RDS::DBSnapshot',
      kind: 'created-from',
      by: 'arn',
      at: (snapshot) => snapshot.SourceDBSnapshotIdentifier,
    },
    { to: 'AWS::KMS::Key', kind: 'encrypted-by', by: 'arn', at: (snapshot) => snapshot.KmsKeyId },
  ],
  events: {
    CreateDBSnapshot: 'requestParameters.dBSnapshotIdentifier',
    CopyDBSnapshot: 'requestParameters.targetDBSnapshotIdentifier',
    ModifyDBSnapshotAttribute: 'requestParameters.dBSnapshotIdentifier',
    DeleteDBSnapshot: 'requestParameters.dBSnapshotIdentifier',
  },
  volatile: ['PercentProgress'],
})
