import type * as ecs from '@aws-sdk/client-ecs'
import { resourceTypeOf } from '../define.ts'

const lastPart = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1)

/** ECS service: listed per cluster. Source: ECS ListServices (which answers ARNs only), DescribeServices. */
export const service = resourceTypeOf<typeof ecs, ecs.Service>()({
  resourceType: 'AWS::ECS::Service',
  service: 'ecs',
  scope: 'regional',
  label: 'ECS service',
  parent: {
    operation: 'ListClusters',
    iamAction: 'ecs:ListClusters',
    names: (answer) => answer.clusterArns,
    page: { request: 'nextToken', response: 'nextToken', size: { name: 'maxResults', min: 1, max: 100 } },
    gone: ['ClusterNotFoundException'],
  },
  list: {
    operation: 'ListServices',
    items: (answer, clusterArn) =>
      answer.serviceArns?.map((serviceArn) => ({ serviceArn, serviceName: lastPart(serviceArn), clusterArn })),
    of: (cluster) => ({ cluster }),
    page: { request: 'nextToken', response: 'nextToken', size: { name: 'maxResults', min: 1, max: 100 } },
  },
  iamActions: ['ecs:ListServices'],
  // Names are unique within their cluster only.
  id: 'serviceArn',
  arn: 'serviceArn',
  name: 'serviceName',
  tags: 'tags',
  state: 'status',
  createdAt: 'createdAt',
  details: [
    {
      operation: 'DescribeServices',
      iamAction: 'ecs:DescribeServices',
      input: (one) => ({
        cluster: one.clusterArn,
        services: one.serviceArn ? [one.serviceArn] : [],
        include: ['TAGS'],
      }),
      pick: (answer) => answer.services?.[0],
    },
  ],
  relationships: [
    { to: 'AWS::ECS::Cluster', kind: 'in', by: 'arn', at: (one) => one.clusterArn },
    { to: 'AWS::ECS::TaskDefinition', kind: 'uses', by: 'arn', at: (one) => one.taskDefinition },
    {
      to: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      kind: 'routes-to',
      by: 'arn',
      reverse: true,
      at: (one) => one.loadBalancers?.map((balancer) => balancer.targetGroupArn),
    },
    {
      to: 'AWS::ElasticLoadBalancing::LoadBalancer',
      kind: 'routes-to',
      by: 'name',
      reverse: true,
      at: (one) => one.loadBalancers?.map((balancer) => balancer.loadBalancerName),
    },
    { to: 'AWS::EC2::Subnet', kind: 'in', at: (one) => one.networkConfiguration?.awsvpcConfiguration?.subnets },
    {
      to: 'AWS::EC2::SecurityGroup',
      kind: 'member-of',
      at: (one) => one.networkConfiguration?.awsvpcConfiguration?.securityGroups,
    },
    { to: 'AWS::IAM::Role', kind: 'assumes', by: 'arn', at: (one) => one.roleArn },
    {
      to: 'AWS::ServiceDiscovery::Service',
      kind: 'member-of',
      by: 'arn',
      at: (one) => one.serviceRegistries?.map((registry) => registry.registryArn),
    },
    {
      to: 'AWS::ECS::CapacityProvider',
      kind: 'uses',
      by: 'name',
      at: (one) =>
        one.capacityProviderStrategy
          ?.map((item) => item.capacityProvider)
          .filter((name) => !name?.startsWith('FARGATE')),
    },
  ],
  events: {
    CreateService: 'responseElements.service.serviceArn',
    UpdateService: 'responseElements.service.serviceArn',
    DeleteService: 'responseElements.service.serviceArn',
  },
  unordered: [
    'capacityProviderStrategy',
    'loadBalancers',
    'networkConfiguration.awsvpcConfiguration.securityGroups',
    'networkConfiguration.awsvpcConfiguration.subnets',
    'serviceRegistries',
  ],
  // A deployment goes on by itself; what is deployed is `taskDefinition`.
  volatile: ['currentServiceRevisions', 'deployments', 'events', 'pendingCount', 'runningCount', 'taskSets'],
  // As in a task definition: keys of a log service may be among them.
  redact: ['deployments[].serviceConnectConfiguration.logConfiguration.options'],
})
