import { resourceTypes } from '@dashboard/catalog/catalog.ts'
import { table } from '@dashboard/catalog/dynamodb/table.ts'
import { instance } from '@dashboard/catalog/ec2/instance.ts'
import { routeTable } from '@dashboard/catalog/ec2/route-table.ts'
import { securityGroup } from '@dashboard/catalog/ec2/security-group.ts'
import { volume } from '@dashboard/catalog/ec2/volume.ts'
import { taskDefinition } from '@dashboard/catalog/ecs/task-definition.ts'
import { role } from '@dashboard/catalog/iam/role.ts'
import { lambdaFunction } from '@dashboard/catalog/lambda/function.ts'
import { bucket } from '@dashboard/catalog/s3/bucket.ts'
import { queue } from '@dashboard/catalog/sqs/queue.ts'
import { describe, expect, test } from 'vitest'
import { ForeignAnswerError } from '../aws/foreign-answer.ts'
import { type Call, collect, type CollectedResource, keepFailedDetails, probeOf } from './collect.ts'
import { all, type Answer, aws, failure, global, one, pagesOf, regional } from './collecting/scripted-aws.ts'

const instanceOf = (InstanceId: string) => ({ InstanceId, State: { Name: 'running' } })

describe('A listing', () => {
  test('takes the instances out of all reservations', async () => {
    const { call } = aws({
      DescribeInstances: {
        Reservations: [{ Instances: [instanceOf('i-1'), instanceOf('i-2')] }, { Instances: [instanceOf('i-3')] }, {}],
      },
    })
    expect((await all(instance, call)).map((found) => found.resourceId)).toEqual(['i-1', 'i-2', 'i-3'])
  })

  test('follows the page tokens, asking for pages of a size', async () => {
    const { call, requests } = aws({
      DescribeVolumes: ({ NextToken }) => ({
        Volumes: [{ VolumeId: `vol-${String(NextToken)}` }],
        ...(NextToken !== 'c' && { NextToken: NextToken === undefined ? 'b' : 'c' }),
      }),
    })
    const pages = await pagesOf(volume, call)
    expect(pages.map((page) => page.map((found) => found.resourceId))).toEqual([
      ['vol-undefined'],
      ['vol-b'],
      ['vol-c'],
    ])
    expect(requests.map(({ input }) => input)).toEqual([
      { MaxResults: 500 },
      { MaxResults: 500, NextToken: 'b' },
      { MaxResults: 500, NextToken: 'c' },
    ])
  })

  test('ends with an error when a page fails, after what came before', async () => {
    const { call } = aws({
      DescribeVolumes: ({ NextToken }) => {
        if (NextToken !== undefined) throw failure('UnauthorizedOperation')
        return { Volumes: [{ VolumeId: 'vol-1' }], NextToken: 'b' }
      },
    })
    const pages = collect(volume, regional, call)
    expect((await pages.next()).value).toHaveLength(1)
    await expect(pages.next()).rejects.toThrow('UnauthorizedOperation happened')
  })

  test('that gives the same token again is an error, not an endless loop', async () => {
    const { call } = aws({ DescribeVolumes: { Volumes: [], NextToken: 'again' } })
    await expect(all(volume, call)).rejects.toThrow('DescribeVolumes gave the same page token twice')
  })

  test('without items is empty', async () => {
    expect(await all(volume, aws({ DescribeVolumes: { Volumes: [] } }).call)).toEqual([])
    expect(await all(instance, aws({ DescribeInstances: { Reservations: [] } }).call)).toEqual([])
    expect(await all(table, aws({ ListTables: { TableNames: [] } }).call)).toEqual([])
  })

  test('without the list itself is empty only where AWS leaves it out', async () => {
    expect(await all(queue, aws({ ListQueues: {} }).call)).toEqual([])
    // Broke: an answer that was not AWS's had no list, counted as complete, and everything known was deleted.
    for (const type of resourceTypes.filter((one) => one !== queue)) {
      const first = type.parent ?? type.list
      const { call } = aws({ [first.operation]: {} })
      await expect(all(type, call), type.resourceType).rejects.toThrow(ForeignAnswerError)
    }
    const onLaterPage = aws({
      DescribeVolumes: ({ NextToken }) => (NextToken === undefined ? { Volumes: [], NextToken: 'b' } : {}),
    })
    await expect(all(volume, onLaterPage.call)).rejects.toThrow('DescribeVolumes was answered without its list')
  })

  test('stops when it is told to', async () => {
    const { call } = aws({ DescribeVolumes: ({ NextToken }) => ({ Volumes: [], NextToken: `${String(NextToken)}x` }) })
    const stop = new AbortController()
    const pages = collect(volume, regional, call, stop.signal)
    await pages.next()
    stop.abort()
    await expect(pages.next()).rejects.toThrow(/abort/i)
  })

  test('of a global service is signed for the home region and stays global', async () => {
    const { call, requests } = aws({
      GetAccountAuthorizationDetails: { RoleDetailList: [{ RoleName: 'r', Arn: 'arn:aws:iam::111111111111:role/r' }] },
    })
    expect((await one(role, call, global)).region).toBe('global')
    expect(requests[0]).toMatchObject({ client: 'iam', region: 'us-east-1', input: { Filter: ['Role'] } })
  })

  test('refuses an item without an id', async () => {
    await expect(all(volume, aws({ DescribeVolumes: { Volumes: [{}] } }).call)).rejects.toThrow('without VolumeId')
  })
})

