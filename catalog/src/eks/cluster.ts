import type * as eks from '@aws-sdk/client-eks'
import { resourceTypeOf } from '../define.ts'

/** The provider IAM knows a cluster's own OpenID Connect issuer by, once somebody has made one: in the cluster's account. */
function providerArnOf(cluster: {
  arn?: string | undefined
  identity?: { oidc?: { issuer?: string | undefined } | undefined } | undefined
}) {
  const issuer = cluster.identity?.oidc?.issuer
  const [, partition, , , accountId] = cluster.arn?.split(':') ?? []
  return issuer && `arn:${partition}:iam::${accountId}:oidc-provider/${issuer.replace('https://', '')}`
}

/** EKS cluster. Source: EKS ListClusters (which answers names only), DescribeCluster. */
export const eksCluster = resourceTypeOf<typeof eks, eks.Cluster>()({
  resourceType: 'AWS::EKS::Cluster',
  service: 'eks',
  scope: 'regional',
  label: 'EKS cluster',
  list: {
    operation: 'ListClusters',
    items: (answer) => answer.clusters?.map((name) => ({ name })),
    page: { request: 'nextToken', response: 'nextToken', size: { name: 'maxResults', min: 1, max: 100 } },
  },
  iamActions: ['eks:ListClusters'],
  id: 'name',
  arn: 'arn:{partition}:eks:{region}:{account}:cluster/{name}',
  name: 'name',
  tags: 'tags',
  state: 'status',
  createdAt: 'createdAt',
  details: [
    {
      operation: 'DescribeCluster',
      iamAction: 'eks:DescribeCluster',
      input: (cluster) => ({ name: cluster.name }),
      pick: 'cluster',
    },
  ],
  relationships: [
    { to: 'AWS::EC2::VPC', kind: 'in', at: (cluster) => cluster.resourcesVpcConfig?.vpcId },
    { to: 'AWS::EC2::Subnet', kind: 'in', at: (cluster) => cluster.resourcesVpcConfig?.subnetIds },
    {
      to: 'AWS::EC2::SecurityGroup',
      kind: 'member-of',
      at: (cluster) => [
        ...(cluster.resourcesVpcConfig?.securityGroupIds ?? []),
        cluster.resourcesVpcConfig?.clusterSecurityGroupId,
      ],
    },
    {
      to: 'AWS::IAM::Role',
      kind: 'assumes',
      by: 'arn',
      at: (cluster) => [cluster.roleArn, cluster.computeConfig?.nodeRoleArn],
    },
    {
      to: 'AWS::KMS::Key',
      kind: 'encrypted-by',
      by: 'arn',
      at: (cluster) => cluster.encryptionConfig?.map((config) => config.provider?.keyArn),
    },
    { to: 'AWS::IAM::OIDCProvider', kind: 'uses', by: 'arn', at: providerArnOf },
  ],
  events: {
    CreateCluster: 'requestParameters.name',
    UpdateClusterConfig: 'requestParameters.name',
    UpdateClusterVersion: 'requestParameters.name',
    DeleteCluster: 'requestParameters.name',
  },
  unordered: [
    'resourcesVpcConfig.publicAccessCidrs',
    'resourcesVpcConfig.securityGroupIds',
    'resourcesVpcConfig.subnetIds',
  ],
  // AWS looks after a cluster's health, and says so.
  volatile: ['health'],
})
