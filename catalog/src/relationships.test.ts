import { expect, test } from 'vitest'
import { certificate } from './acm/certificate.ts'
import { restApi } from './apigateway/rest-api.ts'
import { trail } from './cloudtrail/trail.ts'
import { alarm } from './cloudwatch/alarm.ts'
import { rule } from './events/rule.ts'
import { eventSourceMapping } from './lambda/event-source-mapping.ts'
import type { Properties, ResourceTypeDefinition } from './resource-type.ts'
import { stateMachine } from './states/state-machine.ts'

/** What the emulator never answers; `discovery.test.ts` has the rest. */
const relationships = (type: ResourceTypeDefinition, item: Properties): string[] =>
  (type.relationships ?? [])
    .flatMap(({ kind, to, at, reverse }) =>
      [at(item)]
        .flat()
        .filter((target) => typeof target === 'string')
        .map((target) => `${reverse ? '← ' : ''}${kind} ${to} ${target}`),
    )
    .toSorted((a, b) => (a < b ? -1 : 1))

const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:111111111111:${resource}`

test('an alarm on an expression watches all that its metrics name', () => {
  const metric = (Namespace: string, Name: string, Value: string) => ({
    MetricStat: { Metric: { Namespace, Dimensions: [{ Name, Value }] } },
  })
  const item = {
    AlarmActions: [arn('sns', 'pager'), 'arn:aws:automate:eu-west-1:ec2:reboot'],
    OKActions: [arn('lambda', 'function:calm:live')],
    Metrics: [
      { Id: 'sum', Expression: 'a + b' },
      metric('AWS/ApplicationELB', 'LoadBalancer', 'app/shop/50dc6c495c0c9188'),
      metric('AWS/EC2', 'InstanceId', 'i-0123456789abcdef0'),
      // Another namespace's dimension of the same name is no instance.
      metric('Shop', 'InstanceId', 'i-of-the-shop'),
    ],
  }
  expect(relationships(alarm, item)).toEqual([
    'attached-to AWS::EC2::Instance i-0123456789abcdef0',
    'attached-to AWS::ElasticLoadBalancingV2::LoadBalancer shop',
    `invokes AWS::Lambda::Function ${arn('lambda', 'function:calm')}`,
    `sends-to AWS::SNS::Topic ${arn('sns', 'pager')}`,
  ])
})

test('a certificate is attached to the load balancers and distributions that use it', () => {
  const balancer = arn('elasticloadbalancing', 'loadbalancer/app/shop/50dc6c495c0c9188')
  const distribution = 'arn:aws:cloudfront::111111111111:distribution/E1A2B3C4D5'
  const classic = arn('elasticloadbalancing', 'loadbalancer/old')
  expect(relationships(certificate, { InUseBy: [balancer, distribution, classic] })).toEqual([
    `attached-to AWS::CloudFront::Distribution ${distribution}`,
    `attached-to AWS::ElasticLoadBalancingV2::LoadBalancer ${balancer}`,
  ])
})

test('a mapping from a broker names its network and its login', () => {
  const item = {
    FunctionArn: arn('lambda', 'function:orders:live'),
    EventSourceArn: arn('kafka', 'cluster/orders/6b1d0f3e-1'),
    SourceAccessConfigurations: [
      { Type: 'VPC_SUBNET', URI: 'subnet:subnet-1' },
      { Type: 'VPC_SECURITY_GROUP', URI: 'security_group:sg-1' },
      { Type: 'SASL_SCRAM_512_AUTH', URI: arn('secretsmanager', 'secret:kafka-AbCdEf') },
      { Type: 'VIRTUAL_HOST', URI: '/' },
    ],
    DestinationConfig: { OnFailure: { Destination: arn('sqs', 'orders-failed') } },
  }
  expect(relationships(eventSourceMapping, item)).toEqual([
    'in AWS::EC2::Subnet subnet-1',
    `invokes AWS::Lambda::Function ${arn('lambda', 'function:orders')}`,
    'member-of AWS::EC2::SecurityGroup sg-1',
    `sends-to AWS::SQS::Queue ${arn('sqs', 'orders-failed')}`,
    `uses AWS::SecretsManager::Secret ${arn('secretsmanager', 'secret:kafka-AbCdEf')}`,
    `← sends-to AWS::MSK::Cluster ${arn('kafka', 'cluster/orders/6b1d0f3e-1')}`,
  ])
})

test('a rule that starts a task names the cluster, the task and the role', () => {
  const item = {
    Targets: [
      {
        Arn: arn('ecs', 'cluster/shop'),
        RoleArn: 'arn:aws:iam::111111111111:role/events',
        EcsParameters: { TaskDefinitionArn: arn('ecs', 'task-definition/report:3') },
      },
      { Arn: arn('logs', 'log-group:/events:*') },
      { Arn: arn('events', 'event-bus/audit') },
    ],
  }
  expect(relationships(rule, item)).toEqual([
    'assumes AWS::IAM::Role arn:aws:iam::111111111111:role/events',
    `invokes AWS::ECS::TaskDefinition ${arn('ecs', 'task-definition/report:3')}`,
    `sends-to AWS::Events::EventBus ${arn('events', 'event-bus/audit')}`,
    `sends-to AWS::Logs::LogGroup ${arn('logs', 'log-group:/events')}`,
    `uses AWS::ECS::Cluster ${arn('ecs', 'cluster/shop')}`,
  ])
})

test('a state machine names what any state of it calls, however deep it lies', () => {
  const inner = { States: { Call: { Resource: arn('states', 'activity:review') } } }
  const invoke = {
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName: arn('lambda', 'function:price:$LATEST') },
  }
  const item = {
    definition: {
      Comment: 'arn:aws:lambda is mentioned here only',
      States: { Each: { Type: 'Map', ItemProcessor: inner }, Invoke: invoke },
    },
    loggingConfiguration: {
      destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: arn('logs', 'log-group:/flow:*') } }],
    },
  }
  expect(relationships(stateMachine, item)).toEqual([
    `invokes AWS::Lambda::Function ${arn('lambda', 'function:price')}`,
    `sends-to AWS::Logs::LogGroup ${arn('logs', 'log-group:/flow')}`,
    `uses AWS::StepFunctions::Activity ${arn('states', 'activity:review')}`,
  ])
})

test('an API calls the function of its integrations, not what a mapping template mentions', () => {
  const uri = `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${arn('lambda', 'function:orders:live')}/invocations`
  const methodIntegration = { uri, requestTemplates: { 'application/json': 'call /functions/orders/invocations' } }
  const item = { resources: [{ path: '/', resourceMethods: { ANY: { methodIntegration } } }] }
  expect(relationships(restApi, item)).toEqual([`invokes AWS::Lambda::Function ${arn('lambda', 'function:orders')}`])
})

test('a trail sends to its log group, without the sign for all its streams', () => {
  expect(relationships(trail, { CloudWatchLogsLogGroupArn: arn('logs', 'log-group:/trail:*') })).toEqual([
    `sends-to AWS::Logs::LogGroup ${arn('logs', 'log-group:/trail')}`,
  ])
})