describe('A probe', () => {
  test('asks for the smallest page', () => {
    expect(probeOf(instance.list)).toEqual({ MaxResults: 5 })
    expect(probeOf(role.list)).toEqual({ Filter: ['Role'], MaxItems: 1 })
  })
})

const listedTable = { ListTables: { TableNames: ['orders'] } }
const tableArn = 'arn:aws:dynamodb:eu-central-1:111111111111:table/orders'
const wholeTable = {
  ...listedTable,
  DescribeTable: { Table: { TableName: 'orders', TableArn: tableArn, TableStatus: 'ACTIVE' } },
  ListTagsOfResource: { Tags: [{ Key: 'team', Value: 'orders' }] },
}

describe('Details', () => {
  test('are merged into the item, or kept under their name', async () => {
    const found = await one(table, aws(wholeTable).call)
    expect(found).toMatchObject({ state: 'ACTIVE', tags: { team: 'orders' }, detailError: null, failedDetails: [] })
    expect(found.properties).toEqual({
      TableName: 'orders',
      TableArn: tableArn,
      TableStatus: 'ACTIVE',
      Tags: [{ Key: 'team', Value: 'orders' }],
    })
  })

  test('that describe nothing leave what was known as it was', async () => {
    const before = await one(table, aws(wholeTable).call)
    const after = await one(table, aws({ ...wholeTable, DescribeTable: {} }).call)
    expect(after.detailError).toMatchObject({ operation: 'DescribeTable' })
    expect(keepFailedDetails(table, regional, after, before.properties).hash).toEqual(before.hash)
  })

  test('are followed over their pages', async () => {
    const { call } = aws({
      ...wholeTable,
      ListTagsOfResource: ({ NextToken }) =>
        NextToken === undefined
          ? { Tags: [{ Key: 'a', Value: '1' }], NextToken: 'more' }
          : { Tags: [{ Key: 'b', Value: '2' }] },
    })
    expect((await one(table, call)).tags).toEqual({ a: '1', b: '2' })
  })

  test('that fail mark the resource and do not lose it', async () => {
    const found = await one(table, aws({ ...wholeTable, ListTagsOfResource: failure('AccessDeniedException') }).call)
    expect(found).toMatchObject({ resourceId: 'orders', state: 'ACTIVE', failedDetails: ['Tags'] })
    expect(found.detailError).toMatchObject({
      operation: 'ListTagsOfResource',
      code: 'AccessDeniedException',
      message: 'AccessDeniedException happened',
      at: expect.stringMatching(/^\d{4}-.*Z$/),
    })
  })

  test('that are denied change nothing of what was known', async () => {
    const before = await one(table, aws(wholeTable).call)
    for (const denied of ['DescribeTable', 'ListTagsOfResource']) {
      const after = await one(table, aws({ ...wholeTable, [denied]: failure('AccessDeniedException') }).call)
      const kept = keepFailedDetails(table, regional, after, before.properties)
      expect(kept).toEqual({ ...before, detailError: after.detailError, failedDetails: after.failedDetails })
    }
  })

  test('that are denied do not hide what did change', async () => {
    const before = await one(table, aws(wholeTable).call)
    const script = {
      ...wholeTable,
      DescribeTable: { Table: { TableName: 'orders', TableArn: tableArn, TableStatus: 'DELETING' } },
    }
    const after = await one(table, aws({ ...script, ListTagsOfResource: failure('AccessDeniedException') }).call)
    const kept = keepFailedDetails(table, regional, after, before.properties)
    expect(kept).toMatchObject({ state: 'DELETING', tags: { team: 'orders' } })
    expect(kept.hash.equals(before.hash)).toBe(false)
  })

  test('run a few at a time, and keep the order of the list', async () => {
    let running = 0
    let most = 0
    const names = Array.from({ length: 40 }, (_, index) => `table-${index}`)
    const { call } = aws({ ...wholeTable, ListTables: { TableNames: names } })
    const slow: Call = async (request) => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, 1))
      running--
      const answer = await call(request)
      return request.operation === 'DescribeTable' ? { Table: { TableName: request.input['TableName'] } } : answer
    }
    expect((await all(table, slow)).map((found) => found.resourceId)).toEqual(names)
    expect(most).toBe(8)
  })
})

