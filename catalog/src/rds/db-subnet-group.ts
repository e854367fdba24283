import type * as rds from '@aws-sdk/client-rds'
import { resourceTypeOf } from '../define.ts'

interface DBSubnetGroup extends rds.DBSubnetGroup {
  Tags?: rds.Tag[] | null
}

/** Subnets that a database may lie in. Source: RDS DescribeDBSubnetGroups. */
export const dbSubnetGroup = resourceTypeOf<typeof rds, DBSubnetGroup>()({
  resourceType: 'AWS::RDS::DBSubnetGroup',
  service: 'rds',
  scope: 'regional',
  label: 'RDS DB subnet group',
  list: {
    operation: 'DescribeDBSubnetGroups',
    items: 'DBSubnetGroups',
    page: { request: 'Marker', response: 'Marker', size: { name: 'MaxRecords', min: 20, max: 100 } },
  },
  iamActions: ['rds:DescribeDBSubnetGroups'],
  id: 'DBSubnetGroupName',
  arn: 'DBSubnetGroupArn',
  name: 'DBSubnetGroupName',
  tags: 'Tags',
  state: 'SubnetGroupStatus',
  details: [
    {
      operation: 'ListTagsForResource',
      iamAction: 'rds:ListTagsForResource',
      input: (group) => ({ ResourceName: group.DBSubnetGroupArn }),
      pick: 'TagList',
      as: 'Tags',
    },
  ],
  relationships: [
    { to: 'AWS::EC2::VPC', kind: 'in', at: (group) => group.VpcId },
    {
      to: 'AWS::EC2::Subnet',
      kind: 'uses',
      at: (group) => group.Subnets?.map((subnet) => subnet.SubnetIdentifier),
    },
  ],
  events: {
    CreateDBSubnetGroup: 'requestParameters.dBSubnetGroupName',
    ModifyDBSubnetGroup: 'requestParameters.dBSubnetGroupName',
    DeleteDBSubnetGroup: 'requestParameters.dBSubnetGroupName',
  },
  unordered: ['Subnets', 'SupportedNetworkTypes'],
})
