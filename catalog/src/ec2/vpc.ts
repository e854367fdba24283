import type * as ec2 from '@aws-sdk/client-ec2'
import { resourceTypeOf } from '../define.ts'

/** VPC. Source: EC2 DescribeVpcs. One shared into the account keeps its owner in its ARN. */
export const vpc = resourceTypeOf<typeof ec2, ec2.Vpc>()({
  resourceType: 'AWS::EC2::VPC',
  service: 'ec2',
  scope: 'regional',
  label: 'VPC',
  list: {
    operation: 'DescribeVpcs',
    items: 'Vpcs',
    page: { request: 'NextToken', response: 'NextToken', size: { name: 'MaxResults', min: 5, max: 1000 } },
  },
  iamActions: ['ec2:DescribeVpcs'],
  id: 'VpcId',
  arn: 'arn:{partition}:ec2:{region}:{OwnerId}:vpc/{VpcId}',
  tags: 'Tags',
  state: 'State',
  relationships: [
    {
      to: 'AWS::EC2::DHCPOptions',
      kind: 'uses',
      at: (vpc) => (vpc.DhcpOptionsId === 'default' ? undefined : vpc.DhcpOptionsId),
    },
  ],
  events: { CreateVpc: 'responseElements.vpc.vpcId', DeleteVpc: 'requestParameters.vpcId' },
  unordered: ['CidrBlockAssociationSet', 'Ipv6CidrBlockAssociationSet'],
})
