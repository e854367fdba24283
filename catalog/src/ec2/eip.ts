import type * as ec2 from '@aws-sdk/client-ec2'
import { resourceTypeOf } from '../define.ts'

/** Elastic IP address. Source: EC2 DescribeAddresses, which has no pages. */
export const eip = resourceTypeOf<typeof ec2, ec2.Address>()({
  resourceType: 'AWS::EC2::EIP',
  service: 'ec2',
  scope: 'regional',
  label: 'Elastic IP address',
  list: { operation: 'DescribeAddresses', items: 'Addresses' },
  iamActions: ['ec2:DescribeAddresses'],
  id: 'AllocationId',
  arn: 'arn:{partition}:ec2:{region}:{account}:elastic-ip/{AllocationId}',
  tags: 'Tags',
  endpoint: 'PublicIp',
  relationships: [
    { to: 'AWS::EC2::Instance', kind: 'attached-to', at: (address) => address.InstanceId },
    { to: 'AWS::EC2::NetworkInterface', kind: 'attached-to', at: (address) => address.NetworkInterfaceId },
  ],
  events: {
    AllocateAddress: 'responseElements.allocationId',
    AssociateAddress: 'requestParameters.allocationId',
    ReleaseAddress: 'requestParameters.allocationId',
  },
})
