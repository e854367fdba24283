import { resourceTypes } from '@dashboard/catalog/catalog.ts'
import { volume } from '@dashboard/catalog/ec2/volume.ts'
import { clientOf, type ParentDefinition, type ResourceTypeDefinition } from '@dashboard/catalog/resource-type.ts'
import { service } from '@dashboard/catalog/ecs/service.ts'
import { bucket } from '@dashboard/catalog/s3/bucket.ts'
import { describe, expect, test } from 'vitest'
import { lint } from './catalog-lint.ts'
import type { Sdk } from './sdk-schema.ts'

const sdkOf = async (type: ResourceTypeDefinition) => (await import(`@aws-sdk/client-${clientOf(type)}`)) as Sdk

describe('Every catalog entry says only what its SDK client knows', () => {
  test.each(resourceTypes.map((type) => [type.resourceType, type] as const))('%s', async (_, type) => {
    expect(lint(type, await sdkOf(type))).toEqual([])
  })
})

describe('A mistake in an entry is found', () => {
  test.each<[string, Partial<ResourceTypeDefinition>, string]>([
    ['a list operation', { list: { ...volume.list, operation: 'DescribeVolumez' } }, 'no operation DescribeVolumez'],
    ['the items', { list: { ...volume.list, items: 'Volumez' } }, 'answers nothing at list.items'],
    ['an input', { list: { ...volume.list, input: { Ownerz: [] } } }, 'list.input: no member Ownerz'],
    ['forgotten pages', { list: { operation: 'DescribeVolumes', items: 'Volumes' } }, 'has pages (NextToken)'],
    [
      'a page token',
      { list: { ...volume.list, page: { request: 'NextTokenz', response: 'NextToken' } } },
      'DescribeVolumes page: no member NextTokenz',
    ],
    ['the id', { id: 'VolumeIdz' }, 'id: no field VolumeIdz'],
    ['the ARN', { arn: 'arn:{partition}:ec2:{region}:{account}:volume/{VolumeIdz}' }, 'arn: no field VolumeIdz'],
    ['the state', { state: 'State.Name' }, 'state: no field State.Name'],
    ['a deep path', { volatile: ['Attachments[].AttachTimez'] }, 'volatile: no field Attachments[].AttachTimez'],
    [
      'a relationship',
      { relationships: [{ to: 'AWS::EC2::Instance', kind: 'attached-to', at: (item) => item['Attachments'] }] },
      'relationship to AWS::EC2::Instance gives object',
    ],
  ])('%s', async (_, mistake, problem) => {
    const problems = lint({ ...volume, ...mistake }, await sdkOf(volume))
    expect(problems).toEqual([expect.stringContaining(problem)])
  })

  test.each<[string, Partial<ParentDefinition>, string]>([
    ['operation', { operation: 'ListClusterz' }, 'parent: the SDK has no operation ListClusterz'],
    ['names', { names: (answer) => answer['clusterz'] as string[] | undefined }, 'answers nothing at parent.names'],
    ['pages', { page: { request: 'nextTokenz', response: 'nextToken' } }, 'ListClusters page: no member nextTokenz'],
    ['codes', { gone: [] }, 'parent: names no code in gone'],
  ])("a parent's %s", async (_, mistake, problem) => {
    if (service.parent === undefined) throw new Error('the service has lost its parent')
    const mistaken = { ...service, parent: { ...service.parent, ...mistake } }
    expect(lint(mistaken, await sdkOf(service))).toEqual([expect.stringContaining(problem)])
  })

  test('a list by parents that does not say whose items it asks for', async () => {
    const { of: _, ...list } = service.list
    expect(lint({ ...service, list }, await sdkOf(service)).join('\n')).toContain('list.of is missing')
    const mistaken = { ...service, list: { ...list, of: (clusterArn: string) => ({ clusterArn }) } }
    expect(lint(mistaken, await sdkOf(service)).join('\n')).toContain('list.of: no member clusterArn')
  })

  test('what a detail call picks', async () => {
    const [, tagging, ...rest] = bucket.details ?? []
    if (tagging === undefined) throw new Error('the bucket has lost its details')
    const mistaken = { ...bucket, details: [{ ...tagging, pick: 'TagSetz' }, ...rest] }
    expect(lint(mistaken, await sdkOf(bucket)).join('\n')).toContain('GetBucketTagging answers nothing at TagSetz')
  })
})
