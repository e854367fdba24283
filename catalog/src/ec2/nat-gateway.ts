import type * as ec2 from '@aws-sdk/client-ec2'
import { resourceTypeOf } from '../define.ts'

/** NAT gateway. Source: EC2 DescribeNatGateways, which goes on showing a deleted one for about an hour. */
export const natGateway = resourceTypeOf<typeof ec2, ec2.NatGateway>()({
  resourceType: 'AWS::EC2::NatGateway',
  service: 'ec2',
  scope: 'regional',
  label: 'NAT gateway',
  list: {
    operation: 'DescribeNatGateways',
    items: 'NatGateways',
    page: { request: 'NextToken', response: 'NextToken', size: { name: 'MaxResults', min: 5, max: 1000 } },
  },
  iamActions: ['ec2:DescribeNatGateways'],
  id: 'NatGatewayId',
  arn: 'arn:{partition}:ec2:{region}:{account}:natgateway/{NatGatewayId}',
  tags: 'Tags',
  state: 'State',
  createdAt: 'CreateTime',
  relationships: [
    { to: 'AWS::EC2::VPC', kind: 'in', at: (gateway) => gateway.VpcId },
    { to: 'AWS::EC2::Subnet', kind: 'in', at: (gateway) => gateway.SubnetId },
    {
      to: 'AWS::EC2::EIP',
      kind: 'uses',
      at: (gateway) => gateway.NatGatewayAddresses?.map((address) => address.AllocationId),
    },
    {
      to: 'AWS::EC2::NetworkInterface',
      kind: 'uses',
      at: (gateway) => gateway.NatGatewayAddresses?.map((address) => address.NetworkInterfaceId),
    },
  ],
  events: {
    CreateNatGateway: 'responseElements.CreateNatGatewayResponse.natGateway.natGatewayId',
    DeleteNatGateway: 'requestParameters.DeleteNatGatewayRequest.NatGatewayId',
  },
  unordered: ['NatGatewayAddresses'],
})
