import {
  AttachVolumeCommand,
  CreateSnapshotCommand,
  CreateVolumeCommand,
  type _InstanceType,
  RunInstancesCommand,
  StopInstancesCommand,
  type VolumeType,
} from '@aws-sdk/client-ec2'
import { tagged } from './network.ts'
import type { Site } from './site.ts'
import { required } from '../../aws-gateway/required.ts'
import type { Owner } from './tags.ts'

export interface InstanceOrder {
  name: string
  type: _InstanceType
  subnetId: string
  securityGroupIds: readonly string[]
  instanceProfile?: string
  /** GiB of a second volume. */
  dataVolume?: number
}

/** Launches one instance, with a data volume beside its root when the order asks for it. */
export async function launchInstance(
  site: Site,
  order: InstanceOrder,
  owner: Owner,
): Promise<{ instanceId: string; volumeId?: string }> {
  const command = new RunInstancesCommand({
    ImageId: 'ami-0a1b2c3d4e5f60718',
    InstanceType: order.type,
    MinCount: 1,
    MaxCount: 1,
    SubnetId: order.subnetId,
    SecurityGroupIds: [...order.securityGroupIds],
    BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 20, VolumeType: 'gp3', Encrypted: true } }],
    ...(order.instanceProfile ? { IamInstanceProfile: { Name: order.instanceProfile } } : {}),
    ...tagged('instance', order.name, owner),
  })
  const { Instances } = await site.ec2.send(command)
  const instance = Instances?.[0]
  const instanceId = required(instance?.InstanceId, 'InstanceId')
  if (!order.dataVolume) return { instanceId }
  const zone = required(instance?.Placement?.AvailabilityZone, 'AvailabilityZone')
  const volumeId = await createVolume(
    site,
    { name: `${order.name}-data`, size: order.dataVolume, type: 'gp2', zone },
    owner,
  )
  await site.ec2.send(new AttachVolumeCommand({ InstanceId: instanceId, VolumeId: volumeId, Device: '/dev/sdf' }))
  return { instanceId, volumeId }
}

export interface VolumeOrder {
  name: string
  /** GiB */
  size: number
  type: VolumeType
  zone: string
  encrypted?: boolean
}

export async function createVolume(
  site: Site,
  { name, size, type, zone, encrypted = false }: VolumeOrder,
  owner: Owner,
): Promise<string> {
  const command = new CreateVolumeCommand({
    Size: size,
    VolumeType: type,
    AvailabilityZone: zone,
    Encrypted: encrypted,
    ...tagged('volume', name, owner),
  })
  return required((await site.ec2.send(command)).VolumeId, 'VolumeId')
}

export async function createSnapshot(site: Site, volumeId: string, name: string, owner: Owner): Promise<void> {
  await site.ec2.send(
    new CreateSnapshotCommand({ VolumeId: volumeId, Description: name, ...tagged('snapshot', name, owner) }),
  )
}

export async function stopInstance(site: Site, instanceId: string): Promise<void> {
  await site.ec2.send(new StopInstancesCommand({ InstanceIds: [instanceId] }))
}
