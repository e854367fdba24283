import type * as ec2 from '@aws-sdk/client-ec2'
import { resourceTypeOf } from '../define.ts'

/** Network ACL: the stateless rules of subnets. Source: EC2 DescribeNetworkAcls. */
export const networkAcl = resourceTypeOf<typeof ec2, ec2.NetworkAcl>()({
  resourceType: 'AWS::EC2::NetworkAcl',
  service: 'ec2',
  scope: 'regional',
  label: 'Network ACL',
  list: {
    operation: 'DescribeNetworkAcls',
    items: 'NetworkAcls',
    page: { request: 'NextToken', response: 'NextToken', size: { name: 'MaxResults', min: 5, max: 1000 } },
  },
  iamActions: ['ec2:DescribeNetworkAcls'],
  maxStaleness: { minutes: 15 },
  id: 'NetworkAclId',
  arn: 'arn:{partition}:ec2:{region}:{OwnerId}:network-acl/{NetworkAclId}',
  tags: 'Tags',
  relationships: [
    { to: 'AWS::EC2::VPC', kind: 'in', at: (acl) => acl.VpcId },
    { to: 'AWS::EC2::Subnet', kind: 'attached-to', at: (acl) => acl.Associations?.map(({ SubnetId }) => SubnetId) },
  ],
  events: {
    CreateNetworkAcl: 'responseElements.networkAcl.networkAclId',
    CreateNetworkAclEntry: 'requestParameters.networkAclId',
    ReplaceNetworkAclEntry: 'requestParameters.networkAclId',
    DeleteNetworkAclEntry: 'requestParameters.networkAclId',
    ReplaceNetworkAclAssociation: 'requestParameters.networkAclId',
    DeleteNetworkAcl: 'requestParameters.networkAclId',
  },
  unordered: ['Associations', 'Entries'],
})
