import {
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {
  DescribeInstancesCommand,
  DescribeRegionsCommand,
  DescribeVolumesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2'
import {
  GetAccountAuthorizationDetailsCommand,
  GetRoleCommand,
  IAMClient,
  ListGroupsCommand,
} from '@aws-sdk/client-iam'
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds'
import { HeadBucketCommand, GetBucketLocationCommand, S3Client } from '@aws-sdk/client-s3'
import { GetQueueUrlCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { findResourceType, resourceTypes } from '@dashboard/catalog/catalog.ts'
import type { CollectedResource } from '@dashboard/server/discovery/collect.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Clones, clonesOf } from '../../estates/clone.ts'
import { type EstateGateway, startEstateGateway } from '../../estates/estate-gateway.ts'
import type { EstateScope } from '../../estates/scopes.ts'
import { globalTypes, kindNames, kindOf } from '../../estates/kinds.ts'
import type { Described } from '../../estates/template.ts'
import { required } from '../required.ts'
import { discoveryOf, type Discovery } from '../../estates/estate-discovery.ts'

let aws: EstateGateway
let clones: Clones
let discovery: Discovery
let accountId: string
/** The Region the account uses. */
let region: string

beforeAll(async () => {
  aws = await startEstateGateway({ seed: 'pages', accounts: 1, regions: 3, resources: 1_500 })
  clones = clonesOf(aws.estate)
  discovery = await discoveryOf(aws)
  accountId = required(aws.estate.accounts[0], 'an account')
  region = required(
    aws.estate.regions.find((one) => aws.estate.list(accountId, one, 'AWS::RDS::DBInstance').length > 1),
    'a used Region',
  )
})
afterAll(async () => {
  discovery.close()
  await aws.close()
})

const scopeOf = (resourceType: string): EstateScope => ({
  accountId,
  resourceType,
  region: globalTypes.has(resourceType) ? 'global' : region,
})

const modelOf = (scope: EstateScope): Described[] =>
  aws.estate
    .list(scope.accountId, scope.region, scope.resourceType)
    .map((resource) => clones.described(resource, new URL(aws.endpoint).host))

/** AWS gives no order to most lists, and the product sorts some of them. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(inOrder).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => [key, inOrder(field)]),
  )
}

const described = ({
  resourceId,
  arn,
  name,
  state,
  region: at,
  tags,
  createdAt,
  properties,
  relationships,
}: CollectedResource | Described) =>
  inOrder({ resourceId, arn, name, state, region: at, tags, createdAt, properties, relationships })

const idsOf = (resources: readonly { resourceId: string }[]) => resources.map(({ resourceId }) => resourceId).toSorted()

const typesOfEstates = new Set(kindNames.map((name) => kindOf(name).resourceType))
const [types, otherTypes] = [true, false].map((hasSome) =>
  resourceTypes
    .filter((type) => typesOfEstates.has(type.resourceType) === hasSome)
    .map((type) => [type.resourceType] as const),
) as [[string][], [string][]]

describe('An estate behind the gateway', () => {
  test.each(types)('answers every %s as it is in the model, with all its details', async (resourceType) => {
    const found = await discovery.collect(scopeOf(resourceType))
    const model = modelOf(scopeOf(resourceType))
    expect(model.length).toBeGreaterThan(0)
    expect(found.filter(({ detailError }) => detailError !== null)).toEqual([])
    expect(new Map(found.map((one) => [one.resourceId, described(one)]))).toEqual(
      new Map(model.map((one) => [one.resourceId, described(one)])),
    )
  })

  test.each(types)(
    'answers the same %s in the smallest pages, in odd ones and in the largest',
    async (resourceType) => {
      const ids = idsOf(modelOf(scopeOf(resourceType)))
      for (const size of [1, 7, 10_000].filter((one) => one > 1 || ids.length < 40))
        expect(idsOf(await discovery.collect(scopeOf(resourceType), Math.min(size, mostOf(resourceType))))).toEqual(ids)
    },
  )

  test.each(otherTypes)('has no %s, and says so with an empty list', async (resourceType) => {
    const type = required(findResourceType(resourceType), resourceType)
    const at = type.scope === 'global' ? 'global' : region
    expect(await discovery.collect({ accountId, region: at, resourceType })).toEqual([])
  })

  test('gives instances relationships that lead to resources of the model', async () => {
    const keys = new Set([...aws.estate.resources()].map((key) => key.split('/').slice(2).join('/')))
    const instances = await discovery.collect(scopeOf('AWS::EC2::Instance'))
    const ends = instances.flatMap(({ relationships }) => relationships.filter(({ by }) => by === 'id'))
    const unknown = ends.filter(({ to, target }) => to !== 'AWS::EC2::Image' && !keys.has(`${to}/${target}`))
    expect(ends.length).toBeGreaterThan(instances.length * 2)
    expect(unknown).toEqual([])
  })

  test('has nothing but the default VPC in a Region that is not used', async () => {
    const isUnused = (one: string) => aws.estate.list(accountId, one, 'AWS::EC2::Instance').length === 0
    const other = required(aws.estate.regions.find(isUnused), 'an unused Region')
    const vpcs = await discovery.collect({ accountId, region: other, resourceType: 'AWS::EC2::VPC' })
    expect(vpcs.map(({ properties }) => properties['IsDefault'])).toEqual([true])
    expect(await discovery.collect({ accountId, region: other, resourceType: 'AWS::EC2::Volume' })).toEqual([])
  })
})

const mostOf = (resourceType: string): number =>
  resourceTypes.find((type) => type.resourceType === resourceType)?.list.page?.size?.max ?? 1

describe('The pages', () => {
  const client = async <Client>(constructor: new (config: never) => Client, at = region): Promise<Client> =>
    new constructor({
      endpoint: aws.endpoint,
      region: at,
      credentials: await aws.session(accountId),
      maxAttempts: 1,
      forcePathStyle: true,
    } as never)

  test('have the bounds that AWS sets', async () => {
    const ec2 = await client(EC2Client)
    await expect(ec2.send(new DescribeInstancesCommand({ MaxResults: 4 }))).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    })
    const rds = await client(RDSClient)
    await expect(rds.send(new DescribeDBInstancesCommand({ MaxRecords: 19 }))).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    })
    await expect(rds.send(new DescribeDBInstancesCommand({ MaxRecords: 101 }))).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    })
    const { LoadBalancers } = await (
      await client(ElasticLoadBalancingV2Client)
    ).send(new DescribeLoadBalancersCommand({ PageSize: 2 }))
    expect(LoadBalancers).toHaveLength(2)
  })

  test('are refused for a token that was never given, or to another operation', async () => {
    const ec2 = await client(EC2Client)
    const { NextToken } = await ec2.send(new DescribeInstancesCommand({ MaxResults: 5 }))
    expect(NextToken).toBeDefined()
    await expect(ec2.send(new DescribeVolumesCommand({ MaxResults: 5, NextToken }))).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    })
    await expect(ec2.send(new DescribeInstancesCommand({ MaxResults: 5, NextToken: 'made up' }))).rejects.toMatchObject(
      { name: 'InvalidParameterValue' },
    )
  })

  test('of SQS have a token only for those who asked for pages', async () => {
    const sqs = await client(SQSClient)
    expect((await sqs.send(new ListQueuesCommand({ MaxResults: 3 }))).NextToken).toBeDefined()
    const all = await sqs.send(new ListQueuesCommand({}))
    expect(all.NextToken).toBeUndefined()
    expect(all.QueueUrls).toHaveLength(aws.estate.list(accountId, region, 'AWS::SQS::Queue').length)
  })

  test('of IAM hold users and roles together when nobody chooses', async () => {
    const iam = await client(IAMClient, 'us-east-1')
    const found: (string | undefined)[] = []
    for (let Marker: string | undefined; ;) {
      const page = await iam.send(new GetAccountAuthorizationDetailsCommand({ MaxItems: 9, ...(Marker && { Marker }) }))
      found.push(...[...(page.RoleDetailList ?? []), ...(page.UserDetailList ?? [])].map((one) => one.Arn))
      if (!page.IsTruncated) break
      Marker = page.Marker
    }
    const count = (type: string) => aws.estate.list(accountId, 'global', type).length
    expect(new Set(found).size).toBe(count('AWS::IAM::Role') + count('AWS::IAM::User'))
  })

  test('are the named resources, or AWS’s word for those that are not there', async () => {
    const ec2 = await client(EC2Client)
    const [first] = aws.estate.list(accountId, region, 'AWS::EC2::Volume')
    const { Volumes } = await ec2.send(new DescribeVolumesCommand({ VolumeIds: [first?.id ?? ''] }))
    expect(Volumes?.map(({ VolumeId }) => VolumeId)).toEqual([first?.id])
    await expect(ec2.send(new DescribeVolumesCommand({ VolumeIds: ['vol-00000000000000000'] }))).rejects.toMatchObject({
      name: 'InvalidVolume.NotFound',
    })
    const rds = await client(RDSClient)
    await expect(rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: 'none' }))).rejects.toMatchObject({
      name: 'DBInstanceNotFoundFault',
    })
  })

  test('and single resources can be asked for, or are not there in AWS’s words', async () => {
    const iam = await client(IAMClient, 'us-east-1')
    const [role] = aws.estate.list(accountId, 'global', 'AWS::IAM::Role')
    expect((await iam.send(new GetRoleCommand({ RoleName: role?.id }))).Role?.RoleName).toBe(role?.id)
    await expect(iam.send(new GetRoleCommand({ RoleName: 'none' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    })
    const s3 = await client(S3Client)
    const [bucket] = aws.estate.list(accountId, 'global', 'AWS::S3::Bucket')
    expect((await s3.send(new HeadBucketCommand({ Bucket: bucket?.id }))).BucketRegion).toBe(bucket?.place.region)
    expect(
      (await s3.send(new GetBucketLocationCommand({ Bucket: bucket?.id }))).LocationConstraint ?? 'us-east-1',
    ).toBe(bucket?.place.region)
    await expect(s3.send(new HeadBucketCommand({ Bucket: 'none' }))).rejects.toMatchObject({ name: 'NotFound' })
    const lambda = await client(LambdaClient)
    const [linked] = aws.estate.list(accountId, region, 'AWS::Lambda::Function')
    expect((await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: linked?.id }))).FunctionName).toBe(
      linked?.id,
    )
    const sqs = await client(SQSClient)
    await expect(sqs.send(new GetQueueUrlCommand({ QueueName: 'none' }))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    })
  })

  test('of tags describe several load balancers at once', async () => {
    const elb = await client(ElasticLoadBalancingV2Client)
    const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({ PageSize: 3 }))
    const ResourceArns = LoadBalancers.map(({ LoadBalancerArn }) => LoadBalancerArn ?? '')
    const { TagDescriptions } = await elb.send(new DescribeTagsCommand({ ResourceArns }))
    expect(TagDescriptions?.map(({ ResourceArn }) => ResourceArn)).toEqual(ResourceArns)
    expect(TagDescriptions?.every(({ Tags }) => Tags?.some(({ Key }) => Key === 'team'))).toBe(true)
  })

  test('are not made up for an operation that nobody recorded', async () => {
    const iam = await client(IAMClient, 'us-east-1')
    await expect(iam.send(new ListGroupsCommand({}))).rejects.toMatchObject({ name: 'InvalidAction' })
  })

  test('name the Regions of the estate', async () => {
    const { Regions } = await (await client(EC2Client)).send(new DescribeRegionsCommand({ AllRegions: true }))
    expect(Regions?.map(({ RegionName }) => RegionName)).toEqual(aws.estate.regions)
  })
})

describe('A role of an estate', () => {
  const sts = () =>
    new STSClient({ endpoint: aws.endpoint, region: 'us-east-1', credentials: aws.user, maxAttempts: 1 })
  const assume = (RoleArn: string, ExternalId: string) =>
    sts().send(new AssumeRoleCommand({ RoleArn, ExternalId, RoleSessionName: 'someone' }))

  test('is assumed with its external id only', async () => {
    await expect(assume(aws.roleArn(accountId), 'another')).rejects.toMatchObject({ name: 'AccessDenied' })
    await expect(assume(`${aws.roleArn(accountId)}-2`, aws.externalId(accountId))).rejects.toMatchObject({
      name: 'AccessDenied',
    })
    const { Credentials } = await assume(aws.roleArn(accountId), aws.externalId(accountId))
    expect(Credentials?.SessionToken).toBeDefined()
  })

  test('acts in its own account', async () => {
    const client = new STSClient({
      endpoint: aws.endpoint,
      region: 'us-east-1',
      credentials: await aws.session(accountId),
    })
    expect(await client.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: accountId })
  })
})
