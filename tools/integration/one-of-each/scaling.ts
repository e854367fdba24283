import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
} from '@aws-sdk/client-auto-scaling'
import {
  CreateImageCommand,
  CreateLaunchTemplateCommand,
  CreateTagsCommand,
  DescribeImagesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2'
import {
  AddTagsCommand,
  DescribeListenersCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Compute } from './compute.ts'
import { type Clients, type ExpectedResource, into, made, out, ownTags, type Place, tagList } from './created.ts'
import type { Network } from './network.ts'

export type Scaling = Awaited<ReturnType<typeof createScaling>>

/** Script of new instances: nothing may store, log or answer it. */
export const userDataCanary = Buffer.from('canary-90c4e2d17b3f').toString('base64')

export async function createScaling(clients: Clients, network: Network, compute: Compute) {
  const ec2 = clients(EC2Client)
  const image = await createImage(ec2, compute)
  const launchTemplateId = await createLaunchTemplate(ec2, image.imageId, network, compute)
  const elb = clients(ElasticLoadBalancingV2Client)
  await elb.send(
    new RegisterTargetsCommand({
      TargetGroupArn: compute.targetGroupArn,
      Targets: [{ Id: compute.instanceId, Port: 8080 }],
    }),
  )
  const { Listeners } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn: compute.loadBalancerArn }))
  const listenerArn = made(Listeners?.[0]?.ListenerArn, 'listener')
  for (const [arn, name] of [
    [compute.targetGroupArn, 'orders-targets'],
    [listenerArn, 'orders-http'],
  ] as const)
    await elb.send(new AddTagsCommand({ ResourceArns: [arn], Tags: tagList(ownTags(name)) }))
  const group = await createGroup(clients(AutoScalingClient), network, launchTemplateId)
  return { ...image, launchTemplateId, listenerArn, ...group }
}

async function createImage(ec2: EC2Client, { instanceId }: Compute) {
  const { ImageId } = await ec2.send(
    new CreateImageCommand({ InstanceId: instanceId, Name: 'orders-web-golden', Description: 'Web server of orders' }),
  )
  const imageId = made(ImageId, 'image')
  await ec2.send(new CreateTagsCommand({ Resources: [imageId], Tags: tagList(ownTags('orders-golden')) }))
  const { Images } = await ec2.send(new DescribeImagesCommand({ ImageIds: [imageId] }))
  return {
    imageId,
    imageSnapshotId: made(Images?.[0]?.BlockDeviceMappings?.[0]?.Ebs?.SnapshotId, 'snapshot of the image'),
  }
}

async function createLaunchTemplate(ec2: EC2Client, ImageId: string, network: Network, compute: Compute) {
  const { LaunchTemplate } = await ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: 'orders-web',
      VersionDescription: 'first',
      LaunchTemplateData: {
        ImageId,
        InstanceType: 't3.micro',
        KeyName: 'orders-key',
        SecurityGroupIds: [network.webGroupId],
        IamInstanceProfile: { Arn: compute.instanceProfileArn },
        UserData: userDataCanary,
      },
      TagSpecifications: [{ ResourceType: 'launch-template', Tags: tagList(ownTags('orders-template')) }],
    }),
  )
  return made(LaunchTemplate?.LaunchTemplateId, 'launch template')
}

async function createGroup(autoScaling: AutoScalingClient, network: Network, LaunchTemplateId: string) {
  const AutoScalingGroupName = 'orders-workers'
  await autoScaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName,
      MinSize: 1,
      MaxSize: 3,
      DesiredCapacity: 1,
      LaunchTemplate: { LaunchTemplateId, Version: '$Latest' },
      VPCZoneIdentifier: `${network.subnetId},${network.otherSubnetId}`,
      Tags: Object.entries(ownTags('orders-workers')).map(([Key, Value]) => ({ Key, Value, PropagateAtLaunch: false })),
    }),
  )
  const { AutoScalingGroups } = await autoScaling.send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [AutoScalingGroupName] }),
  )
  const group = AutoScalingGroups?.[0]
  return {
    autoScalingGroupArn: made(group?.AutoScalingGroupARN, 'Auto Scaling group'),
    workerId: made(group?.Instances?.[0]?.InstanceId, 'instance of the group'),
    serviceLinkedRoleArn: group?.ServiceLinkedRoleARN,
  }
}

