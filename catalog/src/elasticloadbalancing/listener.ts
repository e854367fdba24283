import type * as elb from '@aws-sdk/client-elastic-load-balancing-v2'
import { resourceTypeOf } from '../define.ts'

interface Listener extends elb.Listener {
  Tags?: elb.Tag[] | null
  Rules?: elb.Rule[] | null
}

interface Action {
  TargetGroupArn?: string | undefined
  ForwardConfig?: { TargetGroups?: { TargetGroupArn?: string | undefined }[] | undefined } | undefined
  AuthenticateCognitoConfig?: { UserPoolArn?: string | undefined } | undefined
}

interface Linked {
  DefaultActions?: Action[] | undefined
  Rules?: { Actions?: Action[] | undefined }[] | null | undefined
}

/** Of the listener itself and of its rules. */
const actionsOf = ({ DefaultActions = [], Rules }: Linked) => [
  ...DefaultActions,
  ...(Rules?.flatMap((rule) => rule.Actions ?? []) ?? []),
]

/** Listener with its rules: listed per load balancer. Source: Elastic Load Balancing v2 DescribeListeners. */
export const listener = resourceTypeOf<typeof elb, Listener>()({
  resourceType: 'AWS::ElasticLoadBalancingV2::Listener',
  service: 'elasticloadbalancing',
  client: 'elastic-load-balancing-v2',
  scope: 'regional',
  label: 'Listener',
  parent: {
    operation: 'DescribeLoadBalancers',
    iamAction: 'elasticloadbalancing:DescribeLoadBalancers',
    names: (answer) => answer.LoadBalancers?.map((balancer) => balancer.LoadBalancerArn),
    page: { request: 'Marker', response: 'NextMarker', size: { name: 'PageSize', min: 1, max: 400 } },
    gone: ['LoadBalancerNotFound'],
  },
  list: {
    operation: 'DescribeListeners',
    items: 'Listeners',
    of: (LoadBalancerArn) => ({ LoadBalancerArn }),
    page: { request: 'Marker', response: 'NextMarker', size: { name: 'PageSize', min: 1, max: 400 } },
  },
  iamActions: ['elasticloadbalancing:DescribeListeners'],
  id: 'ListenerArn',
  arn: 'ListenerArn',
  // `orders-alb HTTPS:443`
  name: ({ LoadBalancerArn, Protocol, Port }) => `${LoadBalancerArn?.split('/')[2]} ${Protocol ?? ''}:${Port ?? ''}`,
  tags: 'Tags',
  details: [
    {
      operation: 'DescribeTags',
      iamAction: 'elasticloadbalancing:DescribeTags',
      input: (one) => ({ ResourceArns: one.ListenerArn ? [one.ListenerArn] : [] }),
      pick: 'TagDescriptions[].Tags',
      as: 'Tags',
    },
    {
      operation: 'DescribeRules',
      iamAction: 'elasticloadbalancing:DescribeRules',
      // Network and gateway load balancers have none.
      when: (one) => one.ListenerArn?.includes(':listener/app/') === true,
      input: (one) => ({ ListenerArn: one.ListenerArn }),
      pick: 'Rules',
      as: 'Rules',
      page: { request: 'Marker', response: 'NextMarker' },
    },
  ],
  relationships: [
    {
      to: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      kind: 'attached-to',
      by: 'arn',
      at: (one) => one.LoadBalancerArn,
    },
    {
      to: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      kind: 'routes-to',
      by: 'arn',
      at: (one) =>
        actionsOf(one).flatMap(({ TargetGroupArn, ForwardConfig }) => [
          TargetGroupArn,
          ...(ForwardConfig?.TargetGroups?.map((group) => group.TargetGroupArn) ?? []),
        ]),
    },
    {
      to: 'AWS::CertificateManager::Certificate',
      kind: 'uses',
      by: 'arn',
      at: (one) => one.Certificates?.map((certificate) => certificate.CertificateArn),
    },
    {
      to: 'AWS::Cognito::UserPool',
      kind: 'uses',
      by: 'arn',
      at: (one) => actionsOf(one).map((action) => action.AuthenticateCognitoConfig?.UserPoolArn),
    },
    {
      to: 'AWS::ElasticLoadBalancingV2::TrustStore',
      kind: 'uses',
      by: 'arn',
      at: (one) => one.MutualAuthentication?.TrustStoreArn,
    },
  ],
  events: {
    CreateListener: 'responseElements.listeners[].listenerArn',
    ModifyListener: 'requestParameters.listenerArn',
    CreateRule: 'requestParameters.listenerArn',
    SetRulePriorities: 'responseElements.rules[].listenerArn',
    DeleteListener: 'requestParameters.listenerArn',
  },
  unordered: ['Certificates', 'Rules'],
  redact: [
    'DefaultActions[].AuthenticateOidcConfig.ClientSecret',
    'Rules[].Actions[].AuthenticateOidcConfig.ClientSecret',
  ],
})
