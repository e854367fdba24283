import { distribution } from '@dashboard/catalog/cloudfront/distribution.ts'
import { service } from '@dashboard/catalog/ecs/service.ts'
import { listener } from '@dashboard/catalog/elasticloadbalancing/listener.ts'
import type { Properties } from '@dashboard/catalog/resource-type.ts'
import { recordSet } from '@dashboard/catalog/route53/record-set.ts'
import { describe, expect, test } from 'vitest'
import { ForeignAnswerError } from '../../aws/foreign-answer.ts'
import { type Call, failedOperation } from '../collect.ts'
import { all, aws, failure, global } from './scripted-aws.ts'

const clusterArn = (name: string) => `arn:aws:ecs:eu-central-1:111111111111:cluster/${name}`
const serviceArn = (cluster: unknown, name: string) =>
  `arn:aws:ecs:eu-central-1:111111111111:service/${String(cluster).split('/')[1]}/${name}`

const services = {
  ListClusters: ({ nextToken }: Properties) =>
    nextToken === undefined
      ? { clusterArns: [clusterArn('shop'), clusterArn('empty')], nextToken: 'more' }
      : { clusterArns: [clusterArn('jobs')] },
  ListServices: ({ cluster, nextToken }: Properties) => {
    if (cluster === clusterArn('empty')) return { serviceArns: [] }
    if (cluster === clusterArn('jobs')) return { serviceArns: [serviceArn(cluster, 'nightly')] }
    return nextToken === undefined
      ? { serviceArns: [serviceArn(cluster, 'web')], nextToken: 'b' }
      : { serviceArns: [serviceArn(cluster, 'api')] }
  },
  DescribeServices: ({ services: asked, cluster }: Properties) => ({
    services: [{ serviceArn: (asked as string[])[0], clusterArn: cluster, status: 'ACTIVE' }],
  }),
}

