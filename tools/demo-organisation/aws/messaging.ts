import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge'
import { CreateStreamCommand, KinesisClient } from '@aws-sdk/client-kinesis'
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import { required } from '../../aws-gateway/required.ts'
import type { Site } from './site.ts'
import { type Owner, tagList } from './tags.ts'

/** A topic that sends to the queues and email addresses named; returns its ARN. */
export async function createTopic(
  site: Site,
  { name, queueArns = [], emails = [] }: { name: string; queueArns?: string[]; emails?: string[] },
  owner: Owner,
): Promise<string> {
  const sns = site.of(SNSClient)
  const answer = await sns.send(new CreateTopicCommand({ Name: name, Tags: tagList(undefined, owner) }))
  const TopicArn = required(answer.TopicArn, 'TopicArn')
  for (const Endpoint of queueArns) await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }))
  for (const Endpoint of emails) await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint }))
  return TopicArn
}

export async function createStream(site: Site, name: string, shards: number): Promise<void> {
  await site.of(KinesisClient).send(new CreateStreamCommand({ StreamName: name, ShardCount: shards }))
}

/** A rule of the default event bus, by schedule or by pattern, and what it invokes. */
export async function createEventRule(
  site: Site,
  { name, when, targetArns }: { name: string; when: { schedule: string } | { pattern: object }; targetArns: string[] },
  owner: Owner,
): Promise<void> {
  const events = site.of(EventBridgeClient)
  const trigger =
    'schedule' in when ? { ScheduleExpression: when.schedule } : { EventPattern: JSON.stringify(when.pattern) }
  await events.send(new PutRuleCommand({ Name: name, State: 'ENABLED', ...trigger, Tags: tagList(undefined, owner) }))
  const Targets = targetArns.map((Arn, index) => ({ Id: `${name}-${index + 1}`, Arn }))
  if (Targets.length > 0) await events.send(new PutTargetsCommand({ Rule: name, Targets }))
}
