import type * as ec2 from '@aws-sdk/client-ec2'
import { resourceTypeOf } from '../define.ts'

/** What a copied snapshot names as its volume: there is none. */
const noVolume = 'vol-ffffffff'

/** EBS snapshot the account owns. Source: EC2 DescribeSnapshots. */
export const snapshot = resourceTypeOf<typeof ec2, ec2.Snapshot>()({
  resourceType: 'AWS::EC2::Snapshot',
  service: 'ec2',
  scope: 'regional',
  label: 'EBS snapshot',
  list: {
    operation: 'DescribeSnapshots',
    items: 'Snapshots',
    // Without it AWS also answers every public snapshot of the region.
    input: { OwnerIds: ['self'] },
    page: { request: 'NextToken', response: 'NextToken', size: { name: 'MaxResults', min: 5, max: 1000 } },
  },
  iamActions: ['ec2:DescribeSnapshots'],
  id: 'SnapshotId',
  arn: 'arn:{partition}:ec2:{region}::snapshot/{SnapshotId}',
  tags: 'Tags',
  state: 'State',
  createdAt: 'StartTime',
  relationships: [
    {
      to: 'AWS::EC2::Volume',
      kind: 'created-from',
      at: (snapshot) => (snapshot.VolumeId === noVolume ? undefined : snapshot.VolumeId),
    },
    { to: 'AWS::KMS::Key', kind: 'encrypted-by', by: 'arn', at: (snapshot) => snapshot.KmsKeyId },
  ],
  events: { CreateSnapshot: 'responseElements.snapshotId', DeleteSnapshot: 'requestParameters.snapshotId' },
  volatile: ['Progress'],
})
