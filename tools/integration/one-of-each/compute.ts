import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  AttachVolumeCommand,
  CreateKeyPairCommand,
  CreateSnapshotCommand,
  CreateVolumeCommand,
  DescribeAddressesCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2'
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { type Clients, type ExpectedResource, keyArn, made, out, ownTags, type Place, tagList } from './created.ts'
import type { Network } from './network.ts'

/** Amazon Linux image that the emulator knows. */
const imageId = 'ami-12c6146b'

export type Compute = Awaited<ReturnType<typeof createCompute>>

export async function createCompute(clients: Clients, place: Place, network: Network, instanceProfileArn: string) {
  const ec2 = clients(EC2Client)
  await ec2.send(new CreateKeyPairCommand({ KeyName: 'orders-key' }))
  const instanceId = await createInstance(ec2, network, instanceProfileArn)
  const storage = await createStorage(ec2, place, instanceId)
  const address = await createAddress(ec2, instanceId)
  const balancer = await createLoadBalancer(clients(ElasticLoadBalancingV2Client), network)
  return { instanceId, instanceProfileArn, ...storage, ...address, ...balancer }
}

async function createInstance(ec2: EC2Client, network: Network, instanceProfileArn: string) {
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: imageId,
      InstanceType: 't3.micro',
      MinCount: 1,
      MaxCount: 1,
      KeyName: 'orders-key',
      SubnetId: network.subnetId,
      SecurityGroupIds: [network.webGroupId],
      IamInstanceProfile: { Arn: instanceProfileArn },
      TagSpecifications: [{ ResourceType: 'instance', Tags: tagList(ownTags('orders-web-1')) }],
    }),
  )
  return made(Instances?.[0]?.InstanceId, 'instance')
}

async function createStorage(ec2: EC2Client, place: Place, InstanceId: string) {
  const volume = await ec2.send(
    new CreateVolumeCommand({
      AvailabilityZone: `${place.region}a`,
      Size: 20,
      VolumeType: 'gp3',
      Encrypted: true,
      KmsKeyId: keyArn(place),
      TagSpecifications: [{ ResourceType: 'volume', Tags: tagList(ownTags('orders-data')) }],
    }),
  )
  const volumeId = made(volume.VolumeId, 'volume')
  await ec2.send(new AttachVolumeCommand({ VolumeId: volumeId, InstanceId, Device: '/dev/sdf' }))
  const snapshot = await ec2.send(
    new CreateSnapshotCommand({
      VolumeId: volumeId,
      Description: 'orders nightly',
      TagSpecifications: [{ ResourceType: 'snapshot', Tags: tagList(ownTags('orders-nightly')) }],
    }),
  )
  return { volumeId, snapshotId: made(snapshot.SnapshotId, 'snapshot') }
}

async function createAddress(ec2: EC2Client, InstanceId: string) {
  const allocated = await ec2.send(
    new AllocateAddressCommand({
      Domain: 'vpc',
      TagSpecifications: [{ ResourceType: 'elastic-ip', Tags: tagList(ownTags('orders-ip')) }],
    }),
  )
  const allocationId = made(allocated.AllocationId, 'address')
  await ec2.send(new AssociateAddressCommand({ AllocationId: allocationId, InstanceId }))
  const { Addresses } = await ec2.send(new DescribeAddressesCommand({ AllocationIds: [allocationId] }))
  const addressInterfaceId = made(Addresses?.[0]?.NetworkInterfaceId, 'interface of the address')
  return { allocationId, publicIp: made(allocated.PublicIp, 'public IP'), addressInterfaceId }
}

async function createLoadBalancer(elb: ElasticLoadBalancingV2Client, network: Network) {
  const { LoadBalancers } = await elb.send(
    new CreateLoadBalancerCommand({
      Name: 'orders-alb',
      Type: 'application',
      Scheme: 'internal',
      Subnets: [network.subnetId, network.otherSubnetId],
      SecurityGroups: [network.webGroupId],
      Tags: tagList(ownTags('orders-alb')),
    }),
  )
  const loadBalancerArn = made(LoadBalancers?.[0]?.LoadBalancerArn, 'load balancer')
  const { TargetGroups } = await elb.send(
    new CreateTargetGroupCommand({ Name: 'orders-targets', Protocol: 'HTTP', Port: 8080, VpcId: network.vpcId }),
  )
  const targetGroupArn = made(TargetGroups?.[0]?.TargetGroupArn, 'target group')
  await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: loadBalancerArn,
      Protocol: 'HTTP',
      Port: 80,
      DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroupArn }],
    }),
  )
  return { loadBalancerArn, targetGroupArn }
}

