import {
  AllocateAddressCommand,
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  CreateNatGatewayCommand,
  CreateNetworkInterfaceCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DescribeNatGatewaysCommand,
  EC2Client,
  type ResourceType,
} from '@aws-sdk/client-ec2'
import { type Clients, type ExpectedResource, into, made, out, ownTags, type Place, tagList } from './created.ts'

export type Network = Awaited<ReturnType<typeof createNetwork>>

const tagged = (ResourceType: ResourceType, name: string) => ({
  TagSpecifications: [{ ResourceType, Tags: tagList(ownTags(name)) }],
})

export async function createNetwork(clients: Clients, { region }: Place) {
  const ec2 = clients(EC2Client)
  const vpc = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.42.0.0/16', ...tagged('vpc', 'orders-vpc') }))
  const vpcId = made(vpc.Vpc?.VpcId, 'VPC')
  const subnetId = await createSubnet(ec2, vpcId, '10.42.1.0/24', `${region}a`, 'orders-a')
  const otherSubnetId = await createSubnet(ec2, vpcId, '10.42.2.0/24', `${region}b`, 'orders-b')
  const gateway = await ec2.send(new CreateInternetGatewayCommand(tagged('internet-gateway', 'orders-igw')))
  const internetGatewayId = made(gateway.InternetGateway?.InternetGatewayId, 'internet gateway')
  await ec2.send(new AttachInternetGatewayCommand({ VpcId: vpcId, InternetGatewayId: internetGatewayId }))
  const securityGroups = await createSecurityGroups(ec2, vpcId)
  const nat = await createNatGateway(ec2, subnetId)
  const routeTableId = await createRouteTable(ec2, vpcId, otherSubnetId, nat.natGatewayId)
  const networkInterface = await ec2.send(
    new CreateNetworkInterfaceCommand({
      SubnetId: subnetId,
      Groups: [securityGroups.webGroupId],
      Description: 'orders appliance',
      ...tagged('network-interface', 'orders-eni'),
    }),
  )
  const networkInterfaceId = made(networkInterface.NetworkInterface?.NetworkInterfaceId, 'network interface')
  const edges = await createEdges(ec2, vpcId, region, subnetId, securityGroups.webGroupId)
  return {
    vpcId,
    subnetId,
    otherSubnetId,
    internetGatewayId,
    ...securityGroups,
    ...nat,
    routeTableId,
    networkInterfaceId,
    ...edges,
  }
}

/** What lets in, and what leads out without the internet. */
async function createEdges(ec2: EC2Client, VpcId: string, region: string, subnetId: string, groupId: string) {
  const acl = await ec2.send(new CreateNetworkAclCommand({ VpcId, ...tagged('network-acl', 'orders-acl') }))
  const networkAclId = made(acl.NetworkAcl?.NetworkAclId, 'network ACL')
  await ec2.send(
    new CreateNetworkAclEntryCommand({
      NetworkAclId: networkAclId,
      RuleNumber: 100,
      Protocol: '6',
      PortRange: { From: 443, To: 443 },
      RuleAction: 'allow',
      Egress: false,
      CidrBlock: '0.0.0.0/0',
    }),
  )
  const endpoint = await ec2.send(
    new CreateVpcEndpointCommand({
      VpcId,
      VpcEndpointType: 'Interface',
      ServiceName: `com.amazonaws.${region}.sqs`,
      SubnetIds: [subnetId],
      SecurityGroupIds: [groupId],
      ...tagged('vpc-endpoint', 'orders-sqs'),
    }),
  )
  return {
    networkAclId,
    vpcEndpointId: made(endpoint.VpcEndpoint?.VpcEndpointId, 'VPC endpoint'),
    endpointInterfaceIds: endpoint.VpcEndpoint?.NetworkInterfaceIds ?? [],
  }
}

async function createSubnet(ec2: EC2Client, VpcId: string, CidrBlock: string, AvailabilityZone: string, name: string) {
  const subnet = await ec2.send(
    new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone, ...tagged('subnet', name) }),
  )
  return made(subnet.Subnet?.SubnetId, 'subnet')
}

async function createSecurityGroups(ec2: EC2Client, VpcId: string) {
  const create = async (GroupName: string) => {
    const group = { VpcId, GroupName, Description: `${GroupName} of the order service` }
    const answer = await ec2.send(new CreateSecurityGroupCommand({ ...group, ...tagged('security-group', GroupName) }))
    return made(answer.GroupId, 'security group')
  }
  const webGroupId = await create('orders-web')
  const databaseGroupId = await create('orders-database')
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId: databaseGroupId,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, UserIdGroupPairs: [{ GroupId: webGroupId }] }],
    }),
  )
  return { webGroupId, databaseGroupId }
}

async function createNatGateway(ec2: EC2Client, SubnetId: string) {
  const address = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }))
  const natAllocationId = made(address.AllocationId, 'address')
  const answer = await ec2.send(
    new CreateNatGatewayCommand({ SubnetId, AllocationId: natAllocationId, ...tagged('natgateway', 'orders-nat') }),
  )
  const natGatewayId = made(answer.NatGateway?.NatGatewayId, 'NAT gateway')
  const { NatGateways } = await ec2.send(new DescribeNatGatewaysCommand({ NatGatewayIds: [natGatewayId] }))
  const natInterfaceId = made(
    NatGateways?.[0]?.NatGatewayAddresses?.[0]?.NetworkInterfaceId,
    'interface of the gateway',
  )
  return { natAllocationId, natGatewayId, natInterfaceId }
}

