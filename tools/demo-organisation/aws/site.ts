import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { EC2Client } from '@aws-sdk/client-ec2'
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import { IAMClient } from '@aws-sdk/client-iam'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { RDSClient } from '@aws-sdk/client-rds'
import { S3Client } from '@aws-sdk/client-s3'
import { SQSClient } from '@aws-sdk/client-sqs'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import type { OperatorKey } from '../../aws-gateway/credentials.ts'

type Constructor<Client> = new (config: never) => Client

/** One account and Region at one day of the past, with a client for each service the demo uses. */
export interface Site {
  accountId: string
  region: string
  /** A client of any service; the same one at each call. */
  of<Client>(constructor: Constructor<Client>): Client
  readonly ec2: EC2Client
  readonly elb: ElasticLoadBalancingV2Client
  readonly rds: RDSClient
  readonly s3: S3Client
  readonly iam: IAMClient
  readonly lambda: LambdaClient
  readonly dynamodb: DynamoDBClient
  readonly sqs: SQSClient
  readonly logs: CloudWatchLogsClient
}

export interface SiteOptions {
  endpoint: string
  key: OperatorKey
  region: string
  now: Date
  daysAgo: number
}

const msOfDay = 86_400_000

/** Shared by all clients. Kinesis would speak HTTP/2 by itself. */
const requestHandler = new NodeHttpHandler()

/** The instant so many days, or parts of a day, before `now`. */
export function daysBefore(now: Date, daysAgo: number): Date {
  return new Date(now.getTime() - daysAgo * msOfDay)
}

/** Everything sent through a site happens `daysAgo` days before `now` and gets the same ids in every installation. */
export function siteOf({ endpoint, key, region, now, daysAgo }: SiteOptions): Site {
  const { accountId, accessKeyId, secretAccessKey } = key
  const instant = daysBefore(now, daysAgo).toISOString()
  const clients = new Map<unknown, unknown>()
  const of = <Client>(constructor: Constructor<Client>): Client => {
    const known = clients.get(constructor) as Client | undefined
    if (known !== undefined) return known
    // A copy of its own: the SDK writes into what it is given.
    const credentials = { accessKeyId, secretAccessKey }
    const config = { endpoint, region, credentials, maxAttempts: 2, forcePathStyle: true, requestHandler }
    const client = new constructor(config as never)
    stamp(client as Stackable, instant, `demo/${accountId}/${region}/${daysAgo}/${constructor.name}`)
    clients.set(constructor, client)
    return client
  }
  return {
    accountId,
    region,
    of,
    get ec2() {
      return of(EC2Client)
    },
    get elb() {
      return of(ElasticLoadBalancingV2Client)
    },
    get rds() {
      return of(RDSClient)
    },
    get s3() {
      return of(S3Client)
    },
    get iam() {
      return of(IAMClient)
    },
    get lambda() {
      return of(LambdaClient)
    },
    get dynamodb() {
      return of(DynamoDBClient)
    },
    get sqs() {
      return of(SQSClient)
    },
    get logs() {
      return of(CloudWatchLogsClient)
    },
  }
}

interface BuildArguments {
  request: { headers: Record<string, string> }
}

type Middleware = (
  next: (args: BuildArguments) => unknown,
  context: { commandName?: string },
) => (args: BuildArguments) => unknown

interface Stackable {
  middlewareStack: { add(middleware: Middleware, options: { step: 'build'; name: string }): void }
}

/** Secrets stay random: with a seed from the source code everyone would know them. */
const unseeded = new Set(['CreateAccessKeyCommand'])

function stamp(client: Stackable, instant: string, seed: string): void {
  let count = 0
  const middleware: Middleware = (next, context) => (args) => {
    const { headers } = args.request
    headers['x-gateway-time'] = instant
    count += 1
    if (!unseeded.has(context.commandName ?? '')) headers['x-gateway-seed'] = `${seed}/${count}`
    return next(args)
  }
  client.middlewareStack.add(middleware, { step: 'build', name: 'gatewayStamp' })
}