describe('A list by parents', () => {
  const names = async (call: Call) => (await all(service, call)).map(({ name }) => name)

  test('asks each parent of each page for all its pages', async () => {
    const { call, requests } = aws(services)
    const found = await all(service, call)
    expect(found.map(({ name, state }) => [name, state])).toEqual([
      ['web', 'ACTIVE'],
      ['api', 'ACTIVE'],
      ['nightly', 'ACTIVE'],
    ])
    expect(found[2]?.relationships).toContainEqual({
      kind: 'in',
      to: 'AWS::ECS::Cluster',
      target: clusterArn('jobs'),
      by: 'arn',
      reverse: false,
    })
    const lists = requests.filter(({ operation }) => operation === 'ListServices').map(({ input }) => input)
    expect(lists).toContainEqual({ cluster: clusterArn('shop'), maxResults: 100, nextToken: 'b' })
    expect(lists).toHaveLength(4)
  })

  test('without parents asks no more and is empty', async () => {
    const { call, requests } = aws({ ListClusters: { clusterArns: [] } })
    expect(await names(call)).toEqual([])
    expect(requests).toHaveLength(1)
  })

  test('takes a parent that has gone since for an empty one', async () => {
    const ListServices = (input: Properties) => {
      if (input['cluster'] === clusterArn('shop')) throw failure('ClusterNotFoundException')
      return services.ListServices(input)
    }
    expect(await names(aws({ ...services, ListServices }).call)).toEqual(['nightly'])
  })

  test('knows a parent that has gone by the code on the wire as well', async () => {
    const gone = Object.assign(failure('LoadBalancerNotFoundException'), { Code: 'LoadBalancerNotFound' })
    const LoadBalancers = [{ LoadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/a/1' }]
    const { call } = aws({ DescribeLoadBalancers: { LoadBalancers }, DescribeListeners: gone })
    expect(await all(listener, call)).toEqual([])
  })

  test.each(['AccessDeniedException', 'ThrottlingException', 'ServerException'])(
    'fails as a whole when one parent answers %s',
    async (code) => {
      const ListServices = (input: Properties) => {
        if (input['cluster'] === clusterArn('jobs')) throw failure(code)
        return services.ListServices(input)
      }
      const error: unknown = await names(aws({ ...services, ListServices }).call).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ name: code })
      expect(failedOperation(error)).toBe('ListServices')
    },
  )

  test('fails when a later page of a parent fails', async () => {
    const ListServices = (input: Properties) => {
      if (input['nextToken'] !== undefined) throw failure('ServerException')
      return services.ListServices(input)
    }
    await expect(names(aws({ ...services, ListServices }).call)).rejects.toThrow('ServerException')
  })

  test('fails when a page of the parents fails, and says that it was these', async () => {
    const ListClusters = (input: Properties) => {
      if (input['nextToken'] !== undefined) throw failure('AccessDeniedException')
      return services.ListClusters(input)
    }
    const error: unknown = await names(aws({ ...services, ListClusters }).call).catch((thrown: unknown) => thrown)
    expect(failedOperation(error)).toBe('ListClusters')
  })

  test('fails when an answer is not a list of parents, or one has no name', async () => {
    await expect(names(aws({ ListClusters: {} }).call)).rejects.toThrow(ForeignAnswerError)
    const nameless = aws({ DescribeLoadBalancers: { LoadBalancers: [{}] } })
    await expect(all(listener, nameless.call)).rejects.toThrow('answered one without a name')
    await expect(names(aws({ ...services, ListServices: {} }).call)).rejects.toThrow(ForeignAnswerError)
  })

  test('asks a few parents at a time, and no more once one has failed', async () => {
    const clusterArns = Array.from({ length: 60 }, (_, index) => clusterArn(`c${index}`))
    let running = 0
    let most = 0
    const { call, requests } = aws({
      ListClusters: { clusterArns },
      ListServices: ({ cluster }) => {
        if (cluster === clusterArn('c9')) throw failure('AccessDeniedException')
        return { serviceArns: [] }
      },
    })
    const slow: Call = async (request) => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, 1))
      running--
      return call(request)
    }
    await expect(names(slow)).rejects.toThrow('AccessDeniedException')
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(most).toBe(8)
    expect(requests.length).toBeLessThan(30)
  })
})

describe('A token', () => {
  test('of several members is sent back whole', async () => {
    const record = { Name: 'a.example.com.', Type: 'A', ResourceRecords: [{ Value: '198.51.100.7' }] }
    const { call, requests } = aws({
      ListHostedZones: { HostedZones: [{ Id: '/hostedzone/Z1' }] },
      ListResourceRecordSets: ({ StartRecordIdentifier }) => ({
        ResourceRecordSets: [{ ...record, SetIdentifier: StartRecordIdentifier ?? 'blue' }],
        ...(StartRecordIdentifier === undefined && {
          NextRecordName: 'a.example.com.',
          NextRecordType: 'A',
          NextRecordIdentifier: 'green',
        }),
      }),
    })
    const found = await all(recordSet, call, global)
    expect(found.map(({ resourceId }) => resourceId)).toEqual(['Z1/a.example.com./A/blue', 'Z1/a.example.com./A/green'])
    expect(requests.at(-1)?.input).toEqual({
      HostedZoneId: 'Z1',
      MaxItems: 300,
      StartRecordName: 'a.example.com.',
      StartRecordType: 'A',
      StartRecordIdentifier: 'green',
    })
  })

  test('is found within the list it belongs to, which AWS leaves empty of items', async () => {
    const item = (Id: string) => ({ Id, ARN: `arn:aws:cloudfront::111111111111:distribution/${Id}` })
    const { call } = aws({
      ListDistributions: ({ Marker }) => ({
        DistributionList:
          Marker === undefined ? { Quantity: 1, Items: [item('E1')], NextMarker: 'E1' } : { Quantity: 0 },
      }),
      ListTagsForResource: { Tags: { Items: [] } },
    })
    expect((await all(distribution, call, global)).map(({ resourceId }) => resourceId)).toEqual(['E1'])
  })
})