async function createRouteTable(ec2: EC2Client, VpcId: string, SubnetId: string, NatGatewayId: string) {
  const answer = await ec2.send(new CreateRouteTableCommand({ VpcId, ...tagged('route-table', 'orders-private') }))
  const RouteTableId = made(answer.RouteTable?.RouteTableId, 'route table')
  await ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId }))
  await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }))
  return RouteTableId
}

export function expectedNetwork(network: Network, place: Place): ExpectedResource[] {
  const ec2Arn = (rest: string) => `arn:${place.partition}:ec2:${place.region}:${place.accountId}:${rest}`
  const inVpc = out('in', 'AWS::EC2::VPC', network.vpcId)
  const inSubnet = out('in', 'AWS::EC2::Subnet', network.subnetId)
  const resource = (resourceType: string, resourceId: string, arn: string, name: string) => ({
    resourceType,
    resourceId,
    arn: ec2Arn(`${arn}/${resourceId}`),
    name,
    region: place.region,
    tags: ownTags(name),
  })
  return [
    {
      ...resource('AWS::EC2::VPC', network.vpcId, 'vpc', 'orders-vpc'),
      state: 'available',
      properties: { CidrBlock: '10.42.0.0/16', IsDefault: false, InstanceTenancy: 'default' },
      relationships: [],
    },
    {
      ...resource('AWS::EC2::Subnet', network.subnetId, 'subnet', 'orders-a'),
      state: 'available',
      properties: { CidrBlock: '10.42.1.0/24', AvailabilityZone: `${place.region}a`, MapPublicIpOnLaunch: false },
      relationships: [inVpc],
    },
    {
      ...resource('AWS::EC2::SecurityGroup', network.databaseGroupId, 'security-group', 'orders-database'),
      state: null,
      properties: {
        Description: 'orders-database of the order service',
        'IpPermissions[].IpProtocol': 'tcp',
        'IpPermissions[].FromPort': 5432,
        'IpPermissions[].ToPort': 5432,
        'IpPermissions[].UserIdGroupPairs[].GroupId': network.webGroupId,
        'IpPermissionsEgress[].IpRanges[].CidrIp': '0.0.0.0/0',
      },
      relationships: [inVpc, into('allows', 'AWS::EC2::SecurityGroup', network.webGroupId)],
    },
    {
      ...resource('AWS::EC2::NetworkInterface', network.networkInterfaceId, 'network-interface', 'orders-eni'),
      state: 'available',
      properties: { Description: 'orders appliance', SubnetId: network.subnetId, 'Groups[].GroupName': 'orders-web' },
      relationships: [inVpc, inSubnet, out('member-of', 'AWS::EC2::SecurityGroup', network.webGroupId)],
    },
    {
      ...resource('AWS::EC2::RouteTable', network.routeTableId, 'route-table', 'orders-private'),
      state: null,
      properties: {
        'Routes[].DestinationCidrBlock': ['10.42.0.0/16', '0.0.0.0/0'],
        'Routes[].NatGatewayId': network.natGatewayId,
        'Associations[].SubnetId': network.otherSubnetId,
      },
      relationships: [
        inVpc,
        out('attached-to', 'AWS::EC2::Subnet', network.otherSubnetId),
        out('routes-to', 'AWS::EC2::NatGateway', network.natGatewayId),
      ],
    },
    {
      ...resource('AWS::EC2::NatGateway', network.natGatewayId, 'natgateway', 'orders-nat'),
      state: 'available',
      properties: { SubnetId: network.subnetId, 'NatGatewayAddresses[].AllocationId': network.natAllocationId },
      relationships: [
        inVpc,
        inSubnet,
        out('uses', 'AWS::EC2::EIP', network.natAllocationId),
        out('uses', 'AWS::EC2::NetworkInterface', network.natInterfaceId),
      ],
    },
    {
      ...resource('AWS::EC2::InternetGateway', network.internetGatewayId, 'internet-gateway', 'orders-igw'),
      state: null,
      properties: { OwnerId: place.accountId, 'Attachments[].State': 'available' },
      relationships: [out('attached-to', 'AWS::EC2::VPC', network.vpcId)],
    },
    {
      ...resource('AWS::EC2::NetworkAcl', network.networkAclId, 'network-acl', 'orders-acl'),
      state: null,
      properties: {
        IsDefault: false,
        'Entries[].PortRange.From': 443,
        'Entries[].RuleAction': 'allow',
      },
      relationships: [inVpc],
    },
    {
      ...resource('AWS::EC2::VPCEndpoint', network.vpcEndpointId, 'vpc-endpoint', 'orders-sqs'),
      state: 'available',
      properties: { VpcEndpointType: 'Interface', ServiceName: `com.amazonaws.${place.region}.sqs` },
      relationships: [
        inVpc,
        inSubnet,
        out('member-of', 'AWS::EC2::SecurityGroup', network.webGroupId),
        ...network.endpointInterfaceIds.map((id) => out('uses', 'AWS::EC2::NetworkInterface', id)),
      ],
    },
  ]
}
