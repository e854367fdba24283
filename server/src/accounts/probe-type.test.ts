import { findResourceType } from '@dashboard/catalog/catalog.ts'
import type { Properties } from '@dashboard/catalog/resource-type.ts'
import { describe, expect, test } from 'vitest'
import type { Call, CallRequest } from '../discovery/collect.ts'
import { probeType } from './probe-type.ts'

const scope = { partition: 'aws', accountId: '111111111111', region: 'eu-central-1', homeRegion: 'us-east-1' }

const found = findResourceType('AWS::ECS::Service')
if (found === undefined) throw new Error('the catalog has no ECS service')
const service = found

const cluster = 'arn:aws:ecs:eu-central-1:111111111111:cluster/shop'
const [web, api] = ['web', 'api'].map((name) => `arn:aws:ecs:eu-central-1:111111111111:service/shop/${name}`)

const whole: Record<string, Properties | Error> = {
  ListClusters: { clusterArns: [cluster, `${cluster}-2`], nextToken: 'more' },
  ListServices: { serviceArns: [web, api], nextToken: 'more' },
  DescribeServices: { services: [{ serviceArn: web, serviceName: 'web' }] },
}

const failure = (name: string) => Object.assign(new Error(`${name} happened`), { name })

async function probed(script: Record<string, Properties | Error>) {
  const requests: CallRequest[] = []
  const call: Call = async (request) => {
    requests.push(request)
    const answer = script[request.operation]
    if (answer === undefined) throw new Error(`unexpected ${request.operation}`)
    if (answer instanceof Error) throw answer
    return answer
  }
  const probes = await probeType(call, service, scope)
  return { requests, verdicts: probes.map(({ action, failure: why }) => [action, why?.status ?? 'allowed']) }
}

describe('The check of a type that is listed by parents', () => {
  test('makes each call once, with the smallest pages', async () => {
    const { requests, verdicts } = await probed(whole)
    expect(requests.map(({ operation, input }) => [operation, input])).toEqual([
      ['ListClusters', { maxResults: 1 }],
      ['ListServices', { cluster, maxResults: 1 }],
      ['DescribeServices', { cluster, services: [web], include: ['TAGS'] }],
    ])
    expect(verdicts).toEqual([
      ['ecs:ListClusters', 'allowed'],
      ['ecs:ListServices', 'allowed'],
      ['ecs:DescribeServices', 'allowed'],
    ])
  })

  test('says nothing about what it could not try', async () => {
    expect((await probed({ ListClusters: { clusterArns: [] } })).verdicts).toEqual([['ecs:ListClusters', 'allowed']])
  })

  test.each([
    ['ListClusters', ['ecs:ListClusters', 'ACCESS_DENIED']],
    ['ListServices', ['ecs:ListServices', 'ACCESS_DENIED']],
    ['DescribeServices', ['ecs:DescribeServices', 'ACCESS_DENIED']],
  ])('names %s when it is denied', async (operation, verdict) => {
    const { verdicts } = await probed({ ...whole, [operation]: failure('AccessDeniedException') })
    expect(verdicts.at(-1)).toEqual(verdict)
  })

  test('takes a parent that has gone between the calls for an answer', async () => {
    const { verdicts } = await probed({ ...whole, ListServices: failure('ClusterNotFoundException') })
    expect(verdicts.at(-1)).toEqual(['ecs:ListServices', 'allowed'])
  })
})
