import { resourceTypes } from '@dashboard/catalog/catalog.ts'
import { createClientPool } from '@dashboard/server/aws/client-pool.ts'
import { type Call, collect, type CollectedResource } from '@dashboard/server/discovery/collect.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startAws, type TestAws } from '../testing/aws.ts'
import {
  answerDifferences,
  type Created,
  createOneOfEach,
  differences,
  type Discovered,
  expectedFields,
} from './created-equals-discovered.ts'
import { awsAnswer } from './one-of-each/aws-answers.ts'
import { headerCanary } from './one-of-each/apis.ts'
import { environmentCanary } from './one-of-each/code.ts'
import type { Clients } from './one-of-each/created.ts'
import { secretCanary } from './one-of-each/keys.ts'
import { webhookCanary } from './one-of-each/messaging.ts'
import { parameterCanary } from './one-of-each/operations.ts'

const place = { partition: 'aws', accountId: '111111111111', region: 'eu-central-1' }
const scopeOf = (scope: 'regional' | 'global') => ({
  ...place,
  region: scope === 'global' ? 'global' : place.region,
  homeRegion: 'us-east-1',
})

let aws: TestAws
let created: Created
let clients: Clients
let call: Call
let close: () => void

beforeAll(async () => {
  aws = await startAws([place.accountId])
  clients = (constructor) => aws.client(constructor, place.accountId, place.region)
  created = await createOneOfEach(clients, place)
  const keys = await aws.createUser(place.accountId, 'discovery')
  const pool = createClientPool({ endpoint: aws.endpoint })
  call = (request) => pool.send({ ...request, connection: 'test', credentials: () => Promise.resolve(keys) })
  close = () => pool.close()
})
afterAll(async () => {
  close()
  await aws.close()
})

async function discover(): Promise<Discovered[]> {
  const found: Discovered[] = []
  for (const type of resourceTypes)
    for await (const page of collect(type, scopeOf(type.scope), call))
      found.push(...page.map((resource) => ({ ...discovered(resource), resourceType: type.resourceType })))
  return found
}

const discovered = (resource: CollectedResource): Omit<Discovered, 'resourceType'> => ({
  ...resource,
  relationships: resource.relationships.map(({ kind, to, target, reverse }) => ({
    kind,
    target,
    targetType: to,
    direction: reverse ? 'in' : 'out',
  })),
})

describe('Discovery against the emulator', () => {
  test('finds what was created, field by field, for each type of the catalog', async () => {
    const found = await discover()
    const expected = expectedFields(created)
    expect(new Set(expected.map((one) => one.resourceType))).toEqual(
      new Set(resourceTypes.map((type) => type.resourceType)),
    )
    for (const one of expected) {
      const match = found.find((other) => other.arn === one.arn)
      expect(differences(one, match)).toEqual([])
      expect(answerDifferences(one, await awsAnswer(clients, one), match)).toEqual([])
    }
  })

  test('misses no detail and gives away no secret', async () => {
    const found = await discover()
    expect(found.filter((one) => 'detailError' in one && one.detailError !== null)).toEqual([])
    const text = JSON.stringify(found)
    for (const canary of [environmentCanary, headerCanary, secretCanary, webhookCanary, parameterCanary])
      expect(text).not.toContain(canary)
    expect(text).not.toContain(created.identity.secretAccessKey)
  })

  test('finds the same a second time', async () => {
    const hashes = (found: Discovered[]) => new Map(found.map((one) => [one.arn, 'hash' in one && String(one.hash)]))
    expect(hashes(await discover())).toEqual(hashes(await discover()))
  })
})
