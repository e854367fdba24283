import type * as ec2 from '@aws-sdk/client-ec2'
import { resourceTypeOf } from '../define.ts'

/** EC2 instance. Source: EC2 DescribeInstances. Its volumes, interfaces and addresses name it themselves. */
export const instance = resourceTypeOf<typeof ec2, ec2.Instance>()({
  resourceType: 'AWS::EC2::Instance',
  service: 'ec2',
  scope: 'regional',
  label: 'EC2 instance',
  list: {
    operation: 'DescribeInstances',
    items: 'Reservations[].Instances',
    // A page of 1000 instances is 0.3 s of parsing in one piece; 200 keeps the process answering.
    page: { request: 'NextToken', response: 'NextToken', size: { name: 'MaxResults', min: 5, max: 200 } },
  },
  iamActions: ['ec2:DescribeInstances'],
  id: 'InstanceId',
  arn: 'arn:{partition}:ec2:{region}:{account}:instance/{InstanceId}',
  tags: 'Tags',
  state: 'State.Name',
  createdAt: 'LaunchTime',
  relationships: [
    { to: 'AWS::EC2::VPC', kind: 'in', at: (instance) => instance.VpcId },
    { to: 'AWS::EC2::Subnet', kind: 'in', at: (instance) => instance.SubnetId },
    {
      to: 'AWS::EC2::SecurityGroup',
      kind: 'member-of',
      at: (instance) => instance.SecurityGroups?.map((group) => group.GroupId),
    },
    { to: 'AWS::EC2::Image', kind: 'created-from', at: (instance) => instance.ImageId },
    {
      to: 'AWS::EC2::LaunchTemplate',
      kind: 'created-from',
      // AWS says it nowhere else.
      at: (instance) => instance.Tags?.find((tag) => tag.Key === 'aws:ec2launchtemplate:id')?.Value,
    },
    { to: 'AWS::EC2::KeyPair', kind: 'uses', by: 'name', at: (instance) => instance.KeyName },
    { to: 'AWS::IAM::InstanceProfile', kind: 'assumes', by: 'arn', at: (instance) => instance.IamInstanceProfile?.Arn },
  ],
  events: {
    RunInstances: 'responseElements.instancesSet.items[].instanceId',
    StartInstances: 'requestParameters.instancesSet.items[].instanceId',
    StopInstances: 'requestParameters.instancesSet.items[].instanceId',
    TerminateInstances: 'requestParameters.instancesSet.items[].instanceId',
  },
  unordered: [
    'SecurityGroups',
    'BlockDeviceMappings',
    'NetworkInterfaces',
    'NetworkInterfaces[].Groups',
    'ProductCodes',
  ],
  volatile: ['UsageOperationUpdateTime'],
})
