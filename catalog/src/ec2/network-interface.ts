import type * as ec2 from '@aws-sdk/client-ec2'
import { resourceTypeOf } from '../define.ts'

/** Elastic network interface. Source: EC2 DescribeNetworkInterfaces. */
export const networkInterface = resourceTypeOf<typeof ec2, ec2.NetworkInterface>()({
  resourceType: 'AWS::EC2::NetworkInterface',
  service: 'ec2',
  scope: 'regional',
  label: 'Network interface',
  list: {
    operation: 'DescribeNetworkInterfaces',
    items: 'NetworkInterfaces',
    page: { request: 'NextToken', response: 'NextToken', size: { name: 'MaxResults', min: 5, max: 1000 } },
  },
  iamActions: ['ec2:DescribeNetworkInterfaces'],
  id: 'NetworkInterfaceId',
  arn: 'arn:{partition}:ec2:{region}:{account}:network-interface/{NetworkInterfaceId}',
  tags: 'TagSet',
  state: 'Status',
  relationships: [
    { to: 'AWS::EC2::VPC', kind: 'in', at: (networkInterface) => networkInterface.VpcId },
    { to: 'AWS::EC2::Subnet', kind: 'in', at: (networkInterface) => networkInterface.SubnetId },
    {
      to: 'AWS::EC2::SecurityGroup',
      kind: 'member-of',
      at: (networkInterface) => networkInterface.Groups?.map((group) => group.GroupId),
    },
    {
      to: 'AWS::EC2::Instance',
      kind: 'attached-to',
      at: (networkInterface) => networkInterface.Attachment?.InstanceId,
    },
  ],
  events: {
    CreateNetworkInterface: 'responseElements.networkInterface.networkInterfaceId',
    DeleteNetworkInterface: 'requestParameters.networkInterfaceId',
  },
  unordered: ['Groups', 'Ipv6Addresses'],
})
