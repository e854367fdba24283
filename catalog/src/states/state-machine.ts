import type * as sfn from '@aws-sdk/client-sfn'
import { arnsOf, functionArnOf, logGroupArnOf } from '../arns.ts'
import { resourceTypeOf } from '../define.ts'
import { stringsIn } from '../strings-in.ts'

interface StateMachine
  extends sfn.StateMachineListItem, Omit<sfn.DescribeStateMachineOutput, keyof sfn.StateMachineListItem | '$metadata'> {
  tags?: sfn.Tag[] | null
}

interface Defined {
  definition?: unknown
}

const named = (machine: Defined, service: string) => arnsOf(service, stringsIn(machine.definition))

/** `…amazonaws.com/111111111111/orders`: a message is sent to the queue's URL. */
const queueNames = (machine: Defined) =>
  stringsIn(machine.definition).flatMap((text) => /^https:\/\/sqs\.[^/]+\/\d{12}\/([\w.-]+)$/.exec(text)?.[1] ?? [])

/** Step Functions state machine with its definition. Source: Step Functions ListStateMachines, DescribeStateMachine. */
export const stateMachine = resourceTypeOf<typeof sfn, StateMachine>()({
  resourceType: 'AWS::StepFunctions::StateMachine',
  service: 'states',
  client: 'sfn',
  scope: 'regional',
  label: 'Step Functions state machine',
  list: {
    operation: 'ListStateMachines',
    items: 'stateMachines',
    page: { request: 'nextToken', response: 'nextToken', size: { name: 'maxResults', min: 1, max: 1000 } },
  },
  iamActions: ['states:ListStateMachines'],
  id: 'name',
  arn: 'stateMachineArn',
  name: 'name',
  tags: 'tags',
  state: 'status',
  createdAt: 'creationDate',
  details: [
    {
      operation: 'DescribeStateMachine',
      iamAction: 'states:DescribeStateMachine',
      input: (machine) => ({ stateMachineArn: machine.stateMachineArn }),
    },
    {
      operation: 'ListTagsForResource',
      iamAction: 'states:ListTagsForResource',
      input: (machine) => ({ resourceArn: machine.stateMachineArn }),
      pick: 'tags',
      as: 'tags',
    },
  ],
  relationships: [
    { to: 'AWS::IAM::Role', kind: 'assumes', by: 'arn', at: (machine) => machine.roleArn },
    {
      to: 'AWS::Lambda::Function',
      kind: 'invokes',
      by: 'arn',
      at: (machine) => named(machine, 'lambda').map(functionArnOf),
    },
    {
      to: 'AWS::StepFunctions::StateMachine',
      kind: 'invokes',
      by: 'arn',
      at: (machine) => named(machine, 'states').filter((arn) => arn.includes(':stateMachine:')),
    },
    {
      to: 'AWS::StepFunctions::Activity',
      kind: 'uses',
      by: 'arn',
      at: (machine) => named(machine, 'states').filter((arn) => arn.includes(':activity:')),
    },
    { to: 'AWS::SQS::Queue', kind: 'sends-to', at: queueNames },
    { to: 'AWS::SNS::Topic', kind: 'sends-to', by: 'arn', at: (machine) => named(machine, 'sns') },
    { to: 'AWS::DynamoDB::Table', kind: 'uses', by: 'arn', at: (machine) => named(machine, 'dynamodb') },
    {
      to: 'AWS::ECS::TaskDefinition',
      kind: 'invokes',
      by: 'arn',
      at: (machine) => named(machine, 'ecs').filter((arn) => arn.includes(':task-definition/')),
    },
    {
      to: 'AWS::ECS::Cluster',
      kind: 'uses',
      by: 'arn',
      at: (machine) => named(machine, 'ecs').filter((arn) => arn.includes(':cluster/')),
    },
    { to: 'AWS::Batch::JobQueue', kind: 'sends-to', by: 'arn', at: (machine) => named(machine, 'batch') },
    {
      to: 'AWS::Logs::LogGroup',
      kind: 'sends-to',
      by: 'arn',
      at: (machine) =>
        arnsOf(
          'logs',
          machine.loggingConfiguration?.destinations?.map((to) => to.cloudWatchLogsLogGroup?.logGroupArn) ?? [],
        ).map(logGroupArnOf),
    },
    {
      to: 'AWS::KMS::Key',
      kind: 'encrypted-by',
      by: 'arn',
      at: (machine) => machine.encryptionConfiguration?.kmsKeyId,
    },
  ],
  events: {
    CreateStateMachine: 'responseElements.stateMachineArn',
    UpdateStateMachine: 'requestParameters.stateMachineArn',
    DeleteStateMachine: 'requestParameters.stateMachineArn',
  },
  documents: ['definition'],
})