const bucketDetails = {
  GetBucketLocation: {},
  GetBucketTagging: failure('NoSuchTagSet'),
  GetBucketEncryption: failure('ServerSideEncryptionConfigurationNotFoundError'),
  GetBucketVersioning: { $metadata: { requestId: 'r' } },
  GetPublicAccessBlock: failure('NoSuchPublicAccessBlockConfiguration'),
  GetBucketPolicyStatus: failure('NoSuchBucketPolicy'),
  GetBucketNotificationConfiguration: {},
}
const listedBucket = (fields: object = {}) => ({ ListBuckets: { Buckets: [{ Name: 'papers', ...fields }] } })

describe('A bucket', () => {
  test.each([
    [undefined, 'us-east-1'],
    ['', 'us-east-1'],
    ['EU', 'eu-west-1'],
    ['ap-southeast-1', 'ap-southeast-1'],
  ])('with location %s lives in %s, where its details are asked', async (LocationConstraint, region) => {
    const { call, requests } = aws({ ...listedBucket(), ...bucketDetails, GetBucketLocation: { LocationConstraint } })
    expect((await one(bucket, call, global)).region).toBe(region)
    expect(requests.find(({ operation }) => operation === 'GetBucketLocation')?.region).toBe('us-east-1')
    expect(requests.find(({ operation }) => operation === 'GetBucketTagging')?.region).toBe(region)
  })

  test('whose region the list tells is not asked for it', async () => {
    const { call, requests } = aws({ ...listedBucket({ BucketRegion: 'eu-north-1' }), ...bucketDetails })
    expect((await one(bucket, call, global)).region).toBe('eu-north-1')
    expect(requests.map(({ operation }) => operation)).not.toContain('GetBucketLocation')
  })

  test('that has nothing configured is complete, and says null rather than nothing', async () => {
    const found = await one(bucket, aws({ ...listedBucket(), ...bucketDetails }).call, global)
    expect(found).toMatchObject({ detailError: null, tags: {}, arn: 'arn:aws:s3:::papers' })
    expect(found.properties).toEqual({
      Name: 'papers',
      Location: null,
      Tagging: null,
      Encryption: null,
      Versioning: {},
      PublicAccessBlock: null,
      PolicyStatus: null,
      Notification: {},
    })
  })

  test('whose location is denied stays where it was', async () => {
    const located = { ...listedBucket(), ...bucketDetails, GetBucketLocation: { LocationConstraint: 'eu-west-3' } }
    const before = await one(bucket, aws(located).call, global)
    const after = await one(bucket, aws({ ...located, GetBucketLocation: failure('AccessDenied') }).call, global)
    expect(after.region).toBe('global')
    expect(keepFailedDetails(bucket, global, after, before.properties)).toMatchObject({
      region: 'eu-west-3',
      hash: before.hash,
    })
  })
})

