import { CreateLogGroupCommand, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateEventSourceMappingCommand, CreateFunctionCommand, type Runtime } from '@aws-sdk/client-lambda'
import { CreateQueueCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs'
import type { Site } from './site.ts'
import { required } from '../../aws-gateway/required.ts'
import { type Owner, tagMap } from './tags.ts'

/** A zip archive with nothing in it: 22 bytes of "end of central directory". */
const emptyZip = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)])

export interface FunctionOrder {
  name: string
  runtime: Runtime
  roleArn: string
  memory: number
  environment?: Record<string, string>
  vpc?: { subnetIds: string[]; securityGroupIds: string[] }
  /** Days the logs are kept; absent: for ever, as AWS does by default. */
  logRetention?: number
}

/** A function with the log group it writes to. */
export async function createFunction(site: Site, order: FunctionOrder, owner: Owner): Promise<void> {
  await site.lambda.send(
    new CreateFunctionCommand({
      FunctionName: order.name,
      Runtime: order.runtime,
      Role: order.roleArn,
      Handler: 'index.handler',
      MemorySize: order.memory,
      Timeout: 30,
      Code: { ZipFile: emptyZip },
      ...(order.environment ? { Environment: { Variables: order.environment } } : {}),
      ...(order.vpc
        ? { VpcConfig: { SubnetIds: order.vpc.subnetIds, SecurityGroupIds: order.vpc.securityGroupIds } }
        : {}),
      Tags: tagMap(owner),
    }),
  )
  await createLogGroup(site, `/aws/lambda/${order.name}`, order.logRetention, owner)
}

export async function createLogGroup(
  site: Site,
  logGroupName: string,
  retentionInDays: number | undefined,
  owner: Owner,
): Promise<void> {
  const tags = tagMap(owner)
  await site.logs.send(new CreateLogGroupCommand({ logGroupName, ...(Object.keys(tags).length > 0 ? { tags } : {}) }))
  if (retentionInDays) await site.logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }))
}

/** A queue and its dead-letter queue; returns the ARN of the first. */
export async function createQueueWithDlq(site: Site, name: string, owner: Owner): Promise<string> {
  const dlqArn = await createQueue(site, `${name}-dlq`, { MessageRetentionPeriod: '1209600' }, owner)
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dlqArn, maxReceiveCount: 5 })
  return createQueue(site, name, { RedrivePolicy, VisibilityTimeout: '180' }, owner)
}

async function createQueue(
  site: Site,
  QueueName: string,
  Attributes: Record<string, string>,
  owner: Owner,
): Promise<string> {
  const { QueueUrl } = await site.sqs.send(new CreateQueueCommand({ QueueName, Attributes, tags: tagMap(owner) }))
  const answer = await site.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }))
  return required(answer.Attributes?.['QueueArn'], 'QueueArn')
}

export async function consumeQueue(site: Site, FunctionName: string, EventSourceArn: string): Promise<void> {
  await site.lambda.send(new CreateEventSourceMappingCommand({ FunctionName, EventSourceArn, BatchSize: 10 }))
}
