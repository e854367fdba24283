import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge'
import {
  AddTagsToStreamCommand,
  CreateStreamCommand,
  type KinesisClient,
  StartStreamEncryptionCommand,
} from '@aws-sdk/client-kinesis'
import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn'
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import type { Code } from './code.ts'
import { type Clients, type ExpectedResource, keyArn, made, out, ownTags, type Place, tagList } from './created.ts'
import type { Data } from './data.ts'
import type { Identity } from './identity.ts'
import { KinesisOverHttp1 } from './kinesis-client.ts'

export type Messaging = Awaited<ReturnType<typeof createMessaging>>

/** Part of a webhook's address that nothing may store, log or answer. */
export const webhookCanary = 'canary-3c7a1e5f9d2b6048'

const eventPattern = { source: ['aws.s3'], 'detail-type': ['Object Created'] }

const definitionOf = (data: Data, code: Code, topicArn: string) => ({
  StartAt: 'Import',
  States: {
    Import: { Type: 'Task', Resource: code.functionArn, Next: 'Tell' },
    Tell: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sns:publish',
      Parameters: { TopicArn: topicArn, 'Message.$': '$' },
      Next: 'Queue',
    },
    Queue: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage',
      Parameters: { QueueUrl: queueUrl(data), 'MessageBody.$': '$' },
      End: true,
    },
  },
})

/** `arn:aws:sqs:eu-central-1:111111111111:orders` by its address. */
const queueUrl = (data: Data) => {
  const [, , , region, account, name] = data.queueArn.split(':')
  return `https://sqs.${region}.amazonaws.com/${account}/${name}`
}

export async function createMessaging(clients: Clients, place: Place, identity: Identity, data: Data, code: Code) {
  const topicArn = await createTopic(clients(SNSClient), place, data, code)
  const ruleArn = await createRule(clients(EventBridgeClient), identity, data, code, topicArn)
  const machine = await clients(SFNClient).send(
    new CreateStateMachineCommand({
      name: 'orders-flow',
      definition: JSON.stringify(definitionOf(data, code, topicArn)),
      roleArn: identity.roleArn,
      tags: Object.entries(ownTags('orders-flow')).map(([key, value]) => ({ key, value })),
    }),
  )
  const streamArn = await createStream(clients(KinesisOverHttp1), place)
  return { topicArn, ruleArn, streamArn, stateMachineArn: made(machine.stateMachineArn, 'state machine') }
}

async function createTopic(sns: SNSClient, place: Place, data: Data, code: Code) {
  const topic = await sns.send(
    new CreateTopicCommand({
      Name: 'orders-events',
      Attributes: { DisplayName: 'Order events', KmsMasterKeyId: keyArn(place) },
      Tags: tagList(ownTags('orders-topic')),
    }),
  )
  const TopicArn = made(topic.TopicArn, 'topic')
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: data.queueArn }))
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'lambda', Endpoint: code.functionArn }))
  const Endpoint = `https://hooks.example.com/${webhookCanary}`
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'https', Endpoint }))
  return TopicArn
}

async function createRule(events: EventBridgeClient, identity: Identity, data: Data, code: Code, topicArn: string) {
  const rule = await events.send(
    new PutRuleCommand({
      Name: 'orders-uploaded',
      Description: 'A document of an order has come',
      EventPattern: JSON.stringify(eventPattern),
      Tags: tagList(ownTags('orders-rule')),
    }),
  )
  await events.send(
    new PutTargetsCommand({
      Rule: 'orders-uploaded',
      Targets: [
        { Id: 'import', Arn: code.functionArn, Input: JSON.stringify({ token: webhookCanary }) },
        { Id: 'queue', Arn: data.queueArn, DeadLetterConfig: { Arn: data.deadLetterArn } },
        { Id: 'tell', Arn: topicArn, RoleArn: identity.roleArn },
      ],
    }),
  )
  return made(rule.RuleArn, 'rule')
}

async function createStream(kinesis: KinesisClient, place: Place) {
  const StreamName = 'orders-clicks'
  await kinesis.send(new CreateStreamCommand({ StreamName, StreamModeDetails: { StreamMode: 'ON_DEMAND' } }))
  // moto forgets the tags of a new stream.
  await kinesis.send(new AddTagsToStreamCommand({ StreamName, Tags: ownTags('orders-stream') }))
  await kinesis.send(new StartStreamEncryptionCommand({ StreamName, EncryptionType: 'KMS', KeyId: keyArn(place) }))
  return `arn:${place.partition}:kinesis:${place.region}:${place.accountId}:stream/${StreamName}`
}

export function expectedMessaging(
  messaging: Messaging,
  identity: Identity,
  data: Data,
  code: Code,
  place: Place,
): ExpectedResource[] {
  const { region } = place
  const encrypted = out('encrypted-by', 'AWS::KMS::Key', keyArn(place))
  const toQueue = out('sends-to', 'AWS::SQS::Queue', data.queueArn)
  const toFunction = out('invokes', 'AWS::Lambda::Function', code.functionArn)
  const toTopic = out('sends-to', 'AWS::SNS::Topic', messaging.topicArn)
  const asRole = out('assumes', 'AWS::IAM::Role', identity.roleArn)
  return [
    {
      resourceType: 'AWS::SNS::Topic',
      resourceId: 'orders-events',
      arn: messaging.topicArn,
      name: 'orders-events',
      state: null,
      region,
      tags: ownTags('orders-topic'),
      properties: {
        'Attributes.DisplayName': 'Order events',
        'Subscriptions[].Protocol': ['https', 'lambda', 'sqs'],
      },
      relationships: [toQueue, toFunction, encrypted],
    },
    {
      resourceType: 'AWS::Events::Rule',
      resourceId: messaging.ruleArn,
      arn: messaging.ruleArn,
      name: 'orders-uploaded',
      state: 'ENABLED',
      region,
      tags: ownTags('orders-rule'),
      properties: {
        Description: 'A document of an order has come',
        EventPattern: eventPattern,
        'Targets[].Id': ['import', 'queue', 'tell'],
      },
      relationships: [
        out('in', 'AWS::Events::EventBus', 'default'),
        toFunction,
        toQueue,
        toTopic,
        out('sends-to', 'AWS::SQS::Queue', data.deadLetterArn),
        asRole,
      ],
    },
    {
      resourceType: 'AWS::StepFunctions::StateMachine',
      resourceId: 'orders-flow',
      arn: messaging.stateMachineArn,
      name: 'orders-flow',
      state: 'ACTIVE',
      region,
      tags: ownTags('orders-flow'),
      properties: { type: 'STANDARD', definition: definitionOf(data, code, messaging.topicArn) },
      relationships: [asRole, toFunction, toTopic, out('sends-to', 'AWS::SQS::Queue', 'orders')],
    },
    {
      resourceType: 'AWS::Kinesis::Stream',
      resourceId: 'orders-clicks',
      arn: messaging.streamArn,
      name: 'orders-clicks',
      state: 'ACTIVE',
      region,
      tags: ownTags('orders-stream'),
      properties: { 'StreamModeDetails.StreamMode': 'ON_DEMAND', EncryptionType: 'KMS' },
      relationships: [encrypted],
    },
  ]
}
