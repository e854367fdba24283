import { execFileSync } from 'node:child_process'
import type * as dynamodb from '@aws-sdk/client-dynamodb'
import type * as ec2 from '@aws-sdk/client-ec2'
import type * as ecs from '@aws-sdk/client-ecs'
import type * as cloudfront from '@aws-sdk/client-cloudfront'
import type * as s3 from '@aws-sdk/client-s3'
import { describe, expect, test } from 'vitest'
import { resourceTypeOf } from './define.ts'

interface Bucket extends s3.Bucket {
  Tagging?: s3.Tag[] | null
}

const common = { service: 'ec2', scope: 'regional', label: 'Sample', iamActions: ['ec2:DescribeVolumes'] } as const
const volume = {
  ...common,
  resourceType: 'AWS::EC2::Volume',
  list: { operation: 'DescribeVolumes', items: 'Volumes' },
  id: 'VolumeId',
  arn: 'arn:{partition}:ec2:{region}:{account}:volume/{VolumeId}',
} as const
const bucket = {
  ...common,
  resourceType: 'AWS::S3::Bucket',
  list: { operation: 'ListBuckets', items: 'Buckets' },
  id: 'Name',
  arn: 'arn:{partition}:s3:::{Name}',
} as const
const tagging = {
  operation: 'GetBucketTagging',
  iamAction: 's3:GetBucketTagging',
  pick: 'TagSet',
  as: 'Tagging',
} as const

/**
 * The mistakes below do not compile: were one accepted, `tsc` would report its unused `@ts-expect-error`. At run time an
 * entry is what it was given.
 */
test('an entry is typed from the SDK', () => {
  const of = resourceTypeOf<typeof ec2, ec2.Volume>()
  expect(of(volume)).toBe(volume)
  expect(of({ ...volume, volatile: ['Attachments[].InstanceId'] }).volatile).toHaveLength(1)
  // @ts-expect-error: no such operation
  of({ ...volume, list: { operation: 'DescribeVolumez', items: 'Volumes' } })
  // @ts-expect-error: the answer has no such list
  of({ ...volume, list: { operation: 'DescribeVolumes', items: 'Volumez' } })
  // @ts-expect-error: a list of something else
  of({ ...volume, list: { operation: 'DescribeVpcs', items: 'Vpcs' } })
  // @ts-expect-error: no such member of the request
  of({ ...volume, list: { ...volume.list, input: { OwnerIdz: ['self'] } } })
  // @ts-expect-error: no such page token
  of({ ...volume, list: { ...volume.list, page: { request: 'Marker', response: 'NextToken' } } })
  // @ts-expect-error: no such field
  of({ ...volume, id: 'VolumeIdz' })
  // @ts-expect-error: no such field in a template
  of({ ...volume, arn: 'arn:{partition}:ec2:{region}:{account}:volume/{VolumeIdz}' })
  // @ts-expect-error: an ARN field that is none
  of({ ...volume, arn: 'VolumeArnz' })
  // @ts-expect-error: State of a volume is a word
  of({ ...volume, state: 'State.Name' })
  // @ts-expect-error: no such field in the list
  of({ ...volume, volatile: ['Attachments[].InstanceIdz'] })
  // @ts-expect-error: a kind the contract does not know
  of({ ...volume, relationships: [{ to: 'AWS::EC2::Instance', kind: 'attachd-to', at: (item) => item.VolumeId }] })
  // @ts-expect-error: gives structures
  of({ ...volume, relationships: [{ to: 'AWS::EC2::Instance', kind: 'uses', at: (item) => item.Attachments }] })
  // @ts-expect-error: no CloudFormation type name
  of({ ...volume, relationships: [{ to: 'volume', kind: 'uses', at: (item) => item.VolumeId }] })
})

