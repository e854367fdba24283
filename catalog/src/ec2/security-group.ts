import type * as ec2 from '@aws-sdk/client-ec2'
import { resourceTypeOf } from '../define.ts'

/** Security group. Source: EC2 DescribeSecurityGroups. */
export const securityGroup = resourceTypeOf<typeof ec2, ec2.SecurityGroup>()({
  resourceType: 'AWS::EC2::SecurityGroup',
  service: 'ec2',
  scope: 'regional',
  label: 'Security group',
  list: {
    operation: 'DescribeSecurityGroups',
    items: 'SecurityGroups',
    page: { request: 'NextToken', response: 'NextToken', size: { name: 'MaxResults', min: 5, max: 1000 } },
  },
  iamActions: ['ec2:DescribeSecurityGroups'],
  id: 'GroupId',
  arn: 'arn:{partition}:ec2:{region}:{OwnerId}:security-group/{GroupId}',
  maxStaleness: { minutes: 15 },
  name: 'GroupName',
  tags: 'Tags',
  relationships: [
    { to: 'AWS::EC2::VPC', kind: 'in', at: (group) => group.VpcId },
    {
      to: 'AWS::EC2::SecurityGroup',
      kind: 'allows',
      reverse: true,
      at: (group) => group.IpPermissions?.flatMap((rule) => rule.UserIdGroupPairs?.map((pair) => pair.GroupId)),
    },
    {
      to: 'AWS::EC2::SecurityGroup',
      kind: 'allows',
      at: (group) => group.IpPermissionsEgress?.flatMap((rule) => rule.UserIdGroupPairs?.map((pair) => pair.GroupId)),
    },
    {
      to: 'AWS::EC2::PrefixList',
      kind: 'uses',
      at: (group) =>
        [...(group.IpPermissions ?? []), ...(group.IpPermissionsEgress ?? [])].flatMap((rule) =>
          rule.PrefixListIds?.map((list) => list.PrefixListId),
        ),
    },
  ],
  events: {
    CreateSecurityGroup: 'responseElements.groupId',
    DeleteSecurityGroup: 'requestParameters.groupId',
    AuthorizeSecurityGroupIngress: 'requestParameters.groupId',
    AuthorizeSecurityGroupEgress: 'requestParameters.groupId',
    RevokeSecurityGroupIngress: 'requestParameters.groupId',
    RevokeSecurityGroupEgress: 'requestParameters.groupId',
  },
  unordered: [
    'IpPermissions[].IpRanges',
    'IpPermissions[].Ipv6Ranges',
    'IpPermissions[].PrefixListIds',
    'IpPermissions[].UserIdGroupPairs',
    'IpPermissions',
    'IpPermissionsEgress[].IpRanges',
    'IpPermissionsEgress[].Ipv6Ranges',
    'IpPermissionsEgress[].PrefixListIds',
    'IpPermissionsEgress[].UserIdGroupPairs',
    'IpPermissionsEgress',
  ],
})