export function expectedCompute(compute: Compute, network: Network, place: Place): ExpectedResource[] {
  const { partition, region, accountId } = place
  const ec2Arn = `arn:${partition}:ec2:${region}:${accountId}`
  const inVpc = out('in', 'AWS::EC2::VPC', network.vpcId)
  const inSubnet = out('in', 'AWS::EC2::Subnet', network.subnetId)
  const inWebGroup = out('member-of', 'AWS::EC2::SecurityGroup', network.webGroupId)
  return [
    {
      resourceType: 'AWS::EC2::Instance',
      resourceId: compute.instanceId,
      arn: `${ec2Arn}:instance/${compute.instanceId}`,
      name: 'orders-web-1',
      state: 'running',
      region,
      tags: ownTags('orders-web-1'),
      properties: { InstanceType: 't3.micro', ImageId: imageId, KeyName: 'orders-key', SubnetId: network.subnetId },
      relationships: [
        inVpc,
        inSubnet,
        inWebGroup,
        out('created-from', 'AWS::EC2::Image', imageId),
        out('uses', 'AWS::EC2::KeyPair', 'orders-key'),
        out('assumes', 'AWS::IAM::InstanceProfile', compute.instanceProfileArn),
      ],
    },
    {
      resourceType: 'AWS::EC2::Volume',
      resourceId: compute.volumeId,
      arn: `${ec2Arn}:volume/${compute.volumeId}`,
      name: 'orders-data',
      state: 'in-use',
      region,
      tags: ownTags('orders-data'),
      properties: { Size: 20, VolumeType: 'gp3', Encrypted: true, 'Attachments[].Device': '/dev/sdf' },
      relationships: [
        out('attached-to', 'AWS::EC2::Instance', compute.instanceId),
        out('encrypted-by', 'AWS::KMS::Key', keyArn(place)),
      ],
    },
    {
      resourceType: 'AWS::EC2::Snapshot',
      resourceId: compute.snapshotId,
      arn: `arn:${partition}:ec2:${region}::snapshot/${compute.snapshotId}`,
      name: 'orders-nightly',
      state: 'completed',
      region,
      tags: ownTags('orders-nightly'),
      properties: { Description: 'orders nightly', VolumeSize: 20, OwnerId: accountId },
      // moto forgets the key of a snapshot.
      relationships: [out('created-from', 'AWS::EC2::Volume', compute.volumeId)],
    },
    {
      resourceType: 'AWS::EC2::EIP',
      resourceId: compute.allocationId,
      arn: `${ec2Arn}:elastic-ip/${compute.allocationId}`,
      name: 'orders-ip',
      state: null,
      region,
      tags: ownTags('orders-ip'),
      properties: { Domain: 'vpc', PublicIp: compute.publicIp, InstanceId: compute.instanceId },
      relationships: [
        out('attached-to', 'AWS::EC2::Instance', compute.instanceId),
        out('attached-to', 'AWS::EC2::NetworkInterface', compute.addressInterfaceId),
      ],
    },
    {
      resourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      resourceId: 'orders-alb',
      arn: compute.loadBalancerArn,
      name: 'orders-alb',
      state: 'active',
      region,
      tags: ownTags('orders-alb'),
      properties: { Type: 'application', Scheme: 'internal', 'TargetGroups[].Port': 8080 },
      relationships: [
        inVpc,
        inSubnet,
        out('in', 'AWS::EC2::Subnet', network.otherSubnetId),
        inWebGroup,
        out('routes-to', 'AWS::ElasticLoadBalancingV2::TargetGroup', compute.targetGroupArn),
      ],
    },
  ]
}
