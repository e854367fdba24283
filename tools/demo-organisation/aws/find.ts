import {
  type Address,
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSnapshotsCommand,
  DescribeSubnetsCommand,
  DescribeVolumesCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2'
import { ListHostedZonesByNameCommand, Route53Client } from '@aws-sdk/client-route-53'
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { required } from '../../aws-gateway/required.ts'
import type { Site } from './site.ts'

const named = (name: string) => ({ Filters: [{ Name: 'tag:Name', Values: [name] }] })

/** Ids by the names the chapters before have given, as an operator would look them up. */
export async function findInstance(site: Site, name: string): Promise<string> {
  const { Reservations } = await site.ec2.send(new DescribeInstancesCommand(named(name)))
  return required(Reservations?.[0]?.Instances?.[0]?.InstanceId, `instance ${name}`)
}

export async function findVolume(site: Site, name: string): Promise<string> {
  const { Volumes } = await site.ec2.send(new DescribeVolumesCommand(named(name)))
  return required(Volumes?.[0]?.VolumeId, `volume ${name}`)
}

export async function findSnapshot(site: Site, name: string): Promise<string> {
  const { Snapshots } = await site.ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ['self'], ...named(name) }))
  return required(Snapshots?.[0]?.SnapshotId, `snapshot ${name}`)
}

export async function findAddress(site: Site, name: string): Promise<{ allocationId: string; publicIp: string }> {
  const { Addresses } = await site.ec2.send(new DescribeAddressesCommand(named(name)))
  const address: Address | undefined = Addresses?.[0]
  return {
    allocationId: required(address?.AllocationId, `address ${name}`),
    publicIp: required(address?.PublicIp, `address ${name}`),
  }
}

export async function findSecurityGroup(site: Site, name: string): Promise<string> {
  const { SecurityGroups } = await site.ec2.send(new DescribeSecurityGroupsCommand(named(name)))
  return required(SecurityGroups?.[0]?.GroupId, `security group ${name}`)
}

export async function findSubnets(site: Site, names: string[]): Promise<string[]> {
  const ids: string[] = []
  for (const name of names) {
    const { Subnets } = await site.ec2.send(new DescribeSubnetsCommand(named(name)))
    ids.push(required(Subnets?.[0]?.SubnetId, `subnet ${name}`))
  }
  return ids
}

export async function findVpc(site: Site, name: string): Promise<string> {
  const { Vpcs } = await site.ec2.send(new DescribeVpcsCommand(named(name)))
  return required(Vpcs?.[0]?.VpcId, `VPC ${name}`)
}

export async function findHostedZone(site: Site, name: string): Promise<string> {
  const { HostedZones } = await site.of(Route53Client).send(new ListHostedZonesByNameCommand({ DNSName: name }))
  return required(HostedZones?.[0]?.Id, `zone ${name}`).replace('/hostedzone/', '')
}

/** The ARN of a secret; AWS ends it with letters of its own. */
export async function findSecret(site: Site, name: string): Promise<string> {
  const { ARN } = await site.of(SecretsManagerClient).send(new DescribeSecretCommand({ SecretId: name }))
  return required(ARN, `secret ${name}`)
}
