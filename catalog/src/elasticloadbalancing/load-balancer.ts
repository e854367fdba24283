import type * as elb from '@aws-sdk/client-elastic-load-balancing-v2'
import { resourceTypeOf } from '../define.ts'

interface LoadBalancer extends elb.LoadBalancer {
  Tags?: elb.Tag[] | null
  TargetGroups?: elb.TargetGroup[] | null
}

/** Application, network or gateway load balancer. Source: Elastic Load Balancing v2 DescribeLoadBalancers. */
export const loadBalancer = resourceTypeOf<typeof elb, LoadBalancer>()({
  resourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  service: 'elasticloadbalancing',
  client: 'elastic-load-balancing-v2',
  scope: 'regional',
  label: 'Load balancer',
  list: {
    operation: 'DescribeLoadBalancers',
    items: 'LoadBalancers',
    page: { request: 'Marker', response: 'NextMarker', size: { name: 'PageSize', min: 1, max: 400 } },
  },
  iamActions: ['elasticloadbalancing:DescribeLoadBalancers'],
  id: 'LoadBalancerName',
  arn: 'LoadBalancerArn',
  name: 'LoadBalancerName',
  tags: 'Tags',
  state: 'State.Code',
  createdAt: 'CreatedTime',
  endpoint: 'DNSName',
  details: [
    {
      operation: 'DescribeTags',
      iamAction: 'elasticloadbalancing:DescribeTags',
      input: (balancer) => ({ ResourceArns: balancer.LoadBalancerArn ? [balancer.LoadBalancerArn] : [] }),
      pick: 'TagDescriptions[].Tags',
      as: 'Tags',
    },
    {
      operation: 'DescribeTargetGroups',
      iamAction: 'elasticloadbalancing:DescribeTargetGroups',
      input: (balancer) => ({ LoadBalancerArn: balancer.LoadBalancerArn }),
      pick: 'TargetGroups',
      as: 'TargetGroups',
      page: { request: 'Marker', response: 'NextMarker' },
    },
  ],
  relationships: [
    { to: 'AWS::EC2::VPC', kind: 'in', at: (balancer) => balancer.VpcId },
    { to: 'AWS::EC2::Subnet', kind: 'in', at: (balancer) => balancer.AvailabilityZones?.map((zone) => zone.SubnetId) },
    { to: 'AWS::EC2::SecurityGroup', kind: 'member-of', at: (balancer) => balancer.SecurityGroups },
    {
      to: 'AWS::EC2::EIP',
      kind: 'uses',
      at: (balancer) =>
        balancer.AvailabilityZones?.flatMap((zone) =>
          zone.LoadBalancerAddresses?.map((address) => address.AllocationId),
        ),
    },
    {
      to: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      kind: 'routes-to',
      by: 'arn',
      at: (balancer) => balancer.TargetGroups?.map((group) => group.TargetGroupArn),
    },
  ],
  events: {
    CreateLoadBalancer: 'requestParameters.name',
    DeleteLoadBalancer: 'requestParameters.loadBalancerArn',
  },
  unordered: [
    'AvailabilityZones[].LoadBalancerAddresses',
    'AvailabilityZones',
    'SecurityGroups',
    'TargetGroups[].LoadBalancerArns',
    'TargetGroups',
  ],
})
