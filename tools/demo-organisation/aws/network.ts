import {
  AllocateAddressCommand,
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  type IpPermission,
  type ResourceType,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2'
import type { Site } from './site.ts'
import { required } from '../../aws-gateway/required.ts'
import { type Owner, tagList } from './tags.ts'

export interface Network {
  vpcId: string
  publicSubnetIds: string[]
  appSubnetIds: string[]
  dataSubnetIds: string[]
}

type Tier = 'public' | 'app' | 'data'

/** Tags in the shape EC2's create calls take them. */
export function tagged(type: ResourceType, name: string, owner: Owner) {
  return { TagSpecifications: [{ ResourceType: type, Tags: tagList(name, owner) }] }
}

/** A VPC of three tiers in two zones. One NAT gateway serves both: the single point of failure of a company that saves. */
export async function buildNetwork(site: Site, name: string, octet: number, owner: Owner): Promise<Network> {
  const vpcId = await createVpc(site, name, octet, owner)
  const publicSubnetIds = await createTier(site, { name, octet, owner, vpcId }, 'public', 0)
  const appSubnetIds = await createTier(site, { name, octet, owner, vpcId }, 'app', 10)
  const dataSubnetIds = await createTier(site, { name, octet, owner, vpcId }, 'data', 20)
  const internet = await createInternetGateway(site, name, vpcId, owner)
  const nat = await createNat(site, name, required(publicSubnetIds[0], 'a public subnet'), owner)
  await createRoutes(site, `${name}-public`, vpcId, publicSubnetIds, { GatewayId: internet }, owner)
  await createRoutes(site, `${name}-private`, vpcId, [...appSubnetIds, ...dataSubnetIds], { NatGatewayId: nat }, owner)
  return { vpcId, publicSubnetIds, appSubnetIds, dataSubnetIds }
}

async function createVpc(site: Site, name: string, octet: number, owner: Owner): Promise<string> {
  const { Vpc } = await site.ec2.send(
    new CreateVpcCommand({ CidrBlock: `10.${octet}.0.0/16`, ...tagged('vpc', name, owner) }),
  )
  return required(Vpc?.VpcId, 'VpcId')
}

interface Place {
  name: string
  octet: number
  owner: Owner
  vpcId: string
}

async function createTier(
  site: Site,
  { name, octet, owner, vpcId }: Place,
  tier: Tier,
  third: number,
): Promise<string[]> {
  const ids: string[] = []
  for (const [index, zone] of ['a', 'b'].entries()) {
    const command = new CreateSubnetCommand({
      VpcId: vpcId,
      CidrBlock: `10.${octet}.${third + index}.0/24`,
      AvailabilityZone: `${site.region}${zone}`,
      ...tagged('subnet', `${name}-${tier}-${zone}`, owner),
    })
    ids.push(required((await site.ec2.send(command)).Subnet?.SubnetId, 'SubnetId'))
  }
  return ids
}

async function createInternetGateway(site: Site, name: string, vpcId: string, owner: Owner): Promise<string> {
  const { InternetGateway } = await site.ec2.send(
    new CreateInternetGatewayCommand(tagged('internet-gateway', `${name}-igw`, owner)),
  )
  const id = required(InternetGateway?.InternetGatewayId, 'InternetGatewayId')
  await site.ec2.send(new AttachInternetGatewayCommand({ VpcId: vpcId, InternetGatewayId: id }))
  return id
}

async function createNat(site: Site, name: string, subnetId: string, owner: Owner): Promise<string> {
  const allocationId = await allocateAddress(site, `${name}-nat`, owner)
  const command = new CreateNatGatewayCommand({
    SubnetId: subnetId,
    AllocationId: allocationId,
    ...tagged('natgateway', `${name}-nat`, owner),
  })
  return required((await site.ec2.send(command)).NatGateway?.NatGatewayId, 'NatGatewayId')
}

export async function allocateAddress(site: Site, name: string, owner: Owner): Promise<string> {
  const { AllocationId } = await site.ec2.send(
    new AllocateAddressCommand({ Domain: 'vpc', ...tagged('elastic-ip', name, owner) }),
  )
  return required(AllocationId, 'AllocationId')
}

async function createRoutes(
  site: Site,
  name: string,
  vpcId: string,
  subnetIds: string[],
  target: { GatewayId: string } | { NatGatewayId: string },
  owner: Owner,
): Promise<void> {
  const { RouteTable } = await site.ec2.send(
    new CreateRouteTableCommand({ VpcId: vpcId, ...tagged('route-table', name, owner) }),
  )
  const RouteTableId = required(RouteTable?.RouteTableId, 'RouteTableId')
  await site.ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', ...target }))
  for (const SubnetId of subnetIds) await site.ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }))
}

/** A gateway endpoint: traffic to S3 or DynamoDB stays off the NAT gateway. */
export async function createGatewayEndpoint(
  site: Site,
  { name, vpcId, service }: { name: string; vpcId: string; service: 's3' | 'dynamodb' },
  owner: Owner,
): Promise<void> {
  await site.ec2.send(
    new CreateVpcEndpointCommand({
      VpcId: vpcId,
      ServiceName: `com.amazonaws.${site.region}.${service}`,
      VpcEndpointType: 'Gateway',
      ...tagged('vpc-endpoint', name, owner),
    }),
  )
}

/** A rule from addresses or from another security group. */
export function ingress(
  port: number,
  from: { cidrs: string[] } | { groupId: string },
  description: string,
): IpPermission {
  const source =
    'cidrs' in from
      ? { IpRanges: from.cidrs.map((CidrIp) => ({ CidrIp, Description: description })) }
      : { UserIdGroupPairs: [{ GroupId: from.groupId, Description: description }] }
  return { IpProtocol: 'tcp', FromPort: port, ToPort: port, ...source }
}

export async function createSecurityGroup(
  site: Site,
  { name, vpcId, description, rules }: { name: string; vpcId: string; description: string; rules: IpPermission[] },
  owner: Owner,
): Promise<string> {
  const command = new CreateSecurityGroupCommand({
    GroupName: name,
    Description: description,
    VpcId: vpcId,
    ...tagged('security-group', name, owner),
  })
  const GroupId = required((await site.ec2.send(command)).GroupId, 'GroupId')
  if (rules.length > 0) await allowIngress(site, GroupId, rules)
  return GroupId
}

export async function allowIngress(site: Site, GroupId: string, IpPermissions: IpPermission[]): Promise<void> {
  await site.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }))
}

export async function revokeIngress(site: Site, GroupId: string, IpPermissions: IpPermission[]): Promise<void> {
  await site.ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions }))
}
