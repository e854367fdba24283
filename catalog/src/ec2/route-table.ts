import type * as ec2 from '@aws-sdk/client-ec2'
import { resourceTypeOf } from '../define.ts'

/** `GatewayId` holds several kinds of gateway; the prefix of the id tells which. */
const gateways = (table: { Routes?: { GatewayId?: string | undefined }[] | undefined }, prefix: string) =>
  table.Routes?.map((route) => route.GatewayId).filter((id) => id?.startsWith(prefix))

/** Route table. Source: EC2 DescribeRouteTables. */
export const routeTable = resourceTypeOf<typeof ec2, ec2.RouteTable>()({
  resourceType: 'AWS::EC2::RouteTable',
  service: 'ec2',
  scope: 'regional',
  label: 'Route table',
  list: {
    operation: 'DescribeRouteTables',
    items: 'RouteTables',
    // AWS caps this one operation at 100 a page.
    page: { request: 'NextToken', response: 'NextToken', size: { name: 'MaxResults', min: 5, max: 100 } },
  },
  iamActions: ['ec2:DescribeRouteTables'],
  id: 'RouteTableId',
  arn: 'arn:{partition}:ec2:{region}:{account}:route-table/{RouteTableId}',
  tags: 'Tags',
  relationships: [
    { to: 'AWS::EC2::VPC', kind: 'in', at: (table) => table.VpcId },
    {
      to: 'AWS::EC2::Subnet',
      kind: 'attached-to',
      at: (table) => table.Associations?.map((association) => association.SubnetId),
    },
    { to: 'AWS::EC2::InternetGateway', kind: 'routes-to', at: (table) => gateways(table, 'igw-') },
    { to: 'AWS::EC2::VPNGateway', kind: 'routes-to', at: (table) => gateways(table, 'vgw-') },
    { to: 'AWS::EC2::VPCEndpoint', kind: 'routes-to', at: (table) => gateways(table, 'vpce-') },
    {
      to: 'AWS::EC2::NatGateway',
      kind: 'routes-to',
      at: (table) => table.Routes?.map((route) => route.NatGatewayId),
    },
    {
      to: 'AWS::EC2::NetworkInterface',
      kind: 'routes-to',
      at: (table) => table.Routes?.map((route) => route.NetworkInterfaceId),
    },
    {
      to: 'AWS::EC2::TransitGateway',
      kind: 'routes-to',
      at: (table) => table.Routes?.map((route) => route.TransitGatewayId),
    },
    {
      to: 'AWS::EC2::VPCPeeringConnection',
      kind: 'routes-to',
      at: (table) => table.Routes?.map((route) => route.VpcPeeringConnectionId),
    },
    {
      to: 'AWS::EC2::EgressOnlyInternetGateway',
      kind: 'routes-to',
      at: (table) => table.Routes?.map((route) => route.EgressOnlyInternetGatewayId),
    },
  ],
  events: {
    CreateRouteTable: 'responseElements.routeTable.routeTableId',
    DeleteRouteTable: 'requestParameters.routeTableId',
    CreateRoute: 'requestParameters.routeTableId',
    ReplaceRoute: 'requestParameters.routeTableId',
    DeleteRoute: 'requestParameters.routeTableId',
  },
  unordered: ['Associations', 'Routes', 'PropagatingVgws'],
})