export function expectedScaling(
  scaling: Scaling,
  network: Network,
  compute: Compute,
  place: Place,
): ExpectedResource[] {
  const { partition, region, accountId } = place
  return [
    {
      resourceType: 'AWS::EC2::Image',
      resourceId: scaling.imageId,
      arn: `arn:${partition}:ec2:${region}::image/${scaling.imageId}`,
      name: 'orders-web-golden',
      state: 'available',
      region,
      tags: ownTags('orders-golden'),
      properties: { Description: 'Web server of orders', OwnerId: accountId, Public: false },
      relationships: [
        out('uses', 'AWS::EC2::Snapshot', scaling.imageSnapshotId),
        out('created-from', 'AWS::EC2::Instance', compute.instanceId),
      ],
    },
    {
      resourceType: 'AWS::EC2::LaunchTemplate',
      resourceId: scaling.launchTemplateId,
      arn: `arn:${partition}:ec2:${region}:${accountId}:launch-template/${scaling.launchTemplateId}`,
      name: 'orders-web',
      state: null,
      region,
      tags: ownTags('orders-template'),
      properties: {
        DefaultVersionNumber: 1,
        'Versions[].LaunchTemplateData.InstanceType': 't3.micro',
        'Versions[].LaunchTemplateData.UserData': '[redacted]',
      },
      relationships: [
        out('uses', 'AWS::EC2::Image', scaling.imageId),
        out('uses', 'AWS::EC2::KeyPair', 'orders-key'),
        out('uses', 'AWS::EC2::SecurityGroup', network.webGroupId),
        out('uses', 'AWS::IAM::InstanceProfile', compute.instanceProfileArn),
      ],
    },
    {
      resourceType: 'AWS::AutoScaling::AutoScalingGroup',
      resourceId: 'orders-workers',
      arn: scaling.autoScalingGroupArn,
      name: 'orders-workers',
      state: null,
      region,
      tags: ownTags('orders-workers'),
      properties: { MinSize: 1, MaxSize: 3, DesiredCapacity: 1, 'LaunchTemplate.Version': '$Latest' },
      relationships: [
        out('uses', 'AWS::EC2::LaunchTemplate', scaling.launchTemplateId),
        out('in', 'AWS::EC2::Subnet', network.subnetId),
        out('in', 'AWS::EC2::Subnet', network.otherSubnetId),
        into('member-of', 'AWS::EC2::Instance', scaling.workerId),
        ...(scaling.serviceLinkedRoleArn ? [out('assumes', 'AWS::IAM::Role', scaling.serviceLinkedRoleArn)] : []),
      ],
    },
    {
      resourceType: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      resourceId: 'orders-targets',
      arn: compute.targetGroupArn,
      name: 'orders-targets',
      state: null,
      region,
      tags: ownTags('orders-targets'),
      properties: {
        Port: 8080,
        TargetType: 'instance',
        LoadBalancerArns: [compute.loadBalancerArn],
        'Targets[].Target.Id': compute.instanceId,
      },
      relationships: [
        out('in', 'AWS::EC2::VPC', network.vpcId),
        out('routes-to', 'AWS::EC2::Instance', compute.instanceId),
      ],
    },
    {
      resourceType: 'AWS::ElasticLoadBalancingV2::Listener',
      resourceId: scaling.listenerArn,
      arn: scaling.listenerArn,
      name: 'orders-alb HTTP:80',
      state: null,
      region,
      tags: ownTags('orders-http'),
      properties: { Port: 80, Protocol: 'HTTP', 'DefaultActions[].Type': 'forward' },
      relationships: [
        out('attached-to', 'AWS::ElasticLoadBalancingV2::LoadBalancer', compute.loadBalancerArn),
        out('routes-to', 'AWS::ElasticLoadBalancingV2::TargetGroup', compute.targetGroupArn),
      ],
    },
  ]
}
