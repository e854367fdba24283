import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { EC2Client } from '@aws-sdk/client-ec2'
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import { IAMClient } from '@aws-sdk/client-iam'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { RDSClient } from '@aws-sdk/client-rds'
import { S3Client } from '@aws-sdk/client-s3'
import { SQSClient } from '@aws-sdk/client-sqs'
import type { OperatorKey } from '../aws-gateway/credentials.ts'

/** One account and Region at one day of the past, with a client for each service the demo uses. */
export interface Site {
  accountId: string
  region: string
  ec2: EC2Client
  elb: ElasticLoadBalancingV2Client
  rds: RDSClient
  s3: S3Client
  iam: IAMClient
  lambda: LambdaClient
  dynamodb: DynamoDBClient
  sqs: SQSClient
  logs: CloudWatchLogsClient
}

export interface SiteOptions {
  endpoint: string
  key: OperatorKey
  region: string
  now: Date
  daysAgo: number
}

/** Everything sent through a site happens `daysAgo` days before `now` and gets the same ids in every installation. */
export function siteOf({ endpoint, key, region, now, daysAgo }: SiteOptions): Site {
  const { accessKeyId, secretAccessKey } = key
  // A copy of its own: the SDK writes into what it is given.
  const config = { endpoint, region, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 2 }
  const instant = new Date(now.getTime() - daysAgo * 86_400_000).toISOString()
  const stamped = <C extends Stackable>(name: string, client: C): C =>
    stamp(client, instant, `demo/${key.accountId}/${region}/${daysAgo}/${name}`)
  return {
    accountId: key.accountId,
    region,
    ec2: stamped('ec2', new EC2Client(config)),
    elb: stamped('elb', new ElasticLoadBalancingV2Client(config)),
    rds: stamped('rds', new RDSClient(config)),
    s3: stamped('s3', new S3Client({ ...config, forcePathStyle: true })),
    iam: stamped('iam', new IAMClient(config)),
    lambda: stamped('lambda', new LambdaClient(config)),
    dynamodb: stamped('dynamodb', new DynamoDBClient(config)),
    sqs: stamped('sqs', new SQSClient(config)),
    logs: stamped('logs', new CloudWatchLogsClient(config)),
  }
}

interface Stackable {
  middlewareStack: EC2Client['middlewareStack'] | S3Client['middlewareStack'] | IAMClient['middlewareStack'] | object
}

interface BuildArguments {
  request: { headers: Record<string, string> }
}

type Middleware = (
  next: (args: BuildArguments) => unknown,
  context: { commandName?: string },
) => (args: BuildArguments) => unknown

/** Secrets stay random: with a seed from the source code everyone would know them. */
const unseeded = new Set(['CreateAccessKeyCommand'])

function stamp<C extends Stackable>(client: C, instant: string, seed: string): C {
  let count = 0
  const middleware: Middleware = (next, context) => (args) => {
    args.request.headers['x-gateway-time'] = instant
    count += 1
    if (!unseeded.has(context.commandName ?? '')) args.request.headers['x-gateway-seed'] = `${seed}/${count}`
    return next(args)
  }
  const stack = client.middlewareStack as {
    add(middleware: Middleware, options: { step: 'build'; name: string }): void
  }
  stack.add(middleware, { step: 'build', name: 'gatewayStamp' })
  return client
}
