import fc from 'fast-check'
import { closeWithoutScan, LeaseLost } from '@dashboard/server/discovery/closing.ts'
import type { CollectedResource } from '@dashboard/server/discovery/collect.ts'
import { bindAllEdges, bindEdges } from '@dashboard/server/discovery/edges.ts'
import { isMassDisappearance } from '@dashboard/server/discovery/disappearance.ts'
import { claimScopes, extendLeases, releaseLeases } from '@dashboard/server/discovery/queue.ts'
import { type Scan, storeScan } from '@dashboard/server/discovery/store.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { broken, type OneScope, place, resourceOf, scanOf, startOneScope, type } from './ledger/one-scope.ts'

let scope: OneScope
const db = () => scope.product.core.database.db
const query = <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
  scope.query<Row>(text, values)
const claim = (owner?: string) => scope.claim(owner)
const store = (scan: Scan) => scope.store(scan)
const rows = () => scope.rows()
const ledger = () => scope.ledger()

beforeAll(async () => {
  scope = await startOneScope()
})

afterAll(() => scope?.close())

beforeEach(() => scope.reset())

describe('What a list says about what it does not show', () => {
  test('the first complete list marks, the second one deletes, and one more without it changes nothing', async () => {
    await store(scanOf([resourceOf('a'), resourceOf('b')]))
    await store(scanOf([resourceOf('a')]))
    expect(await rows()).toMatchObject([
      { id: 'a', missing: false },
      { id: 'b', missing: true, deleted: false, version: 1 },
    ])
    expect((await ledger())?.minutes).toBe(1)
    await store(scanOf([resourceOf('a')]))
    expect(await rows()).toMatchObject([{ id: 'a' }, { id: 'b', deleted: true, version: 2 }])
    expect(await store(scanOf([resourceOf('a')]))).toMatchObject({ created: 0, changed: 0, deleted: 0 })
    expect(await rows()).toMatchObject([{ id: 'a' }, { id: 'b', deleted: true, version: 2 }])
    expect((await ledger())?.live).toBe(1)
  })

  test('a list that broke off says nothing, however often, and what it did show counts', async () => {
    await store(scanOf([resourceOf('a'), resourceOf('b')]))
    for (let scan = 0; scan < 3; scan += 1) await store(scanOf([resourceOf('c')], broken))
    expect(await rows()).toMatchObject([
      { id: 'a', missing: false, deleted: false },
      { id: 'b', missing: false, deleted: false },
      { id: 'c', deleted: false },
    ])
    expect(await ledger()).toMatchObject({ status: 'ACCESS_DENIED', failures: 3, complete: true, live: 3 })
  })

  test('a broken list between two complete ones is no second proof', async () => {
    await store(scanOf([resourceOf('a'), resourceOf('b')]))
    await store(scanOf([resourceOf('a')]))
    await store(scanOf([], broken))
    expect((await rows()).filter((row) => row.deleted)).toEqual([])
  })

  test('what comes back before the second list was never gone, and after it lives again as a new version', async () => {
    await store(scanOf([resourceOf('a')]))
    await store(scanOf([]))
    await store(scanOf([resourceOf('a')]))
    expect(await rows()).toEqual([{ id: 'a', missing: false, deleted: false, version: 1 }])
    await store(scanOf([]))
    await store(scanOf([]))
    expect(await rows()).toMatchObject([{ deleted: true, version: 2 }])
    await store(scanOf([resourceOf('a')]))
    expect(await rows()).toEqual([{ id: 'a', missing: false, deleted: false, version: 3 }])
    const kinds = await query<{ kind: string }>('select kind from resource_version order by version')
    expect(kinds.map((row) => row.kind)).toEqual(['CREATED', 'DELETED', 'CREATED'])
  })

  test('a held scope says since when and how much, until a confirmation or the return of what was missing', async () => {
    const all = Array.from({ length: 30 }, (_, index) => resourceOf(`q-${index}`))
    await store(scanOf(all))
    await store(scanOf([]))
    expect(await ledger()).toMatchObject({ held: true, held_missing: 30 })
    const [since] = await query('select held_since from scope where held_since is not null')
    await store(scanOf(all.slice(0, 5)))
    expect(await ledger()).toMatchObject({ held: true, held_missing: 25, live: 30 })
    expect(await query('select held_since from scope where held_since is not null')).toEqual([since])
    await store(scanOf(all))
    expect(await ledger()).toMatchObject({ held: false, held_missing: 0 })
    await store(scanOf([]))
    await query('update scope set disappearance_confirmed_at = now() where held_since is not null')
    expect(await store(scanOf([]))).toMatchObject({ deleted: 30 })
    expect(await ledger()).toMatchObject({ held: false, held_missing: 0, live: 0 })
    expect(await query('select count(*)::int as n from scope where disappearance_confirmed_at is not null')).toEqual([
      { n: 0 },
    ])
  })

  test('what comes back from the dead in the same list does not hide how much vanished of what lived', async () => {
    const all = Array.from({ length: 80 }, (_, index) => resourceOf(`q-${index}`))
    await store(scanOf(all))
    await store(scanOf(all.slice(0, 60)))
    expect(await store(scanOf(all.slice(0, 60)))).toMatchObject({ deleted: 20 })
    // 21 of 60 lived and are gone; of the 80 that are known it would be too few to ask.
    await store(scanOf(all.slice(21)))
    expect(await ledger()).toMatchObject({ held: true, held_missing: 21, live: 80 })
  })

  test('a confirmation holds until nothing is missing any more, so what goes meanwhile goes with the rest', async () => {
    const all = Array.from({ length: 31 }, (_, index) => resourceOf(`q-${index}`))
    await store(scanOf(all))
    await store(scanOf(all.slice(30)))
    await query('update scope set disappearance_confirmed_at = now() where held_since is not null')
    expect(await store(scanOf([]))).toMatchObject({ deleted: 30 })
    expect(await ledger()).toMatchObject({ held: true, live: 1, minutes: 1 })
    expect(await store(scanOf([]))).toMatchObject({ deleted: 1 })
    expect(await ledger()).toMatchObject({ held: false, live: 0 })
    const open = await query('select 1 from scope where disappearance_confirmed_at is not null')
    expect(open).toEqual([])
  })

  test('with a resource go the relationships it told of, and what others tell of it points at nothing again', async () => {
    const naming = (id: string, target: string): CollectedResource => ({
      ...resourceOf(id, `names ${target}`),
      relationships: [{ kind: 'sends-to', to: type.resourceType, target, by: 'id', reverse: false }],
    })
    const edges = () =>
      query(
        'select s.native_id as src, e.target_key as target, d.native_id as dst, e.valid_to is not null as ended from edge e join resource s on s.id = e.src left join resource d on d.id = e.dst order by s.native_id',
      )
    await store(scanOf([naming('a', 'b'), naming('b', 'a')]))
    await bindAllEdges(db())
    expect(await edges()).toEqual([
      { src: 'a', target: 'b', dst: 'b', ended: false },
      { src: 'b', target: 'a', dst: 'a', ended: false },
    ])
    await store(scanOf([naming('a', 'b')]))
    await store(scanOf([naming('a', 'b')]))
    expect(await edges()).toEqual([
      { src: 'a', target: 'b', dst: null, ended: false },
      { src: 'b', target: 'a', dst: 'a', ended: true },
    ])
  })

  test('a resource that is named by its address is found at it, and at nothing once the address is given back', async () => {
    const at = (id: string, endpoint: string | null): CollectedResource => ({
      ...resourceOf(id, `at ${endpoint}`),
      endpoint,
    })
    const naming: CollectedResource = {
      ...resourceOf('record'),
      relationships: [
        { kind: 'routes-to', to: type.resourceType, target: '198.51.100.7', by: 'endpoint', reverse: false },
        // A name is no address: what is called like one is not meant.
        { kind: 'routes-to', to: type.resourceType, target: 'one', by: 'endpoint', reverse: false },
      ],
    }
    const ends = () =>
      query(
        'select e.target_key as target, d.native_id as dst from edge e left join resource d on d.id = e.dst where e.valid_to is null order by 1',
      )
    const { touched } = await store(scanOf([naming, at('one', null)]))
    await bindEdges(db(), touched)
    expect(await ends()).toEqual([
      { target: '198.51.100.7', dst: null },
      { target: 'one', dst: null },
    ])
    const later = await store(scanOf([naming, at('one', '198.51.100.7')]))
    await bindEdges(db(), later.touched)
    expect(await ends()).toContainEqual({ target: '198.51.100.7', dst: 'one' })
    await store(scanOf([naming]))
    await store(scanOf([naming]))
    await bindAllEdges(db())
    expect(await ends()).toContainEqual({ target: '198.51.100.7', dst: null })
    await store(scanOf([naming, at('two', '198.51.100.7')]))
    await bindAllEdges(db())
    expect(await ends()).toContainEqual({ target: '198.51.100.7', dst: 'two' })
  })

  test.each([
    [20, 20, false],
    [21, 21, true],
    [21, 70, false],
    [22, 70, true],
    [300, 1_000, false],
    [301, 1_000, true],
  ])('%i of %i at once is a mass disappearance: %s', (unseen, live, expected) => {
    expect(isMassDisappearance(unseen, live)).toBe(expected)
  })
})

