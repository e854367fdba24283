import type * as ecs from '@aws-sdk/client-ecs'
import { resourceTypeOf } from '../define.ts'

/** ECS cluster. Source: ECS ListClusters (which answers ARNs only), DescribeClusters. */
export const ecsCluster = resourceTypeOf<typeof ecs, ecs.Cluster>()({
  resourceType: 'AWS::ECS::Cluster',
  service: 'ecs',
  scope: 'regional',
  label: 'ECS cluster',
  list: {
    operation: 'ListClusters',
    items: (answer) =>
      answer.clusterArns?.map((clusterArn) => ({
        clusterArn,
        clusterName: clusterArn.slice(clusterArn.lastIndexOf('/') + 1),
      })),
    page: { request: 'nextToken', response: 'nextToken', size: { name: 'maxResults', min: 1, max: 100 } },
  },
  iamActions: ['ecs:ListClusters'],
  id: 'clusterName',
  arn: 'clusterArn',
  name: 'clusterName',
  tags: 'tags',
  state: 'status',
  details: [
    {
      operation: 'DescribeClusters',
      iamAction: 'ecs:DescribeClusters',
      input: (cluster) => ({
        clusters: cluster.clusterArn ? [cluster.clusterArn] : [],
        include: ['CONFIGURATIONS', 'SETTINGS', 'TAGS'],
      }),
      pick: (answer) => answer.clusters?.[0],
    },
  ],
  relationships: [
    {
      to: 'AWS::ECS::CapacityProvider',
      kind: 'uses',
      by: 'name',
      // Those of Fargate are AWS's own.
      at: (cluster) => cluster.capacityProviders?.filter((name) => !name.startsWith('FARGATE')),
    },
    {
      to: 'AWS::KMS::Key',
      kind: 'encrypted-by',
      by: 'arn',
      at: (cluster) => [
        cluster.configuration?.executeCommandConfiguration?.kmsKeyId,
        cluster.configuration?.managedStorageConfiguration?.kmsKeyId,
        cluster.configuration?.managedStorageConfiguration?.fargateEphemeralStorageKmsKeyId,
      ],
    },
    {
      to: 'AWS::Logs::LogGroup',
      kind: 'sends-to',
      by: 'name',
      at: (cluster) => cluster.configuration?.executeCommandConfiguration?.logConfiguration?.cloudWatchLogGroupName,
    },
    {
      to: 'AWS::S3::Bucket',
      kind: 'sends-to',
      by: 'name',
      at: (cluster) => cluster.configuration?.executeCommandConfiguration?.logConfiguration?.s3BucketName,
    },
  ],
  events: {
    CreateCluster: 'responseElements.cluster.clusterArn',
    UpdateCluster: 'responseElements.cluster.clusterArn',
    DeleteCluster: 'responseElements.cluster.clusterArn',
  },
  unordered: ['attachments', 'capacityProviders', 'settings'],
  volatile: [
    'activeServicesCount',
    'pendingTasksCount',
    'registeredContainerInstancesCount',
    'runningTasksCount',
    'statistics',
  ],
})