describe('A function', () => {
  const canary = 'canary-2718281828'
  const script = {
    ListFunctions: {
      Functions: [
        {
          FunctionName: 'import',
          FunctionArn: 'arn:aws:lambda:eu-central-1:111111111111:function:import',
          DeadLetterConfig: { TargetArn: 'arn:aws:sqs:eu-central-1:111111111111:dead' },
          Environment: { Variables: { PASSWORD: canary, TABLE: tableArn } },
        },
      ],
    },
    ListTags: { Tags: { team: 'orders' } },
    ListEventSourceMappings: {
      EventSourceMappings: [
        { EventSourceArn: 'arn:aws:sqs:eu-central-1:111111111111:orders' },
        { EventSourceArn: `${tableArn}/stream/2026-11-25T00:00:00.000` },
      ],
    },
  }

  test('names what its environment names, and gives away none of its values', async () => {
    const found = await one(lambdaFunction, aws(script).call)
    expect(found.relationships).toEqual(
      expect.arrayContaining([
        { kind: 'uses', to: 'AWS::DynamoDB::Table', target: tableArn, by: 'arn', reverse: false },
        { kind: 'invokes', to: 'AWS::DynamoDB::Table', target: tableArn, by: 'arn', reverse: true },
        expect.objectContaining({ kind: 'sends-to', to: 'AWS::SQS::Queue', target: expect.stringMatching(/:dead$/) }),
        expect.objectContaining({ kind: 'invokes', to: 'AWS::SQS::Queue', target: expect.stringMatching(/:orders$/) }),
      ]),
    )
    expect(JSON.stringify(found)).not.toContain(canary)
    expect(found.properties['Environment']).toEqual({ Variables: { PASSWORD: '[redacted]', TABLE: '[redacted]' } })
  })

  test('keeps those relationships when a detail is denied', async () => {
    const before = await one(lambdaFunction, aws(script).call)
    const after = await one(lambdaFunction, aws({ ...script, ListEventSourceMappings: failure('AccessDenied') }).call)
    const kept = keepFailedDetails(lambdaFunction, regional, after, before.properties)
    const sorted = (relationships: CollectedResource['relationships']) =>
      relationships.map((relationship) => JSON.stringify(relationship)).toSorted()
    expect(sorted(kept.relationships)).toEqual(sorted(before.relationships))
    expect(kept.hash.equals(before.hash)).toBe(true)
  })
})

describe('A task definition', () => {
  const canary = 'canary-1618033988'
  const host = 'orders.c9akciq32.eu-central-1.rds.amazonaws.com'
  const secret = 'arn:aws:secretsmanager:eu-central-1:111111111111:secret:orders-AbCdEf'
  const arn = 'arn:aws:ecs:eu-central-1:111111111111:task-definition/orders:7'
  const container = {
    image: '111111111111.dkr.ecr.eu-central-1.amazonaws.com/orders:1.4',
    command: ['run', canary],
    environment: [{ name: 'DATABASE_URL', value: `postgres://orders:${canary}@${host}:5432/orders` }],
    secrets: [{ name: 'TOKEN', valueFrom: `${secret}:token::` }],
    logConfiguration: { logDriver: 'awsfirelens', options: { Name: 'datadog', apikey: canary } },
  }

  test('names its database, image and secret, and gives away nothing of its environment', async () => {
    const found = await one(
      taskDefinition,
      aws({
        ListTaskDefinitions: { taskDefinitionArns: [arn] },
        DescribeTaskDefinition: { taskDefinition: { taskDefinitionArn: arn, containerDefinitions: [container] } },
      }).call,
    )
    expect(found.name).toBe('orders:7')
    expect(found.relationships.map(({ to, target, by }) => [to, target, by])).toEqual([
      ['AWS::ECR::Repository', '111111111111.dkr.ecr.eu-central-1.amazonaws.com/orders', 'endpoint'],
      ['AWS::SecretsManager::Secret', secret, 'arn'],
      ['AWS::RDS::DBInstance', host, 'endpoint'],
    ])
    expect(JSON.stringify(found)).not.toContain(canary)
    expect(found.properties['containerDefinitions']).toMatchObject([
      { environment: [{ name: 'DATABASE_URL', value: '[redacted]' }], logConfiguration: { logDriver: 'awsfirelens' } },
    ])
  })
})