test('details are typed from the SDK', () => {
  const of = resourceTypeOf<typeof s3, Bucket>()
  const entry = {
    ...bucket,
    details: [{ ...tagging, input: (item: { Name?: string | undefined }) => ({ Bucket: item.Name }) }],
  }
  expect(of({ ...bucket, details: entry.details }).details).toHaveLength(1)
  // @ts-expect-error: no such operation
  of({ ...bucket, details: [{ ...tagging, operation: 'GetBucketTagz', input: () => ({ Bucket: 'b' }) }] })
  // @ts-expect-error: the answer has no such member
  of({ ...bucket, details: [{ ...tagging, pick: 'Tags', input: () => ({ Bucket: 'b' }) }] })
  // @ts-expect-error: the item has no such property
  of({ ...bucket, details: [{ ...tagging, as: 'Tags', input: () => ({ Bucket: 'b' }) }] })
  // @ts-expect-error: the request has no such member
  of({ ...bucket, details: [{ ...tagging, input: () => ({ BucketName: 'b' }) }] })
  // @ts-expect-error: an IAM action has a service prefix
  of({ ...bucket, details: [{ ...tagging, iamAction: 'GetBucketTagging', input: () => ({ Bucket: 'b' }) }] })
})

test('a list by parents is typed from the SDK', () => {
  const of = resourceTypeOf<typeof ecs, ecs.Service>()
  const parent = {
    operation: 'ListClusters',
    iamAction: 'ecs:ListClusters',
    names: (answer: { clusterArns?: string[] | undefined }) => answer.clusterArns,
    gone: ['ClusterNotFoundException'],
  } as const
  const list = {
    operation: 'ListServices',
    items: (answer: { serviceArns?: string[] | undefined }, clusterArn: string) =>
      answer.serviceArns?.map((serviceArn) => ({ serviceArn, clusterArn })),
    of: (cluster: string) => ({ cluster }),
  } as const
  const entry = { ...common, resourceType: 'AWS::ECS::Service', id: 'serviceArn', arn: 'serviceArn' } as const
  expect(of({ ...entry, parent, list }).parent).toBe(parent)
  // @ts-expect-error: no such operation
  of({ ...entry, list, parent: { ...parent, operation: 'ListClusterz' } })
  // @ts-expect-error: the answer has no such member
  of({ ...entry, list, parent: { ...parent, names: (answer) => answer.clusterNames } })
  // @ts-expect-error: names no code that says a parent has gone
  of({ ...entry, list, parent: { operation: parent.operation, iamAction: parent.iamAction, names: parent.names } })
  // @ts-expect-error: the request has no such member
  of({ ...entry, parent, list: { ...list, of: (clusterArn) => ({ clusterArn }) } })
})

test('a token may lie within the answer, and in several members', () => {
  const of = resourceTypeOf<typeof cloudfront, cloudfront.DistributionSummary>()
  const page = {
    request: 'Marker',
    response: 'DistributionList.NextMarker',
    also: { MaxItems: 'DistributionList' },
  } as const
  const list = {
    operation: 'ListDistributions',
    items: (answer: { DistributionList?: cloudfront.DistributionList | undefined }) => answer.DistributionList?.Items,
    page,
  } as const
  const entry = { ...common, resourceType: 'AWS::CloudFront::Distribution', id: 'Id', arn: 'ARN' } as const
  expect(of({ ...entry, list }).list.page).toBe(page)
  // @ts-expect-error: no such member of the list
  of({ ...entry, list: { ...list, page: { ...page, response: 'DistributionList.NextToken' } } })
  // @ts-expect-error: no such member of the request
  of({ ...entry, list: { ...list, page: { ...page, also: { StartName: 'DistributionList' } } } })
})

test('a function for bare names gives parts of the item', () => {
  const of = resourceTypeOf<typeof dynamodb, dynamodb.TableDescription>()
  const table = { ...common, resourceType: 'AWS::DynamoDB::Table', id: 'TableName', arn: 'TableArn' } as const
  const entry = of({
    ...table,
    list: { operation: 'ListTables', items: (answer) => answer.TableNames?.map((TableName) => ({ TableName })) },
  })
  expect(entry.list.operation).toBe('ListTables')
  // @ts-expect-error: a table has no Name
  of({ ...table, list: { operation: 'ListTables', items: (answer) => answer.TableNames?.map((Name) => ({ Name })) } })
})

describe('Loading the catalog', () => {
  test('loads no SDK client', () => {
    const program = `
      import { registerHooks } from 'node:module'
      registerHooks({ resolve(specifier, context, next) {
        if (specifier.startsWith('@aws-sdk/')) throw new Error('loads ' + specifier)
        return next(specifier, context)
      } })
      const { resourceTypes } = await import(${JSON.stringify(new URL('catalog.ts', import.meta.url).href)})
      console.log(resourceTypes.length)`
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' })
    expect(Number(output)).toBeGreaterThanOrEqual(20)
  })
})
