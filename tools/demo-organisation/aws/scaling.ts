import { AutoScalingClient, CreateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling'
import { CreateLaunchTemplateCommand, type _InstanceType } from '@aws-sdk/client-ec2'
import { required } from '../../aws-gateway/required.ts'
import { tagged } from './network.ts'
import type { Site } from './site.ts'
import { type Owner, tagList } from './tags.ts'

export interface ScalingOrder {
  name: string
  type: _InstanceType
  count: { min: number; max: number }
  subnetIds: string[]
  securityGroupIds: string[]
}

/** A launch template and the Auto Scaling group that launches its smallest number of instances at once. */
export async function createScalingGroup(site: Site, order: ScalingOrder, owner: Owner): Promise<void> {
  const { LaunchTemplate } = await site.ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: order.name,
      LaunchTemplateData: {
        ImageId: 'ami-0a1b2c3d4e5f60718',
        InstanceType: order.type,
        SecurityGroupIds: order.securityGroupIds,
        MetadataOptions: { HttpTokens: 'required', HttpEndpoint: 'enabled' },
      },
      ...tagged('launch-template', order.name, owner),
    }),
  )
  await site.of(AutoScalingClient).send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: order.name,
      LaunchTemplate: {
        LaunchTemplateId: required(LaunchTemplate?.LaunchTemplateId, 'LaunchTemplateId'),
        Version: '1',
      },
      MinSize: order.count.min,
      MaxSize: order.count.max,
      DesiredCapacity: order.count.min,
      VPCZoneIdentifier: order.subnetIds.join(','),
      Tags: tagList(order.name, owner).map((tag) => ({ ...tag, PropagateAtLaunch: true })),
    }),
  )
}
