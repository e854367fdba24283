import { DescribeInstancesCommand, DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import {
  DeleteAccessKeyCommand,
  DeleteRoleCommand,
  GetRoleCommand,
  GetUserCommand,
  IAMClient,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam'
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda'
import {
  CreateBucketCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { CreateQueueCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  accounts,
  assumeRole,
  createTrustingRole,
  createUserWithKey,
  type Credentials,
  openTestGateway,
  operators,
  startTimeout,
  type TestGateway,
} from './gateway-for-tests.ts'
import { createSessions } from './sessions.ts'
import { required } from './required.ts'

let test: TestGateway
beforeAll(async () => void (test = await openTestGateway()), startTimeout)
afterAll(() => test.close())

const whoami = (credentials: Credentials) =>
  new STSClient(test.client(credentials)).send(new GetCallerIdentityCommand({}))

describe('A key', () => {
  it('of an IAM user signs in as that user', async () => {
    const key = await createUserWithKey(test, 'alice')
    expect(await whoami(key)).toMatchObject({
      Account: accounts.home,
      Arn: `arn:aws:iam::${accounts.home}:user/alice`,
      UserId: expect.stringMatching(/^AIDA/),
    })
  })

  it('with a wrong secret gets the refusal each service gives', async () => {
    const wrong = { ...(await createUserWithKey(test, 'bob')), secretAccessKey: 'wrong' }
    const config = test.client(wrong)
    await expect(new IAMClient(config).send(new GetUserCommand({}))).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
      $metadata: { httpStatusCode: 403 },
    })
    await expect(new EC2Client(config).send(new DescribeVpcsCommand({}))).rejects.toMatchObject({
      name: 'AuthFailure',
      $metadata: { httpStatusCode: 401 },
    })
    await expect(new S3Client(config).send(new ListBucketsCommand({}))).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
    })
    await expect(new DynamoDBClient(config).send(new ListTablesCommand({}))).rejects.toMatchObject({
      name: 'InvalidSignatureException',
      $metadata: { httpStatusCode: 400 },
    })
    await expect(new LambdaClient(config).send(new ListFunctionsCommand({}))).rejects.toMatchObject({
      name: 'InvalidSignatureException',
      $metadata: { httpStatusCode: 403 },
    })
  })

  it('nobody made is unknown, in the words of each service', async () => {
    const config = test.client({ accessKeyId: 'AKIANOBODYMADETHIS01', secretAccessKey: 'x' })
    await expect(new IAMClient(config).send(new GetUserCommand({}))).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
    })
    await expect(new S3Client(config).send(new ListBucketsCommand({}))).rejects.toMatchObject({
      name: 'InvalidAccessKeyId',
    })
    await expect(new DynamoDBClient(config).send(new ListTablesCommand({}))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    })
    await expect(new LambdaClient(config).send(new ListFunctionsCommand({}))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    })
  })

  it('stops working when it is made inactive, works again when active, and not when deleted', async () => {
    const key = await createUserWithKey(test, 'carol')
    const iam = new IAMClient(test.client())
    const target = { UserName: 'carol', AccessKeyId: key.accessKeyId }
    await iam.send(new UpdateAccessKeyCommand({ ...target, Status: 'Inactive' }))
    await expect(whoami(key)).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
    await iam.send(new UpdateAccessKeyCommand({ ...target, Status: 'Active' }))
    await expect(whoami(key)).resolves.toMatchObject({ Account: accounts.home })
    await iam.send(new DeleteAccessKeyCommand(target))
    await expect(whoami(key)).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
  })

  it.each([-16, 16])('signed %d minutes from now is refused with the reason', async (minutes) => {
    const config = { ...test.client(), systemClockOffset: minutes * 60_000 }
    await expect(new STSClient(config).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
      message: expect.stringMatching(
        minutes < 0 ? /^Signature expired: .* is now earlier than/ : /^Signature not yet current: .* is now later than/,
      ),
    })
    await expect(new S3Client(config).send(new ListBucketsCommand({}))).rejects.toMatchObject({
      name: 'RequestTimeTooSkewed',
    })
  })

  it('is demanded: a call without signature gets nothing', async () => {
    const response = await fetch(test.gateway.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'Action=ListUsers&Version=2010-05-08',
    })
    expect(response.status).toBe(403)
    expect(await response.text()).toContain('<Code>MissingAuthenticationToken</Code>')
  })

  it('cannot choose its account by a header', async () => {
    const key = await createUserWithKey(test, 'dave')
    const sqs = new SQSClient(test.client(key))
    sqs.middlewareStack.add(
      (next) => (args) => {
        const { headers } = args.request as { headers: Record<string, string> }
        headers['x-moto-account-id'] = accounts.foreign
        return next(args)
      },
      { step: 'build' },
    )
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'mine' }))
    expect(QueueUrl).toContain(accounts.home)
  })
})

