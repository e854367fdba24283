import type * as ec2 from '@aws-sdk/client-ec2'
import { resourceTypeOf } from '../define.ts'

/** VPC endpoint of any kind. Source: EC2 DescribeVpcEndpoints. */
export const vpcEndpoint = resourceTypeOf<typeof ec2, ec2.VpcEndpoint>()({
  resourceType: 'AWS::EC2::VPCEndpoint',
  service: 'ec2',
  scope: 'regional',
  label: 'VPC endpoint',
  list: {
    operation: 'DescribeVpcEndpoints',
    items: 'VpcEndpoints',
    page: { request: 'NextToken', response: 'NextToken', size: { name: 'MaxResults', min: 5, max: 1000 } },
  },
  iamActions: ['ec2:DescribeVpcEndpoints'],
  id: 'VpcEndpointId',
  arn: 'arn:{partition}:ec2:{region}:{account}:vpc-endpoint/{VpcEndpointId}',
  tags: 'Tags',
  state: 'State',
  createdAt: 'CreationTimestamp',
  relationships: [
    { to: 'AWS::EC2::VPC', kind: 'in', at: (endpoint) => endpoint.VpcId },
    { to: 'AWS::EC2::Subnet', kind: 'in', at: (endpoint) => endpoint.SubnetIds },
    { to: 'AWS::EC2::RouteTable', kind: 'attached-to', at: (endpoint) => endpoint.RouteTableIds },
    { to: 'AWS::EC2::NetworkInterface', kind: 'uses', at: (endpoint) => endpoint.NetworkInterfaceIds },
    {
      to: 'AWS::EC2::SecurityGroup',
      kind: 'member-of',
      at: (endpoint) => endpoint.Groups?.map((group) => group.GroupId),
    },
    {
      to: 'AWS::VpcLattice::ServiceNetwork',
      kind: 'routes-to',
      by: 'arn',
      at: (endpoint) => endpoint.ServiceNetworkArn,
    },
    {
      to: 'AWS::VpcLattice::ResourceConfiguration',
      kind: 'routes-to',
      by: 'arn',
      at: (endpoint) => endpoint.ResourceConfigurationArn,
    },
  ],
  events: {
    CreateVpcEndpoint: 'responseElements.CreateVpcEndpointResponse.vpcEndpoint.vpcEndpointId',
    ModifyVpcEndpoint: 'requestParameters.ModifyVpcEndpointRequest.VpcEndpointId',
    DeleteVpcEndpoints: 'requestParameters.DeleteVpcEndpointsRequest.VpcEndpointId[].content',
  },
  documents: ['PolicyDocument'],
  unordered: ['DnsEntries', 'Groups', 'NetworkInterfaceIds', 'RouteTableIds', 'SubnetIds'],
})
