import type * as ec2 from '@aws-sdk/client-ec2'
import { resourceTypeOf } from '../define.ts'

/** Machine image the account owns. Source: EC2 DescribeImages. */
export const image = resourceTypeOf<typeof ec2, ec2.Image>()({
  resourceType: 'AWS::EC2::Image',
  service: 'ec2',
  scope: 'regional',
  label: 'AMI',
  list: {
    operation: 'DescribeImages',
    items: 'Images',
    // Without an owner AWS answers every public image of the region.
    input: { Owners: ['self'], IncludeDisabled: true },
    page: { request: 'NextToken', response: 'NextToken', size: { name: 'MaxResults', min: 5, max: 1000 } },
  },
  iamActions: ['ec2:DescribeImages'],
  id: 'ImageId',
  arn: 'arn:{partition}:ec2:{region}::image/{ImageId}',
  name: 'Name',
  tags: 'Tags',
  state: 'State',
  createdAt: 'CreationDate',
  relationships: [
    {
      to: 'AWS::EC2::Snapshot',
      kind: 'uses',
      at: (image) => image.BlockDeviceMappings?.map((mapping) => mapping.Ebs?.SnapshotId),
    },
    {
      to: 'AWS::KMS::Key',
      kind: 'encrypted-by',
      by: 'arn',
      at: (image) => image.BlockDeviceMappings?.map((mapping) => mapping.Ebs?.KmsKeyId),
    },
    { to: 'AWS::EC2::Instance', kind: 'created-from', at: (image) => image.SourceInstanceId },
    { to: 'AWS::EC2::Image', kind: 'created-from', at: (image) => image.SourceImageId },
  ],
  events: {
    CreateImage: 'responseElements.imageId',
    RegisterImage: 'responseElements.imageId',
    CopyImage: 'responseElements.imageId',
    ModifyImageAttribute: 'requestParameters.imageId',
    DeregisterImage: 'requestParameters.imageId',
  },
  unordered: ['BlockDeviceMappings', 'ProductCodes'],
  volatile: ['LastLaunchedTime'],
})