describe('Assuming a role', () => {
  let caller: Credentials
  let roleArn: string
  beforeAll(async () => {
    caller = await createUserWithKey(test, 'broker')
    roleArn = await createTrustingRole(
      test,
      'reader',
      `arn:aws:iam::${accounts.home}:user/broker`,
      'the-right-one',
      'foreign',
    )
  })

  const refusal = (arn: string, user = 'broker', account: string = accounts.home) => ({
    name: 'AccessDenied',
    $metadata: { httpStatusCode: 403 },
    message: `User: arn:aws:iam::${account}:user/${user} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
  })

  it('works with the right ExternalId and acts in the account of the role', async () => {
    const session = await assumeRole(test, caller, roleArn, 'the-right-one')
    expect(await whoami(session)).toMatchObject({
      Account: accounts.foreign,
      Arn: `arn:aws:sts::${accounts.foreign}:assumed-role/reader/a-session`,
    })
  })

  it('is refused with a wrong ExternalId and without one', async () => {
    await expect(assumeRole(test, caller, roleArn, 'a-wrong-one')).rejects.toMatchObject(refusal(roleArn))
    await expect(assumeRole(test, caller, roleArn)).rejects.toMatchObject(refusal(roleArn))
  })

  it('that does not exist is refused in the same words', async () => {
    const absent = `arn:aws:iam::${accounts.foreign}:role/no-such-role`
    await expect(assumeRole(test, caller, absent, 'the-right-one')).rejects.toMatchObject(refusal(absent))
  })

  it('is refused to a caller the role does not trust, also from its own account', async () => {
    const stranger = await createUserWithKey(test, 'stranger', 'foreign')
    await expect(assumeRole(test, stranger, roleArn, 'the-right-one')).rejects.toMatchObject(
      refusal(roleArn, 'stranger', accounts.foreign),
    )
  })

  it('is refused for longer than the role allows', async () => {
    const command = new AssumeRoleCommand({
      RoleArn: roleArn,
      RoleSessionName: 'long',
      ExternalId: 'the-right-one',
      DurationSeconds: 7200,
    })
    await expect(new STSClient(test.client(caller)).send(command)).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining('MaxSessionDuration'),
    })
  })

  it('gives sessions that see their own account only', async () => {
    const session = await assumeRole(test, caller, roleArn, 'the-right-one')
    await new S3Client(test.client()).send(
      new CreateBucketCommand({
        Bucket: 'bucket-of-home',
        CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
      }),
    )
    const home = new S3Client(test.client())
    const foreign = new S3Client(test.client(session))
    expect((await home.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toContain('bucket-of-home')
    expect((await foreign.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([])
    await expect(foreign.send(new HeadBucketCommand({ Bucket: 'bucket-of-home' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    })
    const vpcs = async (credentials: Credentials) =>
      (await new EC2Client(test.client(credentials)).send(new DescribeVpcsCommand({}))).Vpcs?.map(
        ({ OwnerId }) => OwnerId,
      )
    expect(await vpcs(session)).toEqual([accounts.foreign])
    expect(await vpcs(operators.home)).toEqual([accounts.home])
  })

  it('gives sessions whose token cannot be left out, swapped or altered', async () => {
    const one = await assumeRole(test, caller, roleArn, 'the-right-one')
    const other = await assumeRole(test, caller, roleArn, 'the-right-one')
    const { sessionToken: _, ...bare } = one
    const token = required(one.sessionToken, 'SessionToken')
    const altered = token.replace(/.(?=\.)/, (letter) => (letter === 'A' ? 'B' : 'A'))
    for (const bad of [
      bare,
      { ...one, sessionToken: required(other.sessionToken, 'SessionToken') },
      { ...one, sessionToken: altered },
    ]) {
      await expect(whoami(bad)).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
    }
  })

  it('gives sessions that expire', async () => {
    const { Role } = await new IAMClient(test.client(operators.foreign)).send(
      new GetRoleCommand({ RoleName: 'reader' }),
    )
    // The gateway's own maker of sessions with the gateway's own key: only the time is one nobody wants to wait for.
    const sessions = createSessions(join(test.dataDir, 'session.key'))
    const facts = { accountId: accounts.foreign, roleArn, roleId: required(Role?.RoleId, 'RoleId'), sessionName: 'old' }
    await expect(whoami(sessions.issue({ ...facts, expiresAt: Date.now() + 60_000 }))).resolves.toMatchObject({
      Account: accounts.foreign,
    })
    const old = test.client(sessions.issue({ ...facts, expiresAt: Date.now() - 1000 }))
    await expect(new STSClient(old).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'ExpiredToken',
      $metadata: { httpStatusCode: 403 },
    })
    await expect(new EC2Client(old).send(new DescribeVpcsCommand({}))).rejects.toMatchObject({ name: 'RequestExpired' })
    await expect(new DynamoDBClient(old).send(new ListTablesCommand({}))).rejects.toMatchObject({
      name: 'ExpiredTokenException',
    })
  })

  it('gives sessions that end with their role', async () => {
    const arn = await createTrustingRole(test, 'short-lived', `arn:aws:iam::${accounts.home}:root`, 'id')
    const session = await assumeRole(test, caller, arn, 'id')
    await new IAMClient(test.client()).send(new DeleteRoleCommand({ RoleName: 'short-lived' }))
    await createTrustingRole(test, 'short-lived', `arn:aws:iam::${accounts.home}:root`, 'id')
    await expect(whoami(session)).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
  })
})

describe('The gateway', () => {
  it('answers an operation it does not have with an error of AWS, not with a page', async () => {
    const ec2 = new EC2Client(test.client())
    const { DescribePlacementGroupsCommand } = await import('@aws-sdk/client-ec2')
    await expect(ec2.send(new DescribePlacementGroupsCommand({}))).rejects.toMatchObject({
      name: 'InvalidAction',
      $metadata: { httpStatusCode: 400 },
    })
  })

  it('pages the bucket list with AWS own continuation and names the Region of each bucket', async () => {
    const s3 = new S3Client(test.client(operators.foreign))
    for (const Bucket of ['page-c', 'page-a', 'page-b'])
      await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }))
    const first = await s3.send(new ListBucketsCommand({ MaxBuckets: 2, Prefix: 'page-' }))
    expect(first.Buckets?.map(({ Name, BucketRegion }) => [Name, BucketRegion])).toEqual([
      ['page-a', 'eu-west-1'],
      ['page-b', 'eu-west-1'],
    ])
    const second = await s3.send(
      new ListBucketsCommand({ MaxBuckets: 2, Prefix: 'page-', ContinuationToken: first.ContinuationToken }),
    )
    expect(second.Buckets?.map(({ Name }) => Name)).toEqual(['page-c'])
    expect(second.ContinuationToken).toBeUndefined()
  })

  it('takes keys of objects with any letters', async () => {
    const s3 = new S3Client(test.client())
    await s3.send(
      new CreateBucketCommand({ Bucket: 'odd-keys', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
    )
    await expect(
      s3.send(new PutObjectCommand({ Bucket: 'odd-keys', Key: 'ä b/+(1)*.txt', Body: 'text' })),
    ).resolves.toMatchObject({ ETag: expect.any(String) })
  })

  it('answers many calls at once, each its own', async () => {
    const regions = ['us-east-1', 'eu-west-1', 'eu-central-1', 'ap-southeast-1']
    const answers = await Promise.all(
      Array.from({ length: 24 }, async (_, index) => {
        const config = test.client(operators.home, regions[index % 4])
        const vpcs = await new EC2Client(config).send(new DescribeVpcsCommand({}))
        await new SQSClient(config).send(new ListQueuesCommand({}))
        await new EC2Client(config).send(new DescribeInstancesCommand({}))
        return vpcs.Vpcs?.[0]?.VpcId
      }),
    )
    expect(new Set(answers).size).toBe(4)
    answers.forEach((id, index) => expect(id).toBe(answers[index % 4]))
  })
})
