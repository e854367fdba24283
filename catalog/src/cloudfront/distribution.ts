import type * as cloudfront from '@aws-sdk/client-cloudfront'
import { resourceTypeOf } from '../define.ts'
import { bucketArnOf, hostsOf } from '../hosts.ts'

interface Distribution extends cloudfront.DistributionSummary {
  Tags?: cloudfront.Tag[] | null
}

interface Linked {
  Origins?:
    | { Items?: { DomainName?: string | undefined; OriginAccessControlId?: string | undefined }[] | undefined }
    | undefined
  DefaultCacheBehavior?: Behavior | undefined
  CacheBehaviors?: { Items?: Behavior[] | undefined } | undefined
}

interface Behavior {
  LambdaFunctionAssociations?: { Items?: { LambdaFunctionARN?: string | undefined }[] | undefined } | undefined
  FunctionAssociations?: { Items?: { FunctionARN?: string | undefined }[] | undefined } | undefined
  TrustedKeyGroups?: { Items?: string[] | undefined } | undefined
}

const origins = (distribution: Linked) => distribution.Origins?.Items ?? []
const behaviors = ({ DefaultCacheBehavior, CacheBehaviors }: Linked) => [
  ...(DefaultCacheBehavior ? [DefaultCacheBehavior] : []),
  ...(CacheBehaviors?.Items ?? []),
]

/** `arn:…:function:name:7` → the function itself. */
const withoutVersion = (arn: string | undefined) => arn?.replace(/(:function:[^:]+):[^:]+$/, '$1')

/** CloudFront distribution. Source: CloudFront ListDistributions. */
export const distribution = resourceTypeOf<typeof cloudfront, Distribution>()({
  resourceType: 'AWS::CloudFront::Distribution',
  service: 'cloudfront',
  scope: 'global',
  label: 'CloudFront distribution',
  list: {
    operation: 'ListDistributions',
    // Without any, the answer has a quantity of 0 and no items.
    items: ({ DistributionList: list }) => list?.Items ?? (list?.Quantity === 0 ? [] : undefined),
    page: { request: 'Marker', response: 'DistributionList.NextMarker', size: { name: 'MaxItems', min: 1, max: 100 } },
  },
  iamActions: ['cloudfront:ListDistributions'],
  id: 'Id',
  arn: 'ARN',
  name: (distribution) => distribution.Aliases?.Items?.[0],
  tags: 'Tags',
  state: 'Status',
  endpoint: 'DomainName',
  details: [
    {
      operation: 'ListTagsForResource',
      iamAction: 'cloudfront:ListTagsForResource',
      input: (distribution) => ({ Resource: distribution.ARN }),
      pick: 'Tags.Items',
      as: 'Tags',
    },
  ],
  relationships: [
    {
      to: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      kind: 'routes-to',
      by: 'endpoint',
      at: (distribution) =>
        hostsOf(
          'AWS::ElasticLoadBalancingV2::LoadBalancer',
          origins(distribution).map((origin) => origin.DomainName),
        ),
    },
    {
      to: 'AWS::S3::Bucket',
      kind: 'routes-to',
      by: 'arn',
      at: (distribution) => origins(distribution).map((origin) => bucketArnOf(origin.DomainName)),
    },
    {
      to: 'AWS::CloudFront::OriginAccessControl',
      kind: 'uses',
      at: (distribution) => origins(distribution).map((origin) => origin.OriginAccessControlId),
    },
    {
      to: 'AWS::CertificateManager::Certificate',
      kind: 'uses',
      by: 'arn',
      at: (distribution) => distribution.ViewerCertificate?.ACMCertificateArn,
    },
    {
      to: 'AWS::WAFv2::WebACL',
      kind: 'uses',
      by: 'arn',
      at: (distribution) => distribution.WebACLId,
    },
    {
      to: 'AWS::Lambda::Function',
      kind: 'invokes',
      by: 'arn',
      at: (distribution) =>
        behaviors(distribution).flatMap((behavior) =>
          behavior.LambdaFunctionAssociations?.Items?.map((one) => withoutVersion(one.LambdaFunctionARN)),
        ),
    },
    {
      to: 'AWS::CloudFront::Function',
      kind: 'invokes',
      by: 'arn',
      at: (distribution) =>
        behaviors(distribution).flatMap((behavior) =>
          behavior.FunctionAssociations?.Items?.map((one) => one.FunctionARN),
        ),
    },
    {
      to: 'AWS::CloudFront::KeyGroup',
      kind: 'uses',
      at: (distribution) => behaviors(distribution).flatMap((behavior) => behavior.TrustedKeyGroups?.Items),
    },
  ],
  events: {
    CreateDistribution: 'responseElements.distribution.id',
    CreateDistributionWithTags: 'responseElements.distribution.id',
    UpdateDistribution: 'requestParameters.id',
    DeleteDistribution: 'requestParameters.id',
  },
  unordered: ['Aliases.Items', 'Origins.Items', 'DefaultCacheBehavior.AllowedMethods.Items'],
  // Headers that prove to an origin that CloudFront asks are passwords.
  redact: ['Origins.Items[].CustomHeaders.Items[].HeaderValue'],
})