describe('Documents', () => {
  test('of IAM are decoded and read', async () => {
    const trusted = 'arn:aws:iam::222222222222:role/deploy'
    const document = { Statement: [{ Effect: 'Allow', Principal: { AWS: trusted }, Action: 'sts:AssumeRole' }] }
    const { call } = aws({
      GetAccountAuthorizationDetails: {
        RoleDetailList: [
          {
            RoleName: 'r',
            Arn: 'arn:aws:iam::111111111111:role/r',
            AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(document)),
          },
        ],
      },
    })
    const found = await one(role, call, global)
    expect(found.properties['AssumeRolePolicyDocument']).toEqual(document)
    expect(found.relationships).toEqual([
      { kind: 'assumes', to: 'AWS::IAM::Role', target: trusted, by: 'arn', reverse: true },
    ])
  })

  test('of a queue are parsed, and lead to its dead-letter queue', async () => {
    const deadLetterTargetArn = 'arn:aws:sqs:eu-central-1:111111111111:dead'
    const { call } = aws({
      ListQueues: { QueueUrls: ['https://sqs.eu-central-1.amazonaws.com/111111111111/orders'] },
      GetQueueAttributes: {
        Attributes: { CreatedTimestamp: '1795600800', RedrivePolicy: JSON.stringify({ deadLetterTargetArn }) },
      },
      ListQueueTags: {},
    })
    expect(await one(queue, call)).toMatchObject({
      resourceId: 'orders',
      arn: 'arn:aws:sqs:eu-central-1:111111111111:orders',
      createdAt: '2026-11-25T10:00:00.000Z',
      relationships: [{ kind: 'sends-to', to: 'AWS::SQS::Queue', target: deadLetterTargetArn, by: 'arn' }],
    })
  })
})

describe('Network relationships', () => {
  test('a route table tells its gateways apart', async () => {
    const Routes = ['local', 'igw-1', 'vpce-1'].map((GatewayId) => ({ GatewayId }))
    const { call } = aws({ DescribeRouteTables: { RouteTables: [{ RouteTableId: 'rtb-1', VpcId: 'vpc-1', Routes }] } })
    expect((await one(routeTable, call)).relationships.map(({ to, target }) => [to, target])).toEqual([
      ['AWS::EC2::VPC', 'vpc-1'],
      ['AWS::EC2::InternetGateway', 'igw-1'],
      ['AWS::EC2::VPCEndpoint', 'vpce-1'],
    ])
  })

  test('a security group is let in by one and lets out to another', async () => {
    const pair = (GroupId: string) => ({ UserIdGroupPairs: [{ GroupId }] })
    const group = { GroupId: 'sg-1', OwnerId: '333333333333', GroupName: 'web' }
    const { call } = aws({
      DescribeSecurityGroups: {
        SecurityGroups: [{ ...group, IpPermissions: [pair('sg-in')], IpPermissionsEgress: [pair('sg-out')] }],
      },
    })
    const found = await one(securityGroup, call)
    expect(found.arn).toBe('arn:aws:ec2:eu-central-1:333333333333:security-group/sg-1')
    expect(found.relationships.map(({ target, reverse }) => [target, reverse])).toEqual([
      ['sg-in', true],
      ['sg-out', false],
    ])
  })
})

test('Two scans of the same resources give the same hashes, and a real change another', async () => {
  const hashes = async (script: Record<string, Answer>) => (await all(table, aws(script).call)).map(({ hash }) => hash)
  const changed = { ...wholeTable, ListTagsOfResource: { Tags: [{ Key: 'team', Value: 'payments' }] } }
  const counted = { ...wholeTable, DescribeTable: { Table: { ...wholeTable.DescribeTable.Table, ItemCount: 7 } } }
  expect(await hashes(wholeTable)).toEqual(await hashes(wholeTable))
  expect(await hashes(counted)).toEqual(await hashes(wholeTable))
  expect(await hashes(changed)).not.toEqual(await hashes(wholeTable))
})