describe('Any sequence of scans', () => {
  interface Model {
    missing: boolean
    deleted: boolean
  }

  /** The rule in its plainest words, without a database. */
  const apply = (model: Map<string, Model>, shown: readonly string[], complete: boolean, confirmed: boolean): void => {
    for (const id of shown) model.set(id, { missing: false, deleted: false })
    if (!complete) return
    const live = [...model].filter(([, row]) => !row.deleted)
    const unseen = live.filter(([id]) => !shown.includes(id))
    const hold = unseen.length > 20 && unseen.length > live.length * 0.3 && !confirmed
    for (const [id, row] of unseen) {
      if (row.missing && !hold) model.set(id, { missing: true, deleted: true })
      else model.set(id, { ...row, missing: true })
    }
  }

  const step = fc.record({
    from: fc.integer({ min: 0, max: 35 }),
    to: fc.integer({ min: 0, max: 40 }),
    complete: fc.boolean(),
    confirmed: fc.boolean(),
  })

  test('leaves exactly what two complete lists and one confirmation allow', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 7 }), async (steps) => {
        await query('delete from resource')
        await query('update scope set held_since = null, disappearance_confirmed_at = null')
        const model = new Map<string, Model>()
        for (const { from, to, complete, confirmed } of steps) {
          const ids = Array.from({ length: Math.max(0, to - from) }, (_, index) => `q-${from + index}`)
          await query('update scope set disappearance_confirmed_at = $1 where resource_type = $2', [
            confirmed ? new Date() : null,
            type.resourceType,
          ])
          await store(
            scanOf(
              ids.map((id) => resourceOf(id)),
              complete ? {} : broken,
            ),
          )
          apply(model, ids, complete, confirmed)
          const known = (await rows()).map(({ id, missing, deleted }) => [id, { missing, deleted }] as const)
          expect(new Map(known)).toEqual(new Map([...model].toSorted(([a], [b]) => (a < b ? -1 : 1))))
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('Leases and fences', () => {
  test('a worker whose lease another one has taken writes nothing', async () => {
    const stale = await claim('first')
    const fresh = await claim('second')
    expect(fresh.fence).toBeGreaterThan(stale.fence)
    await expect(storeScan(db(), stale, type, place, scanOf([resourceOf('a')]))).rejects.toThrow(LeaseLost)
    const late = storeScan(db(), stale, type, place, scanOf([resourceOf('a')]))
    await expect(late).rejects.toMatchObject({ name: 'LeaseLost', message: 'another worker has this scope' })
    const gone = { ...fresh, scopeId: 2 ** 31 - 1 }
    await expect(storeScan(db(), gone, type, place, scanOf([resourceOf('a')]))).rejects.toThrow(LeaseLost)
    await expect(closeWithoutScan(db(), stale, { status: 'FAILED', reason: 'late' })).rejects.toThrow(LeaseLost)
    expect(await rows()).toEqual([])
    await storeScan(db(), fresh, type, place, scanOf([resourceOf('a')]))
    expect(await rows()).toHaveLength(1)
  })

  test('a leased scope is nobody else’s until its lease ends, and a heartbeat moves that end', async () => {
    const mine = await claim('mine')
    const due = () => query("update scope set next_due = now() - interval '1 second' where id = $1", [mine.scopeId])
    await due()
    expect(await claimScopes(db(), 'other', 5)).toEqual([])
    await query("update scope set lease_until = now() + interval '1 second' where id = $1", [mine.scopeId])
    await extendLeases(db(), 'other', [mine.scopeId])
    const left = async () =>
      Number(
        (
          await query<{ s: string }>('select extract(epoch from lease_until - now()) as s from scope where id = $1', [
            mine.scopeId,
          ])
        )[0]?.s,
      )
    expect(await left()).toBeLessThan(2)
    await extendLeases(db(), 'mine', [mine.scopeId])
    expect(await left()).toBeGreaterThan(50)
    await releaseLeases(db(), 'mine')
    expect((await claimScopes(db(), 'other', 5)).map((one) => one.scopeId)).toEqual([mine.scopeId])
  })

  test('twenty workers that claim at once never get the same scope', async () => {
    await query("update scope set next_due = now() - interval '1 second', lease_until = null")
    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, worker) => claimScopes(db(), `worker-${worker}`, 10)),
    )
    const ids = claims.flat().map((one) => one.scopeId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBe(Number((await query<{ n: string }>('select count(*) as n from scope'))[0]?.n))
    await query("update scope set next_due = now() + interval '1 day', lease_until = null")
  })

  test('an account that is not active is not scanned', async () => {
    await query("update aws_account set status = 'inactive'")
    await query("update scope set next_due = now() - interval '1 second', lease_until = null")
    expect(await claimScopes(db(), 'anybody', 5)).toEqual([])
    await query("update aws_account set status = 'active'")
    await query("update scope set next_due = now() + interval '1 day'")
  })
})

describe('Versions', () => {
  test('a change tells the field before and after; the same content touches nothing', async () => {
    await store(scanOf([resourceOf('a', 'one')]))
    await store(scanOf([resourceOf('a', 'two')]))
    const [before] = await query<{ x: string }>('select xmin::text as x from resource')
    await store(scanOf([resourceOf('a', 'two')]))
    const [after] = await query<{ x: string }>('select xmin::text as x from resource')
    expect(after).toEqual(before)
    const changes = await query('select version, kind, changes from resource_version order by version')
    expect(changes).toEqual([
      { version: 1, kind: 'CREATED', changes: [] },
      { version: 2, kind: 'CHANGED', changes: [{ path: 'content', before: 'one', after: 'two' }] },
    ])
  })

  test('the same id twice in one listing is one resource, as it was said last', async () => {
    const outcome = await store(scanOf([resourceOf('a', 'early'), resourceOf('a', 'late')]))
    expect(outcome.created).toBe(1)
    expect(await query('select properties from resource')).toEqual([{ properties: { id: 'a', content: 'late' } }])
  })
})
