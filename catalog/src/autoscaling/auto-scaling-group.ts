import type * as autoScaling from '@aws-sdk/client-auto-scaling'
import { resourceTypeOf } from '../define.ts'

interface Linked {
  LaunchTemplate?: Template | undefined
  MixedInstancesPolicy?:
    | {
        LaunchTemplate?:
          | {
              LaunchTemplateSpecification?: Template | undefined
              Overrides?: { LaunchTemplateSpecification?: Template | undefined }[] | undefined
            }
          | undefined
      }
    | undefined
}

interface Template {
  LaunchTemplateId?: string | undefined
}

/** A group launches from one template, or from one and others for some types of instance. */
function templatesOf({ LaunchTemplate, MixedInstancesPolicy }: Linked) {
  const mixed = MixedInstancesPolicy?.LaunchTemplate
  const overrides = mixed?.Overrides?.map((override) => override.LaunchTemplateSpecification) ?? []
  return [LaunchTemplate, mixed?.LaunchTemplateSpecification, ...overrides].map((one) => one?.LaunchTemplateId)
}

/** Auto Scaling group. Source: Auto Scaling DescribeAutoScalingGroups. */
export const autoScalingGroup = resourceTypeOf<typeof autoScaling, autoScaling.AutoScalingGroup>()({
  resourceType: 'AWS::AutoScaling::AutoScalingGroup',
  service: 'autoscaling',
  client: 'auto-scaling',
  scope: 'regional',
  label: 'Auto Scaling group',
  list: {
    operation: 'DescribeAutoScalingGroups',
    items: 'AutoScalingGroups',
    page: { request: 'NextToken', response: 'NextToken', size: { name: 'MaxRecords', min: 1, max: 100 } },
  },
  iamActions: ['autoscaling:DescribeAutoScalingGroups'],
  id: 'AutoScalingGroupName',
  arn: 'AutoScalingGroupARN',
  name: 'AutoScalingGroupName',
  tags: 'Tags',
  // AWS gives it only while the group is being deleted.
  state: 'Status',
  createdAt: 'CreatedTime',
  relationships: [
    { to: 'AWS::EC2::LaunchTemplate', kind: 'uses', at: templatesOf },
    {
      to: 'AWS::AutoScaling::LaunchConfiguration',
      kind: 'uses',
      by: 'name',
      at: (group) => group.LaunchConfigurationName,
    },
    { to: 'AWS::EC2::Subnet', kind: 'in', at: (group) => group.VPCZoneIdentifier?.split(',') },
    {
      to: 'AWS::EC2::Instance',
      kind: 'member-of',
      reverse: true,
      at: (group) => group.Instances?.map((instance) => instance.InstanceId),
    },
    {
      to: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      kind: 'routes-to',
      by: 'arn',
      reverse: true,
      at: (group) => group.TargetGroupARNs,
    },
    {
      to: 'AWS::ElasticLoadBalancing::LoadBalancer',
      kind: 'routes-to',
      by: 'name',
      reverse: true,
      at: (group) => group.LoadBalancerNames,
    },
    { to: 'AWS::EC2::PlacementGroup', kind: 'in', by: 'name', at: (group) => group.PlacementGroup },
    { to: 'AWS::IAM::Role', kind: 'assumes', by: 'arn', at: (group) => group.ServiceLinkedRoleARN },
  ],
  events: {
    CreateAutoScalingGroup: 'requestParameters.autoScalingGroupName',
    UpdateAutoScalingGroup: 'requestParameters.autoScalingGroupName',
    SetDesiredCapacity: 'requestParameters.autoScalingGroupName',
    AttachLoadBalancerTargetGroups: 'requestParameters.autoScalingGroupName',
    DetachLoadBalancerTargetGroups: 'requestParameters.autoScalingGroupName',
    DeleteAutoScalingGroup: 'requestParameters.autoScalingGroupName',
  },
  unordered: [
    'AvailabilityZones',
    'AvailabilityZoneIds',
    'EnabledMetrics',
    'Instances',
    'LoadBalancerNames',
    'SuspendedProcesses',
    'TargetGroupARNs',
    'TrafficSources',
  ],
  // Instances come and go and are a change; how one of them feels is none.
  volatile: ['Instances[].HealthStatus', 'Instances[].LifecycleState', 'PredictedCapacity', 'WarmPoolSize'],
})
