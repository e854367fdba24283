import type * as ec2 from '@aws-sdk/client-ec2'
import { resourceTypeOf } from '../define.ts'

/** EBS volume. Source: EC2 DescribeVolumes. */
export const volume = resourceTypeOf<typeof ec2, ec2.Volume>()({
  resourceType: 'AWS::EC2::Volume',
  service: 'ec2',
  scope: 'regional',
  label: 'EBS volume',
  list: {
    operation: 'DescribeVolumes',
    items: 'Volumes',
    page: { request: 'NextToken', response: 'NextToken', size: { name: 'MaxResults', min: 5, max: 500 } },
  },
  iamActions: ['ec2:DescribeVolumes'],
  id: 'VolumeId',
  arn: 'arn:{partition}:ec2:{region}:{account}:volume/{VolumeId}',
  tags: 'Tags',
  state: 'State',
  createdAt: 'CreateTime',
  relationships: [
    { to: 'AWS::EC2::Instance', kind: 'attached-to', at: (volume) => volume.Attachments?.map((a) => a.InstanceId) },
    { to: 'AWS::EC2::Snapshot', kind: 'created-from', at: (volume) => volume.SnapshotId },
    { to: 'AWS::KMS::Key', kind: 'encrypted-by', by: 'arn', at: (volume) => volume.KmsKeyId },
  ],
  events: { CreateVolume: 'responseElements.volumeId', DeleteVolume: 'requestParameters.volumeId' },
  unordered: ['Attachments'],
})
