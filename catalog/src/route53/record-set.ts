import type * as route53 from '@aws-sdk/client-route-53'
import { resourceTypeOf } from '../define.ts'
import { bucketArnOf, type HostedType, hostsOf, publicAddresses } from '../hosts.ts'

interface RecordSet extends route53.ResourceRecordSet {
  HostedZoneId?: string
  /** AWS has no id for it: zone, name, type, and the identifier of one of several with the same name. */
  RecordSetId?: string
}

interface Linked {
  Name?: string | undefined
  Type?: string | undefined
  AliasTarget?: { DNSName?: string | undefined; HostedZoneId?: string | undefined } | undefined
  ResourceRecords?: { Value?: string | undefined }[] | undefined
}

const idOf = (zoneId: string, { Name, Type, SetIdentifier }: route53.ResourceRecordSet) =>
  [zoneId, Name, Type, ...(SetIdentifier === undefined ? [] : [SetIdentifier])].join('/')

const valuesOf = (record: Linked) => record.ResourceRecords?.map(({ Value }) => Value) ?? []

/** Where it sends those who ask: an alias or a CNAME names a host. */
const hostsAt = (record: Linked) =>
  record.AliasTarget ? [record.AliasTarget.DNSName] : record.Type === 'CNAME' ? valuesOf(record) : []

const withoutDot = (name: string | undefined) => name?.replace(/\.$/, '')

const toHost = (to: HostedType) =>
  ({ to, kind: 'routes-to', by: 'endpoint', at: (record: Linked) => hostsOf(to, hostsAt(record)) }) as const

/** DNS record of a Route 53 hosted zone: listed per zone. Source: Route 53 ListResourceRecordSets. */
export const recordSet = resourceTypeOf<typeof route53, RecordSet>()({
  resourceType: 'AWS::Route53::RecordSet',
  service: 'route53',
  client: 'route-53',
  scope: 'global',
  label: 'DNS record',
  parent: {
    operation: 'ListHostedZones',
    iamAction: 'route53:ListHostedZones',
    names: (answer) => answer.HostedZones?.map((zone) => zone.Id?.replace('/hostedzone/', '')),
    page: { request: 'Marker', response: 'NextMarker', size: { name: 'MaxItems', min: 1, max: 100 } },
    gone: ['NoSuchHostedZone'],
  },
  list: {
    operation: 'ListResourceRecordSets',
    items: (answer, HostedZoneId) =>
      answer.ResourceRecordSets?.map((record) => ({
        ...record,
        HostedZoneId,
        RecordSetId: idOf(HostedZoneId, record),
      })),
    of: (HostedZoneId) => ({ HostedZoneId }),
    page: {
      request: 'StartRecordName',
      response: 'NextRecordName',
      also: { StartRecordType: 'NextRecordType', StartRecordIdentifier: 'NextRecordIdentifier' },
      size: { name: 'MaxItems', min: 1, max: 300 },
    },
  },
  iamActions: ['route53:ListResourceRecordSets'],
  id: 'RecordSetId',
  arn: 'arn:{partition}:route53:::recordset/{RecordSetId}',
  name: (record) => withoutDot(record.Name),
  relationships: [
    { to: 'AWS::Route53::HostedZone', kind: 'in', at: (record) => record.HostedZoneId },
    toHost('AWS::CloudFront::Distribution'),
    toHost('AWS::ElasticLoadBalancingV2::LoadBalancer'),
    toHost('AWS::ApiGateway::DomainName'),
    toHost('AWS::GlobalAccelerator::Accelerator'),
    toHost('AWS::RDS::DBInstance'),
    toHost('AWS::RDS::DBCluster'),
    {
      // An address nobody has any more stays unbound: whoever gets it next answers in this name.
      to: 'AWS::EC2::EIP',
      kind: 'routes-to',
      by: 'endpoint',
      at: (record) => (record.Type === 'A' ? publicAddresses(valuesOf(record)) : undefined),
    },
    {
      // A website's bucket has the record's own name: the alias names the endpoint of the Region.
      to: 'AWS::S3::Bucket',
      kind: 'routes-to',
      by: 'name',
      at: (record) =>
        withoutDot(record.AliasTarget?.DNSName)?.startsWith('s3-website') ? withoutDot(record.Name) : undefined,
    },
    {
      to: 'AWS::S3::Bucket',
      kind: 'routes-to',
      by: 'arn',
      at: (record) => hostsAt(record).map((host) => bucketArnOf(withoutDot(host))),
    },
    {
      // `vpce-0123….vpce-svc-….eu-central-1.vpce.amazonaws.com`
      to: 'AWS::EC2::VPCEndpoint',
      kind: 'routes-to',
      at: (record) =>
        hostsAt(record).map((host) => /^(vpce-[0-9a-f]+)[-.].*\.vpce\.amazonaws\.com\.?$/.exec(host ?? '')?.[1]),
    },
    {
      // An alias to another record of the zone.
      to: 'AWS::Route53::RecordSet',
      kind: 'routes-to',
      at: ({ AliasTarget, HostedZoneId, Type }) =>
        AliasTarget && AliasTarget.HostedZoneId === HostedZoneId
          ? `${HostedZoneId}/${AliasTarget.DNSName}/${Type}`
          : undefined,
    },
    { to: 'AWS::Route53::HealthCheck', kind: 'uses', at: (record) => record.HealthCheckId },
  ],
  events: { ChangeResourceRecordSets: 'requestParameters.hostedZoneId' },
  unordered: ['ResourceRecords'],
})
