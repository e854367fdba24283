import { ACMClient, RequestCertificateCommand } from '@aws-sdk/client-acm'
import { CloudFrontClient, CreateDistributionWithTagsCommand } from '@aws-sdk/client-cloudfront'
import {
  ChangeResourceRecordSetsCommand,
  ChangeTagsForResourceCommand,
  CreateHostedZoneCommand,
  type ResourceRecordSet,
  Route53Client,
} from '@aws-sdk/client-route-53'
import { required } from '../../aws-gateway/required.ts'
import type { Site } from './site.ts'
import { type Owner, tagList } from './tags.ts'

/** Returns the certificate's ARN. CloudFront takes certificates of us-east-1 alone. */
export async function requestCertificate(site: Site, domains: [string, ...string[]], owner: Owner): Promise<string> {
  const [DomainName, ...SubjectAlternativeNames] = domains
  const answer = await site.of(ACMClient).send(
    new RequestCertificateCommand({
      DomainName,
      ValidationMethod: 'DNS',
      ...(SubjectAlternativeNames.length > 0 ? { SubjectAlternativeNames } : {}),
      Tags: tagList(undefined, owner),
    }),
  )
  return required(answer.CertificateArn, 'CertificateArn')
}

export interface DistributionOrder {
  aliases: string[]
  comment: string
  /** DNS name of what it stands in front of. */
  origin: string
  certificateArn: string
}

/** A distribution of one origin; returns its own DNS name. */
export async function createDistribution(site: Site, order: DistributionOrder, owner: Owner): Promise<string> {
  const target = 'origin'
  const { Distribution } = await site.of(CloudFrontClient).send(
    new CreateDistributionWithTagsCommand({
      DistributionConfigWithTags: {
        Tags: { Items: tagList(order.comment, owner) },
        DistributionConfig: {
          CallerReference: order.comment,
          Comment: order.comment,
          Enabled: true,
          PriceClass: 'PriceClass_100',
          HttpVersion: 'http2and3',
          Aliases: { Quantity: order.aliases.length, Items: order.aliases },
          Origins: {
            Quantity: 1,
            Items: [
              {
                Id: target,
                DomainName: order.origin,
                CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'http-only' },
              },
            ],
          },
          DefaultCacheBehavior: {
            TargetOriginId: target,
            ViewerProtocolPolicy: 'redirect-to-https',
            MinTTL: 0,
            ForwardedValues: { QueryString: true, Cookies: { Forward: 'all' } },
          },
          ViewerCertificate: {
            ACMCertificateArn: order.certificateArn,
            SSLSupportMethod: 'sni-only',
            MinimumProtocolVersion: 'TLSv1.2_2021',
          },
        },
      },
    }),
  )
  return required(Distribution?.DomainName, 'DomainName')
}

/** Returns the zone's id. */
export async function createHostedZone(site: Site, name: string, owner: Owner): Promise<string> {
  const route53 = site.of(Route53Client)
  const { HostedZone } = await route53.send(
    new CreateHostedZoneCommand({ Name: name, CallerReference: name, HostedZoneConfig: { Comment: 'Public' } }),
  )
  const id = required(HostedZone?.Id, 'HostedZone.Id').replace('/hostedzone/', '')
  await route53.send(
    new ChangeTagsForResourceCommand({
      ResourceType: 'hostedzone',
      ResourceId: id,
      AddTags: tagList(undefined, owner),
    }),
  )
  return id
}

/** Zone of every CloudFront distribution's name. Source: Route 53 API, AliasTarget. */
const cloudFrontZone = 'Z2FDTNDATAQYW2'

type RecordTarget = { distribution: string } | { address: string } | { text: string }

function recordSet(Name: string, target: RecordTarget): ResourceRecordSet {
  if ('distribution' in target) {
    const AliasTarget = { DNSName: target.distribution, HostedZoneId: cloudFrontZone, EvaluateTargetHealth: false }
    return { Name, Type: 'A', AliasTarget }
  }
  const plain = (Type: 'A' | 'TXT', Value: string) => ({
    Name,
    Type,
    TTL: 300,
    ResourceRecords: [{ Value }],
  })
  return 'address' in target ? plain('A', target.address) : plain('TXT', `"${target.text}"`)
}

export async function putRecord(site: Site, zoneId: string, name: string, target: RecordTarget): Promise<void> {
  const ResourceRecordSet = recordSet(name, target)
  const command = new ChangeResourceRecordSetsCommand({
    HostedZoneId: zoneId,
    ChangeBatch: { Changes: [{ Action: 'UPSERT', ResourceRecordSet }] },
  })
  await site.of(Route53Client).send(command)
}
