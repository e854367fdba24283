import type * as ec2 from '@aws-sdk/client-ec2'
import { resourceTypeOf } from '../define.ts'

/** Subnet. Source: EC2 DescribeSubnets. One shared into the account keeps its owner in its ARN. */
export const subnet = resourceTypeOf<typeof ec2, ec2.Subnet>()({
  resourceType: 'AWS::EC2::Subnet',
  service: 'ec2',
  scope: 'regional',
  label: 'Subnet',
  list: {
    operation: 'DescribeSubnets',
    items: 'Subnets',
    page: { request: 'NextToken', response: 'NextToken', size: { name: 'MaxResults', min: 5, max: 1000 } },
  },
  iamActions: ['ec2:DescribeSubnets'],
  id: 'SubnetId',
  arn: 'arn:{partition}:ec2:{region}:{OwnerId}:subnet/{SubnetId}',
  tags: 'Tags',
  state: 'State',
  relationships: [{ to: 'AWS::EC2::VPC', kind: 'in', at: (subnet) => subnet.VpcId }],
  events: { CreateSubnet: 'responseElements.subnet.subnetId', DeleteSubnet: 'requestParameters.subnetId' },
  unordered: ['Ipv6CidrBlockAssociationSet'],
  volatile: ['AvailableIpAddressCount'],
})
