import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { DescribeVolumesCommand, EC2Client } from '@aws-sdk/client-ec2'
import { IAMClient, GetRoleCommand } from '@aws-sdk/client-iam'
import { LambdaClient, ListFunctionsCommand, ListTagsCommand } from '@aws-sdk/client-lambda'
import { GetBucketTaggingCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EstateGateway, startEstateGateway } from '../../estates/estate-gateway.ts'
import { type Gateway, startGateway } from '../gateway.ts'
import { required } from '../required.ts'
import { recordAnswers, type RecordableClient } from './recorder.ts'
import { appendAnswer, readRecording } from './recording-file.ts'

let aws: EstateGateway
let replay: Gateway
let directory: string
let accountId: string
let region: string
let file: string

const user = {
  arn: 'arn:aws:iam::999999999999:user/reader',
  accessKeyId: 'AKIAREPLAY0000000001',
  secretAccessKey: 'replay',
}

interface Sdk {
  send(command: unknown): Promise<object>
}

/** The questions asked of the one and of the other, with what a person may see of the answers. */
async function ask(client: (constructor: new (config: never) => unknown) => Sdk): Promise<unknown[]> {
  const send = async (constructor: new (config: never) => unknown, command: unknown) => {
    try {
      const { $metadata: _ids, ...answer } = (await client(constructor).send(command)) as Record<string, unknown>
      return answer
    } catch (error) {
      return { name: (error as Error).name, message: (error as Error).message }
    }
  }
  const first = (await send(EC2Client, new DescribeVolumesCommand({ MaxResults: 5 }))) as { NextToken?: string }
  return [
    first,
    await send(EC2Client, new DescribeVolumesCommand({ MaxResults: 5, NextToken: first.NextToken })),
    await send(DynamoDBClient, new ListTablesCommand({ Limit: 3 })),
    await send(LambdaClient, new ListFunctionsCommand({ MaxItems: 2 })),
    await send(LambdaClient, new ListTagsCommand({ Resource: `arn:aws:lambda:${region}:${accountId}:function:none` })),
    await send(S3Client, new ListBucketsCommand({ MaxBuckets: 2 })),
    await send(S3Client, new GetBucketTaggingCommand({ Bucket: 'none' })),
    await send(IAMClient, new GetRoleCommand({ RoleName: 'none' })),
  ]
}

const settings = (endpoint: string, credentials: object) => ({
  endpoint,
  region,
  credentials,
  maxAttempts: 1,
  forcePathStyle: true,
})

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recording-'))
  file = join(directory, 'answers.ndjson')
  aws = await startEstateGateway({ seed: 'replay', accounts: 1, regions: 1, resources: 400 })
  accountId = required(aws.estate.accounts[0], 'an account')
  region = required(aws.estate.regions[0], 'a Region')
})
afterAll(async () => {
  await replay.close()
  await aws.close()
  await rm(directory, { recursive: true, force: true })
})

test('What a client was answered is recorded, and answered again to the same questions', async () => {
  const credentials = await aws.session(accountId)
  const recorded = await ask((constructor) => {
    const client = new constructor(settings(aws.endpoint, credentials) as never) as Sdk & RecordableClient
    recordAnswers(client, accountId, (answer) => appendAnswer(file, answer))
    return client
  })
  expect(recorded).toMatchObject([
    { Volumes: { length: 5 } },
    { Volumes: { length: 5 } },
    {},
    { Functions: { length: 2 } },
    { name: 'ResourceNotFoundException' },
    { Buckets: { length: 2 } },
    { name: 'NoSuchBucket' },
    { name: 'NoSuchEntityException' },
  ])
  const lines = readRecording(file)
  expect(lines.map(({ status }) => status)).toEqual([200, 200, 200, 200, 404, 200, 404, 404])

  replay = await startGateway({
    backend: {
      kind: 'recording',
      source: { file },
      users: [{ ...user, arn: `arn:aws:iam::${accountId}:user/reader` }],
    },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  })
  const again = await ask((constructor) => new constructor(settings(replay.endpoint, user) as never) as Sdk)
  expect(again).toEqual(recorded)
})

test('A question that was not recorded gets no made-up answer', async () => {
  const ec2 = new EC2Client(settings(replay.endpoint, user) as never)
  await expect(ec2.send(new DescribeVolumesCommand({ MaxResults: 6 }))).rejects.toMatchObject({ name: 'InvalidAction' })
})
