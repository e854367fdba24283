import type * as efs from '@aws-sdk/client-efs'
import { resourceTypeOf } from '../define.ts'

interface FileSystem extends efs.FileSystemDescription {
  MountTargets?: efs.MountTargetDescription[] | null
  Policy?: string | null
}

/** EFS file system with its mount targets. Source: EFS DescribeFileSystems, DescribeMountTargets. */
export const fileSystem = resourceTypeOf<typeof efs, FileSystem>()({
  resourceType: 'AWS::EFS::FileSystem',
  service: 'elasticfilesystem',
  client: 'efs',
  scope: 'regional',
  label: 'EFS file system',
  list: {
    operation: 'DescribeFileSystems',
    items: 'FileSystems',
    page: { request: 'Marker', response: 'NextMarker', size: { name: 'MaxItems', min: 1, max: 100 } },
  },
  iamActions: ['elasticfilesystem:DescribeFileSystems'],
  id: 'FileSystemId',
  arn: 'arn:{partition}:elasticfilesystem:{region}:{account}:file-system/{FileSystemId}',
  tags: 'Tags',
  state: 'LifeCycleState',
  createdAt: 'CreationTime',
  details: [
    {
      operation: 'DescribeMountTargets',
      iamAction: 'elasticfilesystem:DescribeMountTargets',
      input: (system) => ({ FileSystemId: system.FileSystemId, MaxItems: 100 }),
      pick: 'MountTargets',
      as: 'MountTargets',
      page: { request: 'Marker', response: 'NextMarker' },
    },
    {
      operation: 'DescribeFileSystemPolicy',
      iamAction: 'elasticfilesystem:DescribeFileSystemPolicy',
      input: (system) => ({ FileSystemId: system.FileSystemId }),
      pick: 'Policy',
      as: 'Policy',
      absent: ['PolicyNotFound'],
    },
  ],
  relationships: [
    { to: 'AWS::EC2::VPC', kind: 'in', at: (system) => system.MountTargets?.map((target) => target.VpcId) },
    { to: 'AWS::EC2::Subnet', kind: 'in', at: (system) => system.MountTargets?.map((target) => target.SubnetId) },
    // The interfaces say which security groups let clients in.
    {
      to: 'AWS::EC2::NetworkInterface',
      kind: 'uses',
      at: (system) => system.MountTargets?.map((target) => target.NetworkInterfaceId),
    },
    { to: 'AWS::KMS::Key', kind: 'encrypted-by', by: 'arn', at: (system) => system.KmsKeyId },
  ],
  events: {
    CreateFileSystem: 'responseElements.fileSystemId',
    UpdateFileSystem: 'requestParameters.fileSystemId',
    CreateMountTarget: 'requestParameters.fileSystemId',
    PutFileSystemPolicy: 'requestParameters.fileSystemId',
    DeleteFileSystem: 'requestParameters.fileSystemId',
  },
  documents: ['Policy'],
  unordered: ['MountTargets'],
  volatile: ['SizeInBytes'],
})
