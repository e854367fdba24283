import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling'
import { CloudFrontClient, ListDistributionsCommand } from '@aws-sdk/client-cloudfront'
import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr'
import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
} from '@aws-sdk/client-ecs'
import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks'
import {
  DescribeListenersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { GetHostedZoneCommand, ListResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53'
import type { Ask } from './created.ts'

/** What is between the internet and the data: balancers, groups, containers, names. */
export const deliveryAnswers = {
  'AWS::AutoScaling::AutoScalingGroup': async (clients, { resourceId }) => {
    const command = new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [resourceId] })
    return (await clients(AutoScalingClient).send(command)).AutoScalingGroups?.[0]
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': async (clients, { arn }) => {
    const command = new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] })
    return (await clients(ElasticLoadBalancingV2Client).send(command)).TargetGroups?.[0]
  },
  'AWS::ElasticLoadBalancingV2::Listener': async (clients, { arn }) => {
    const command = new DescribeListenersCommand({ ListenerArns: [arn] })
    return (await clients(ElasticLoadBalancingV2Client).send(command)).Listeners?.[0]
  },
  'AWS::CloudFront::Distribution': async (clients, { resourceId }) => {
    const { DistributionList } = await clients(CloudFrontClient).send(new ListDistributionsCommand({}))
    const listed = DistributionList?.Items?.find(({ Id }) => Id === resourceId)
    // The headers of its origins are redacted; what is left of them is for `expectedFields` to say.
    const { Origins: _, ...answer } = listed ?? {}
    return listed && answer
  },
  'AWS::Route53::HostedZone': async (clients, { resourceId }) => {
    const { HostedZone, VPCs } = await clients(Route53Client).send(new GetHostedZoneCommand({ Id: resourceId }))
    return { ...HostedZone, Id: resourceId, VPCs }
  },
  'AWS::Route53::RecordSet': async (clients, { resourceId }) => {
    const [HostedZoneId, name] = resourceId.split('/')
    const { ResourceRecordSets } = await clients(Route53Client).send(
      new ListResourceRecordSetsCommand({ HostedZoneId }),
    )
    return ResourceRecordSets?.find(({ Name, Type }) => Name === name && Type === 'A')
  },
  'AWS::ECR::Repository': async (clients, { resourceId }) => {
    const command = new DescribeRepositoriesCommand({ repositoryNames: [resourceId] })
    return (await clients(ECRClient).send(command)).repositories?.[0]
  },
  'AWS::ECS::Cluster': async (clients, { arn }) =>
    (await clients(ECSClient).send(new DescribeClustersCommand({ clusters: [arn], include: ['SETTINGS', 'TAGS'] })))
      .clusters?.[0],
  'AWS::ECS::Service': async (clients, { arn }) => {
    const command = new DescribeServicesCommand({ cluster: arn.split('/')[1], services: [arn], include: ['TAGS'] })
    return (await clients(ECSClient).send(command)).services?.[0]
  },
  'AWS::ECS::TaskDefinition': async (clients, { arn }) => {
    const { taskDefinition } = await clients(ECSClient).send(new DescribeTaskDefinitionCommand({ taskDefinition: arn }))
    // The environment and the command are redacted; see `expectedFields`.
    const { containerDefinitions: _, ...answer } = taskDefinition ?? {}
    return taskDefinition && answer
  },
  'AWS::EKS::Cluster': async (clients, { resourceId }) =>
    (await clients(EKSClient).send(new DescribeClusterCommand({ name: resourceId }))).cluster,
} satisfies Record<string, Ask>
