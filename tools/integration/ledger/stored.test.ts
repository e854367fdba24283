import type { Properties } from '@dashboard/catalog/resource-type.ts'
import type { AWSResource, ResourceSummary } from '@dashboard/contract/resources.ts'
import type { CollectedResource } from '@dashboard/server/discovery/collect.ts'
import { hashOf } from '@dashboard/server/discovery/recorded.ts'
import { type Signal, subscribe } from '@dashboard/server/events/bus.ts'
import { createLog } from '@dashboard/server/log/log.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { accountId, broken, type OneScope, region, resourceOf, scanOf, startOneScope, type } from './one-scope.ts'

let scope: OneScope

const list = async () => (await scope.product.call<{ items: ResourceSummary[] }>('GET', '/resources')).body.items

const get = async (name: string): Promise<AWSResource> => {
  const item = (await list()).find((one) => one.name === name)
  return (await scope.product.call<AWSResource>('GET', `/resources/${item?.id}`)).body
}

beforeAll(async () => {
  scope = await startOneScope()
})

afterAll(() => scope?.close())

beforeEach(() => scope.reset())

describe('What a scan found', () => {
  const whole: CollectedResource = {
    ...resourceOf('a'),
    name: 'the queue',
    state: 'in use',
    tags: { team: 'orders' },
    createdAt: '2026-01-02T03:04:05.000Z',
  }

  test('is shown field by field, and so is what changed of it', async () => {
    await scope.store(scanOf([whole]))
    expect(await get('the queue')).toMatchObject({
      accountId,
      region,
      service: 'sqs',
      resourceType: 'AWS::SQS::Queue',
      resourceId: 'a',
      arn: whole.arn,
      state: 'in use',
      tags: { team: 'orders' },
      createdAt: whole.createdAt,
      properties: { id: 'a', content: 'same' },
    })
    const other = { ...resourceOf('a', 'other'), name: 'renamed', state: 'idle', tags: {}, createdAt: null }
    await scope.store(scanOf([{ ...other, arn: `${whole.arn}:new` }]))
    const changed = await get('renamed')
    expect(changed).toMatchObject({
      resourceId: 'a',
      arn: `${whole.arn}:new`,
      state: 'idle',
      tags: {},
      createdAt: null,
      properties: { id: 'a', content: 'other' },
    })
    expect(changed.versions.map(({ kind, changes }) => ({ kind, changes }))).toEqual([
      { kind: 'CHANGED', changes: [{ path: 'content', before: 'same', after: 'other' }] },
      { kind: 'CREATED', changes: [] },
    ])
  })

  test('is stored whole, however much it is, and each change of it too', async () => {
    const names = Array.from({ length: 1_201 }, (_, index) => `q-${index}`)
    expect(await scope.store(scanOf(names.map((name) => resourceOf(name))))).toMatchObject({ created: 1_201 })
    expect(await scope.ledger()).toMatchObject({ live: 1_201 })
    const outcome = await scope.store(scanOf(names.map((name) => resourceOf(name, 'other'))))
    expect(outcome).toMatchObject({ created: 0, changed: 1_201, deleted: 0 })
    expect(new Set(outcome.touched).size).toBe(1_201)
    const figures = await scope.query(
      `select kind, count(*)::int as n, count(distinct resource_id)::int as resources from resource_version group by kind order by kind`,
    )
    expect(figures).toEqual([
      { kind: 'CHANGED', n: 1_201, resources: 1_201 },
      { kind: 'CREATED', n: 1_201, resources: 1_201 },
    ])
    const stale = await scope.query("select 1 from resource where properties ->> 'content' <> 'other'")
    expect(stale).toEqual([])
  })

  test('is told to whoever watches when something of it is new, and only then', async () => {
    const heard: Signal[] = []
    const subscription = await subscribe(scope.product.database.url, {
      signal: (signal) => heard.push(signal),
      gap: () => undefined,
      log: createLog({ level: 'silent', process: 'test' }),
    })
    try {
      await scope.store(scanOf([resourceOf('a'), resourceOf('b')]))
      await scope.store(scanOf([resourceOf('a'), resourceOf('b')]))
      await scope.store(scanOf([resourceOf('a', 'other')]))
      await scope.store(scanOf([resourceOf('a', 'other')]))
      const told = () => heard.filter((signal) => signal.type === 'resources')
      const about = { type: 'resources', accountId, region, resourceType: 'AWS::SQS::Queue' }
      await expect.poll(told).toEqual([
        { ...about, created: 2, changed: 0, deleted: 0 },
        { ...about, created: 0, changed: 1, deleted: 0 },
        { ...about, created: 0, changed: 0, deleted: 1 },
      ])
    } finally {
      await subscription.close()
    }
  })
})

