import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Site } from './site.ts'
import { required } from '../aws-gateway/required.ts'
import { type Owner, tagList } from './tags.ts'

export interface LoadBalancerOrder {
  name: string
  vpcId: string
  subnetIds: string[]
  securityGroupIds: string[]
  instanceIds: string[]
}

/** An internet-facing ALB in front of the instances. */
export async function createLoadBalancer(site: Site, order: LoadBalancerOrder, owner: Owner): Promise<void> {
  const Tags = tagList(order.name, owner)
  const balancer = await site.elb.send(
    new CreateLoadBalancerCommand({
      Name: order.name,
      Subnets: order.subnetIds,
      SecurityGroups: order.securityGroupIds,
      Scheme: 'internet-facing',
      Type: 'application',
      Tags,
    }),
  )
  const group = await site.elb.send(
    new CreateTargetGroupCommand({
      Name: `${order.name}-tg`,
      Protocol: 'HTTP',
      Port: 8080,
      VpcId: order.vpcId,
      TargetType: 'instance',
      Tags,
    }),
  )
  const LoadBalancerArn = required(balancer.LoadBalancers?.[0]?.LoadBalancerArn, 'LoadBalancerArn')
  const TargetGroupArn = required(group.TargetGroups?.[0]?.TargetGroupArn, 'TargetGroupArn')
  await site.elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: order.instanceIds.map((Id) => ({ Id })) }))
  await site.elb.send(
    new CreateListenerCommand({
      LoadBalancerArn,
      Protocol: 'HTTP',
      Port: 80,
      DefaultActions: [{ Type: 'forward', TargetGroupArn }],
    }),
  )
}
