import type * as elb from '@aws-sdk/client-elastic-load-balancing-v2'
import { arnsOf } from '../arns.ts'
import { resourceTypeOf } from '../define.ts'

interface TargetGroup extends elb.TargetGroup {
  Tags?: elb.Tag[] | null
  Targets?: elb.TargetHealthDescription[] | null
}

const targets = (group: { Targets?: { Target?: { Id?: string | undefined } | undefined }[] | null | undefined }) =>
  group.Targets?.flatMap((one) => one.Target?.Id ?? []) ?? []

/** Target group with its registered targets. Source: Elastic Load Balancing v2 DescribeTargetGroups. */
export const targetGroup = resourceTypeOf<typeof elb, TargetGroup>()({
  resourceType: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  service: 'elasticloadbalancing',
  client: 'elastic-load-balancing-v2',
  scope: 'regional',
  label: 'Target group',
  list: {
    operation: 'DescribeTargetGroups',
    items: 'TargetGroups',
    page: { request: 'Marker', response: 'NextMarker', size: { name: 'PageSize', min: 1, max: 400 } },
  },
  iamActions: ['elasticloadbalancing:DescribeTargetGroups'],
  id: 'TargetGroupName',
  arn: 'TargetGroupArn',
  name: 'TargetGroupName',
  tags: 'Tags',
  details: [
    {
      operation: 'DescribeTags',
      iamAction: 'elasticloadbalancing:DescribeTags',
      input: (group) => ({ ResourceArns: group.TargetGroupArn ? [group.TargetGroupArn] : [] }),
      pick: 'TagDescriptions[].Tags',
      as: 'Tags',
    },
    {
      operation: 'DescribeTargetHealth',
      iamAction: 'elasticloadbalancing:DescribeTargetHealth',
      input: (group) => ({ TargetGroupArn: group.TargetGroupArn }),
      pick: 'TargetHealthDescriptions',
      as: 'Targets',
    },
  ],
  // Which load balancers send to it, they say themselves. Addresses are targets too, but name no resource.
  relationships: [
    { to: 'AWS::EC2::VPC', kind: 'in', at: (group) => group.VpcId },
    {
      to: 'AWS::EC2::Instance',
      kind: 'routes-to',
      at: (group) => (group.TargetType === 'instance' ? targets(group) : undefined),
    },
    { to: 'AWS::Lambda::Function', kind: 'routes-to', by: 'arn', at: (group) => arnsOf('lambda', targets(group)) },
    {
      to: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      kind: 'routes-to',
      by: 'arn',
      at: (group) => arnsOf('elasticloadbalancing', targets(group)),
    },
  ],
  events: {
    CreateTargetGroup: 'requestParameters.name',
    ModifyTargetGroup: 'requestParameters.targetGroupArn',
    RegisterTargets: 'requestParameters.targetGroupArn',
    DeregisterTargets: 'requestParameters.targetGroupArn',
    DeleteTargetGroup: 'requestParameters.targetGroupArn',
  },
  unordered: ['LoadBalancerArns', 'Targets'],
  volatile: ['Targets[].TargetHealth', 'Targets[].AnomalyDetection'],
})