describe('Details that could not be read', () => {
  const described = (properties: Properties, rest: Partial<CollectedResource>): CollectedResource => ({
    ...resourceOf('a'),
    properties,
    hash: hashOf(type, properties),
    ...rest,
  })
  const listed = { QueueName: 'a', Attributes: { DelaySeconds: '5' } }
  const tags = { team: 'orders' }
  const tagged = described({ ...listed, Tags: tags }, { tags })
  const without = (code: string, id = 'a'): CollectedResource =>
    described(
      { ...listed, QueueName: id },
      {
        resourceId: id,
        detailError: { operation: 'ListQueueTags', message: 'denied', code, at: '2026-01-01T00:00:00Z' },
        failedDetails: ['Tags'],
      },
    )
  const partial = { status: 'PARTIAL', cause: 'ACCESS_DENIED' } as const
  const row = async () =>
    (
      await scope.query(
        "select version, tags, properties -> 'Tags' as detail, detail_error ->> 'code' as code from resource where native_id = 'a'",
      )
    )[0]

  test('stay as they were last known, and only the mark on the row changes', async () => {
    await scope.store(scanOf([tagged]))
    const known = { version: 1, tags, detail: tags }
    expect(await row()).toEqual({ ...known, code: null })
    for (const code of ['AccessDenied', 'Throttling']) {
      // Beside one that is new, of which nothing is known yet.
      const found = [without(code), without(code, 'b')]
      expect(await scope.store(scanOf(found, partial))).toMatchObject({ changed: 0 })
      expect(await row()).toEqual({ ...known, code })
    }
    await scope.store(scanOf([tagged, without('Throttling', 'b')]))
    expect(await row()).toEqual({ ...known, code: null })
  })

  test('that were never read come as a change once they can be', async () => {
    await scope.store(scanOf([without('AccessDenied')], partial))
    expect(await row()).toEqual({ version: 1, tags: {}, detail: null, code: 'AccessDenied' })
    expect(await scope.store(scanOf([tagged]))).toMatchObject({ changed: 1 })
    expect(await row()).toEqual({ version: 2, tags, detail: tags, code: null })
  })

  test('that go on failing in the same way touch nothing', async () => {
    await scope.store(scanOf([without('AccessDenied')], partial))
    const stamp = () => scope.query('select xmin::text as stamp from resource')
    const before = await stamp()
    expect(await scope.store(scanOf([without('AccessDenied')], partial))).toMatchObject({ changed: 0, touched: [] })
    expect(await stamp()).toEqual(before)
  })
})

describe('Relationships', () => {
  const naming = (id: string, target: string, content = 'same'): CollectedResource => ({
    ...resourceOf(id, content),
    relationships: [{ kind: 'sends-to', to: type.resourceType, target, by: 'id', reverse: false }],
  })
  const edges = () =>
    scope.query(
      'select s.native_id as src, e.target_key as target from edge e join resource s on s.id = e.src where e.valid_to is null order by 1',
    )

  test('follow what the resource says now, for those that are new or changed and no others', async () => {
    const first = await scope.store(scanOf([naming('a', 'x'), naming('b', 'x')]))
    expect(first.touched).toHaveLength(2)
    expect(await edges()).toEqual([
      { src: 'a', target: 'x' },
      { src: 'b', target: 'x' },
    ])
    const second = await scope.store(scanOf([naming('a', 'y', 'other'), naming('b', 'x')]))
    expect(second).toMatchObject({ changed: 1 })
    expect(second.touched).toHaveLength(1)
    expect(await edges()).toEqual([
      { src: 'a', target: 'y' },
      { src: 'b', target: 'x' },
    ])
    expect((await scope.store(scanOf([naming('a', 'y', 'other'), naming('b', 'x')]))).touched).toEqual([])
  })

  test('are told anew by a newer catalog entry, without a version, once a complete list was read by it', async () => {
    await scope.store(scanOf([naming('a', 'x')]))
    const older = () => scope.query("update scope set entry_digest = 'older' where entry_digest is not null")
    await older()
    const brokenOff = await scope.store(scanOf([], broken))
    expect(brokenOff).toMatchObject({ changed: 0, touched: [] })
    const anew = await scope.store(scanOf([naming('a', 'z')]))
    expect(anew).toMatchObject({ created: 0, changed: 0 })
    expect(anew.touched).toHaveLength(1)
    expect(await edges()).toEqual([{ src: 'a', target: 'z' }])
    expect(await scope.rows()).toMatchObject([{ id: 'a', version: 1 }])
    expect((await scope.store(scanOf([naming('a', 'z')]))).touched).toEqual([])
  })
})
