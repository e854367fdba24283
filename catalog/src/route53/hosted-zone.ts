import type * as route53 from '@aws-sdk/client-route-53'
import { resourceTypeOf } from '../define.ts'

interface HostedZone extends route53.HostedZone {
  Tags?: route53.Tag[] | null
  VPCs?: route53.VPC[] | null
}

/** Route 53 hosted zone. Source: Route 53 ListHostedZones. */
export const hostedZone = resourceTypeOf<typeof route53, HostedZone>()({
  resourceType: 'AWS::Route53::HostedZone',
  service: 'route53',
  client: 'route-53',
  scope: 'global',
  label: 'Hosted zone',
  list: {
    operation: 'ListHostedZones',
    // AWS answers `/hostedzone/Z…`; everywhere else, its ARN too, the id goes without.
    items: (answer) => answer.HostedZones?.map((zone) => ({ ...zone, Id: zone.Id?.replace('/hostedzone/', '') })),
    page: { request: 'Marker', response: 'NextMarker', size: { name: 'MaxItems', min: 1, max: 100 } },
  },
  iamActions: ['route53:ListHostedZones'],
  id: 'Id',
  arn: 'arn:{partition}:route53:::hostedzone/{Id}',
  name: (zone) => zone.Name?.replace(/\.$/, ''),
  tags: 'Tags',
  details: [
    {
      operation: 'ListTagsForResource',
      iamAction: 'route53:ListTagsForResource',
      input: (zone) => ({ ResourceType: 'hostedzone', ResourceId: zone.Id }),
      pick: 'ResourceTagSet.Tags',
      as: 'Tags',
    },
    {
      operation: 'GetHostedZone',
      iamAction: 'route53:GetHostedZone',
      when: (zone) => zone.Config?.PrivateZone === true,
      input: (zone) => ({ Id: zone.Id }),
      pick: 'VPCs',
      as: 'VPCs',
    },
  ],
  relationships: [{ to: 'AWS::EC2::VPC', kind: 'attached-to', at: (zone) => zone.VPCs?.map((vpc) => vpc.VPCId) }],
  events: {
    CreateHostedZone: 'responseElements.hostedZone.id',
    AssociateVPCWithHostedZone: 'requestParameters.hostedZoneId',
    DisassociateVPCFromHostedZone: 'requestParameters.hostedZoneId',
    DeleteHostedZone: 'requestParameters.id',
  },
  unordered: ['VPCs'],
  // Its records are resources of their own.
  volatile: ['ResourceRecordSetCount'],
})
