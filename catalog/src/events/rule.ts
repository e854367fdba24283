import type * as eventbridge from '@aws-sdk/client-eventbridge'
import { arnsOf, functionArnOf, logGroupArnOf } from '../arns.ts'
import { resourceTypeOf } from '../define.ts'

interface Rule extends eventbridge.Rule {
  Targets?: eventbridge.Target[] | null
  Tags?: eventbridge.Tag[] | null
}

interface Targeting {
  Targets?: { Arn?: string | undefined }[] | null
}

const targets = (rule: Targeting, service: string) => arnsOf(service, rule.Targets?.map((target) => target.Arn) ?? [])

/** EventBridge rule of any event bus with its targets. Source: EventBridge ListRules, ListTargetsByRule. */
export const rule = resourceTypeOf<typeof eventbridge, Rule>()({
  resourceType: 'AWS::Events::Rule',
  service: 'events',
  client: 'eventbridge',
  scope: 'regional',
  label: 'EventBridge rule',
  list: {
    operation: 'ListRules',
    items: 'Rules',
    of: (bus) => ({ EventBusName: bus }),
    page: { request: 'NextToken', response: 'NextToken', size: { name: 'Limit', min: 1, max: 100 } },
  },
  parent: {
    operation: 'ListEventBuses',
    iamAction: 'events:ListEventBuses',
    names: (answer) => answer.EventBuses?.map((bus) => bus.Name),
    page: { request: 'NextToken', response: 'NextToken', size: { name: 'Limit', min: 1, max: 100 } },
    gone: ['ResourceNotFoundException'],
  },
  iamActions: ['events:ListRules'],
  // Names are unique within a bus only.
  id: 'Arn',
  arn: 'Arn',
  name: 'Name',
  tags: 'Tags',
  state: 'State',
  details: [
    {
      operation: 'ListTargetsByRule',
      iamAction: 'events:ListTargetsByRule',
      input: (rule) => ({ Rule: rule.Name, EventBusName: rule.EventBusName }),
      pick: 'Targets',
      as: 'Targets',
      page: { request: 'NextToken', response: 'NextToken' },
    },
    {
      operation: 'ListTagsForResource',
      iamAction: 'events:ListTagsForResource',
      input: (rule) => ({ ResourceARN: rule.Arn }),
      pick: 'Tags',
      as: 'Tags',
    },
  ],
  relationships: [
    { to: 'AWS::Events::EventBus', kind: 'in', by: 'name', at: (rule) => rule.EventBusName },
    {
      to: 'AWS::Lambda::Function',
      kind: 'invokes',
      by: 'arn',
      at: (rule) => targets(rule, 'lambda').map(functionArnOf),
    },
    { to: 'AWS::StepFunctions::StateMachine', kind: 'invokes', by: 'arn', at: (rule) => targets(rule, 'states') },
    { to: 'AWS::SQS::Queue', kind: 'sends-to', by: 'arn', at: (rule) => targets(rule, 'sqs') },
    { to: 'AWS::SNS::Topic', kind: 'sends-to', by: 'arn', at: (rule) => targets(rule, 'sns') },
    { to: 'AWS::Kinesis::Stream', kind: 'sends-to', by: 'arn', at: (rule) => targets(rule, 'kinesis') },
    {
      to: 'AWS::KinesisFirehose::DeliveryStream',
      kind: 'sends-to',
      by: 'arn',
      at: (rule) => targets(rule, 'firehose'),
    },
    {
      to: 'AWS::Logs::LogGroup',
      kind: 'sends-to',
      by: 'arn',
      at: (rule) => targets(rule, 'logs').map(logGroupArnOf),
    },
    {
      to: 'AWS::Events::EventBus',
      kind: 'sends-to',
      by: 'arn',
      at: (rule) => targets(rule, 'events').filter((arn) => arn.includes(':event-bus/')),
    },
    {
      to: 'AWS::Events::ApiDestination',
      kind: 'sends-to',
      by: 'arn',
      at: (rule) => targets(rule, 'events').filter((arn) => arn.includes(':api-destination/')),
    },
    { to: 'AWS::CodeBuild::Project', kind: 'invokes', by: 'arn', at: (rule) => targets(rule, 'codebuild') },
    { to: 'AWS::CodePipeline::Pipeline', kind: 'invokes', by: 'arn', at: (rule) => targets(rule, 'codepipeline') },
    { to: 'AWS::Batch::JobQueue', kind: 'sends-to', by: 'arn', at: (rule) => targets(rule, 'batch') },
    { to: 'AWS::ECS::Cluster', kind: 'uses', by: 'arn', at: (rule) => targets(rule, 'ecs') },
    {
      to: 'AWS::ECS::TaskDefinition',
      kind: 'invokes',
      by: 'arn',
      at: (rule) => rule.Targets?.map((target) => target.EcsParameters?.TaskDefinitionArn),
    },
    {
      to: 'AWS::SQS::Queue',
      kind: 'sends-to',
      by: 'arn',
      at: (rule) => rule.Targets?.map((target) => target.DeadLetterConfig?.Arn),
    },
    {
      to: 'AWS::IAM::Role',
      kind: 'assumes',
      by: 'arn',
      at: (rule) => [rule.RoleArn, ...(rule.Targets?.map((target) => target.RoleArn) ?? [])],
    },
  ],
  events: {
    PutRule: 'responseElements.ruleArn',
    EnableRule: 'requestParameters.name',
    DisableRule: 'requestParameters.name',
    PutTargets: 'requestParameters.rule',
    RemoveTargets: 'requestParameters.rule',
    DeleteRule: 'requestParameters.name',
  },
  documents: ['EventPattern'],
  unordered: ['Targets'],
  redact: ['Targets[].Input', 'Targets[].InputTransformer.InputTemplate', 'Targets[].HttpParameters'],
})
