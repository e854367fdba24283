import { CloudFrontClient, CreateDistributionWithTagsCommand } from '@aws-sdk/client-cloudfront'
import { DescribeLoadBalancersCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import {
  ChangeResourceRecordSetsCommand,
  ChangeTagsForResourceCommand,
  CreateHostedZoneCommand,
  type ResourceRecordSet,
  Route53Client,
} from '@aws-sdk/client-route-53'
import type { Compute } from './compute.ts'
import { type Clients, type ExpectedResource, made, out, ownTags, type Place, tagList } from './created.ts'
import type { Data } from './data.ts'
import type { Network } from './network.ts'

export type Delivery = Awaited<ReturnType<typeof createDelivery>>

/** Header by which the load balancer knows CloudFront: nothing may store, log or answer it. */
export const headerCanary = 'canary-3b8e6f0a7d25'

const zoneName = 'orders.example.com'

/** The zone that all aliases to CloudFront name. */
const cloudFrontZone = 'Z2FDTNDATAQYW2'

export async function createDelivery(clients: Clients, place: Place, network: Network, compute: Compute, data: Data) {
  const elb = clients(ElasticLoadBalancingV2Client)
  const { LoadBalancers } = await elb.send(
    new DescribeLoadBalancersCommand({ LoadBalancerArns: [compute.loadBalancerArn] }),
  )
  const balancerHost = made(LoadBalancers?.[0]?.DNSName, 'DNS name of the load balancer')
  const distribution = await createDistribution(clients(CloudFrontClient), balancerHost, data.bucketName, place)
  const zone = await createZone(clients(Route53Client), network, place, distribution.distributionHost, compute.publicIp)
  return { balancerHost, ...distribution, ...zone }
}

async function createDistribution(cloudfront: CloudFrontClient, balancerHost: string, bucket: string, place: Place) {
  const { Distribution } = await cloudfront.send(
    new CreateDistributionWithTagsCommand({
      DistributionConfigWithTags: {
        DistributionConfig: {
          CallerReference: 'orders',
          Comment: 'Shop front',
          Enabled: true,
          Aliases: { Quantity: 1, Items: [`www.${zoneName}`] },
          Origins: {
            Quantity: 2,
            Items: [
              {
                Id: 'balancer',
                DomainName: balancerHost,
                CustomHeaders: { Quantity: 1, Items: [{ HeaderName: 'x-origin', HeaderValue: headerCanary }] },
                CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'http-only' },
              },
              {
                Id: 'documents',
                DomainName: `${bucket}.s3.${place.region}.amazonaws.com`,
                S3OriginConfig: { OriginAccessIdentity: '' },
              },
            ],
          },
          DefaultCacheBehavior: { TargetOriginId: 'balancer', ViewerProtocolPolicy: 'redirect-to-https' },
        },
        Tags: { Items: tagList(ownTags('orders-front')) },
      },
    }),
  )
  return {
    distributionId: made(Distribution?.Id, 'distribution'),
    distributionArn: made(Distribution?.ARN, 'ARN of the distribution'),
    distributionHost: made(Distribution?.DomainName, 'DNS name of the distribution'),
  }
}

async function createZone(route53: Route53Client, network: Network, place: Place, host: string, publicIp: string) {
  const { HostedZone } = await route53.send(
    new CreateHostedZoneCommand({
      Name: zoneName,
      CallerReference: 'orders',
      HostedZoneConfig: { Comment: 'Names of the shop', PrivateZone: true },
      VPC: { VPCId: network.vpcId, VPCRegion: place.region as 'eu-central-1' },
    }),
  )
  const zoneId = made(HostedZone?.Id, 'hosted zone').replace('/hostedzone/', '')
  await route53.send(
    new ChangeTagsForResourceCommand({
      ResourceType: 'hostedzone',
      ResourceId: zoneId,
      AddTags: tagList(ownTags('orders-zone')),
    }),
  )
  const records: ResourceRecordSet[] = [
    {
      Name: `www.${zoneName}.`,
      Type: 'A',
      AliasTarget: { HostedZoneId: cloudFrontZone, DNSName: `${host}.`, EvaluateTargetHealth: false },
    },
    { Name: `old.${zoneName}.`, Type: 'A', TTL: 300, ResourceRecords: [{ Value: publicIp }, { Value: '10.42.1.7' }] },
  ]
  await route53.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: zoneId,
      ChangeBatch: { Changes: records.map((ResourceRecordSet) => ({ Action: 'CREATE', ResourceRecordSet })) },
    }),
  )
  return { zoneId }
}

export function expectedDelivery(
  delivery: Delivery,
  network: Network,
  compute: Compute,
  data: Data,
  { partition }: Place,
): ExpectedResource[] {
  const { zoneId } = delivery
  const inZone = out('in', 'AWS::Route53::HostedZone', zoneId)
  const record = (name: string) => ({
    resourceType: 'AWS::Route53::RecordSet',
    resourceId: `${zoneId}/${name}.${zoneName}./A`,
    arn: `arn:${partition}:route53:::recordset/${zoneId}/${name}.${zoneName}./A`,
    name: `${name}.${zoneName}`,
    state: null,
    region: 'global',
    tags: {},
  })
  return [
    {
      resourceType: 'AWS::CloudFront::Distribution',
      resourceId: delivery.distributionId,
      arn: delivery.distributionArn,
      name: `www.${zoneName}`,
      state: 'Deployed',
      region: 'global',
      tags: ownTags('orders-front'),
      properties: {
        Comment: 'Shop front',
        Enabled: true,
        'Origins.Items[].Id': ['balancer', 'documents'],
        'Origins.Items[].CustomHeaders.Items[].HeaderName': 'x-origin',
        'Origins.Items[].CustomHeaders.Items[].HeaderValue': '[redacted]',
      },
      relationships: [
        out('routes-to', 'AWS::ElasticLoadBalancingV2::LoadBalancer', delivery.balancerHost),
        out('routes-to', 'AWS::S3::Bucket', `arn:${partition}:s3:::${data.bucketName}`),
      ],
    },
    {
      resourceType: 'AWS::Route53::HostedZone',
      resourceId: zoneId,
      arn: `arn:${partition}:route53:::hostedzone/${zoneId}`,
      name: zoneName,
      state: null,
      region: 'global',
      tags: ownTags('orders-zone'),
      properties: { 'Config.PrivateZone': true, 'VPCs[].VPCId': network.vpcId },
      relationships: [out('attached-to', 'AWS::EC2::VPC', network.vpcId)],
    },
    {
      ...record('www'),
      properties: { Type: 'A', 'AliasTarget.EvaluateTargetHealth': false },
      relationships: [inZone, out('routes-to', 'AWS::CloudFront::Distribution', delivery.distributionHost)],
    },
    {
      ...record('old'),
      properties: { Type: 'A', TTL: 300, 'ResourceRecords[].Value': ['10.42.1.7', compute.publicIp].toSorted() },
      relationships: [inZone, out('routes-to', 'AWS::EC2::EIP', compute.publicIp)],
    },
  ]
}
