import { DescribeLogGroupsCommand, CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2'
import { ListRolesCommand, IAMClient } from '@aws-sdk/client-iam'
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda'
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds'
import { GetBucketTaggingCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3'
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  accounts,
  createUserWithKey,
  type Credentials,
  openTestGateway,
  startTimeout,
  type TestGateway,
} from './gateway-for-tests.ts'

let test: TestGateway
let key: Credentials
beforeAll(async () => {
  test = await openTestGateway()
  key = await createUserWithKey(test, 'reader')
}, startTimeout)
afterAll(() => test.close())
beforeEach(() => test.gateway.setFaults({}))

const who = `User: arn:aws:iam::${accounts.home}:user/reader is not authorized to perform: `
const listRoles = () => new IAMClient(test.client(key)).send(new ListRolesCommand({}))
const describeDatabases = (region?: string) =>
  new RDSClient(test.client(key, region)).send(new DescribeDBInstancesCommand({}))
const describeInstances = () => new EC2Client(test.client(key)).send(new DescribeInstancesCommand({}))
const listTables = () => new DynamoDBClient(test.client(key)).send(new ListTablesCommand({}))
const describeLogGroups = () => new CloudWatchLogsClient(test.client(key)).send(new DescribeLogGroupsCommand({}))
const listQueues = () => new SQSClient(test.client(key)).send(new ListQueuesCommand({}))
const listBuckets = () => new S3Client(test.client(key)).send(new ListBucketsCommand({}))
const getTags = () => new S3Client(test.client(key)).send(new GetBucketTaggingCommand({ Bucket: 'any' }))
const listFunctions = () => new LambdaClient(test.client(key)).send(new ListFunctionsCommand({}))

describe('A denial', () => {
  it.each([
    ['query', describeDatabases, 'rds:DescribeDBInstances', 'AccessDenied', 403],
    ['query', listRoles, 'iam:ListRoles', 'AccessDenied', 403],
    ['ec2', describeInstances, 'ec2:DescribeInstances', 'UnauthorizedOperation', 403],
    ['json', listTables, 'dynamodb:ListTables', 'AccessDeniedException', 400],
    ['json', describeLogGroups, 'logs:DescribeLogGroups', 'AccessDeniedException', 400],
    ['query-compatible json', listQueues, 'sqs:ListQueues', 'AccessDenied', 400],
    ['rest-xml', listBuckets, 's3:ListAllMyBuckets', 'AccessDenied', 403],
    ['rest-xml', getTags, 's3:GetBucketTagging', 'AccessDenied', 403],
    ['rest-json', listFunctions, 'lambda:ListFunctions', 'AccessDeniedException', 403],
  ])(
    'of a %s call has the code and the words of AWS and names the action',
    async (_protocol, call, action, name, httpStatusCode) => {
      test.gateway.setFaults({ denials: [{ actions: [action], reason: 'identity-policy' }] })
      const error = await (call as () => Promise<unknown>)().catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ name, $metadata: { httpStatusCode } })
      expect((error as Error).message).toContain(`${who}${action}`)
      expect((error as Error).message).toContain(`because no identity-based policy allows the ${action} action`)
    },
  )

  it('by a service control policy says so', async () => {
    test.gateway.setFaults({ denials: [{ actions: ['lambda:*'], reason: 'service-control-policy' }] })
    await expect(listFunctions()).rejects.toThrow(/with an explicit deny in a service control policy$/)
  })

  it('holds in its account and Region only', async () => {
    const denials = [
      {
        accountId: accounts.home,
        region: 'eu-central-1',
        actions: ['rds:Describe*'],
        reason: 'identity-policy' as const,
      },
    ]
    test.gateway.setFaults({ denials })
    await expect(describeDatabases('eu-central-1')).rejects.toMatchObject({ name: 'AccessDenied' })
    await expect(describeDatabases('eu-west-1')).resolves.toMatchObject({ DBInstances: [] })
    test.gateway.setFaults({ denials: denials.map((denial) => ({ ...denial, accountId: accounts.foreign })) })
    await expect(describeDatabases('eu-central-1')).resolves.toMatchObject({ DBInstances: [] })
  })
})

describe('A disturbance', () => {
  it('throttles in the words of each service', async () => {
    test.gateway.setFaults({ disturbances: [{ kind: 'throttle', actions: ['*'] }] })
    await expect(describeInstances()).rejects.toMatchObject({
      name: 'RequestLimitExceeded',
      $metadata: { httpStatusCode: 503 },
    })
    await expect(listRoles()).rejects.toMatchObject({ name: 'Throttling', $metadata: { httpStatusCode: 400 } })
    await expect(listBuckets()).rejects.toMatchObject({ name: 'SlowDown' })
    await expect(listTables()).rejects.toMatchObject({ name: 'ThrottlingException' })
    await expect(listFunctions()).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      $metadata: { httpStatusCode: 429 },
    })
  })

  it('fails a share of the calls', async () => {
    test.gateway.setFaults({ disturbances: [{ kind: 'server-error', actions: ['dynamodb:*'], probability: 0.5 }] })
    const outcomes = await Promise.allSettled(Array.from({ length: 60 }, listTables))
    const failed = outcomes.filter(({ status }) => status === 'rejected').length
    // 60 fair coins: fewer than 10 or more than 50 heads happen once in ten million runs.
    expect(failed).toBeGreaterThan(10)
    expect(failed).toBeLessThan(50)
  })

  it('makes calls late', async () => {
    test.gateway.setFaults({ disturbances: [{ kind: 'latency', actions: ['dynamodb:ListTables'], milliseconds: 300 }] })
    const startedAt = performance.now()
    await listTables()
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(295)
  })
})

describe('The faults', () => {
  const put = (body: string, headers = {}) =>
    fetch(`${test.gateway.endpoint}/_gateway/faults`, { method: 'PUT', body, headers })

  it('can be replaced while it runs, and read back', async () => {
    const response = await put(JSON.stringify({ denials: [{ actions: ['dynamodb:*'], reason: 'explicit-deny' }] }))
    expect(await response.json()).toMatchObject({ denials: [{ actions: ['dynamodb:*'] }], disturbances: [] })
    await expect(listTables()).rejects.toThrow('with an explicit deny in an identity-based policy')
  })

  it('stay as they were when the new ones make no sense', async () => {
    expect((await put('{"denials":[{"actions":[],"reason":"because"}]}')).status).toBe(400)
    expect((await put('not json')).status).toBe(400)
    await expect(listTables()).resolves.toMatchObject({ TableNames: [] })
  })

  it('cannot be set by a web page', async () => {
    expect((await put('{}', { origin: 'https://example.com' })).status).toBe(403)
  })
})
