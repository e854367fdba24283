import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Site } from './site.ts'
import { required } from '../../aws-gateway/required.ts'
import { type Owner, tagList } from './tags.ts'

export interface LoadBalancerOrder {
  name: string
  vpcId: string
  subnetIds: string[]
  securityGroupIds: string[]
  /** Instances it forwards to; left out, ECS registers the addresses of its tasks. */
  instanceIds?: string[]
  /** Takes TLS with this certificate. */
  certificateArn?: string
}

export interface LoadBalancer {
  dnsName: string
  targetGroupArn: string
}

/** An internet-facing ALB with one listener and one target group. */
export async function createLoadBalancer(site: Site, order: LoadBalancerOrder, owner: Owner): Promise<LoadBalancer> {
  const Tags = tagList(order.name, owner)
  const { LoadBalancers } = await site.elb.send(
    new CreateLoadBalancerCommand({
      Name: order.name,
      Subnets: order.subnetIds,
      SecurityGroups: order.securityGroupIds,
      Scheme: 'internet-facing',
      Type: 'application',
      Tags,
    }),
  )
  const LoadBalancerArn = required(LoadBalancers?.[0]?.LoadBalancerArn, 'LoadBalancerArn')
  const targetGroupArn = await createTargetGroup(site, order, owner)
  const { certificateArn } = order
  await site.elb.send(
    new CreateListenerCommand({
      LoadBalancerArn,
      ...(certificateArn === undefined
        ? { Protocol: 'HTTP', Port: 80 }
        : { Protocol: 'HTTPS', Port: 443, Certificates: [{ CertificateArn: certificateArn }] }),
      DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroupArn }],
    }),
  )
  return { dnsName: required(LoadBalancers?.[0]?.DNSName, 'DNSName'), targetGroupArn }
}

async function createTargetGroup(site: Site, order: LoadBalancerOrder, owner: Owner): Promise<string> {
  const { TargetGroups } = await site.elb.send(
    new CreateTargetGroupCommand({
      Name: `${order.name}-tg`,
      Protocol: 'HTTP',
      Port: 8080,
      VpcId: order.vpcId,
      TargetType: order.instanceIds ? 'instance' : 'ip',
      Tags: tagList(order.name, owner),
    }),
  )
  const TargetGroupArn = required(TargetGroups?.[0]?.TargetGroupArn, 'TargetGroupArn')
  const Targets = (order.instanceIds ?? []).map((Id) => ({ Id }))
  if (Targets.length > 0) await site.elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets }))
  return TargetGroupArn
}
