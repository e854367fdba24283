import type { Job } from '@dashboard/contract/jobs.ts'
import type { Scope } from '@dashboard/contract/scopes.ts'
import { closeWithoutScan } from '@dashboard/server/discovery/closing.ts'
import { claimScopes, extendLeases } from '@dashboard/server/discovery/queue.ts'
import { storeScan } from '@dashboard/server/discovery/store.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { broken, type OneScope, place, resourceOf, scanOf, startOneScope, type } from './one-scope.ts'

let scope: OneScope
const db = () => scope.product.core.database.db

const onlyQueues = { resourceTypes: [type.resourceType] }

const read = async (): Promise<Scope | undefined> =>
  (await scope.product.call<{ items: Scope[] }>('GET', `/scopes?resourceType=${type.resourceType}`)).body.items[0]

const startJob = async (): Promise<string> =>
  (await scope.product.call<{ jobId: string }>('POST', '/resources/discover', onlyQueues)).body.jobId

const job = async (id: string): Promise<Job> => (await scope.product.call<Job>('GET', `/jobs/${id}`)).body

/** Asked for by somebody, the scope is due at once and needs no help to be so. */
const claimAsked = async () => {
  const [taken] = await claimScopes(db(), 'test', 1)
  if (taken === undefined) throw new Error('nothing was due')
  return taken
}

beforeAll(async () => {
  scope = await startOneScope()
})

afterAll(() => scope?.close())

beforeEach(() => scope.reset())

describe('The end of an attempt', () => {
  const fix = { summary: 'Allow it.', missingActions: ['sqs:ListQueues'] }

  test('is told whole: outcome, reason, what mends it, what it cost, and as of when the list is complete', async () => {
    const startedAt = new Date(Date.now() - 30_000)
    await scope.store(scanOf([resourceOf('a')], { startedAt, calls: 7, throttles: 2 }))
    expect(await read()).toMatchObject({
      status: 'SUCCEEDED',
      running: false,
      reason: null,
      fix: null,
      resources: 1,
      calls: 7,
      throttles: 2,
      lastComplete: startedAt.toISOString(),
      failures: 0,
    })
    await scope.store(scanOf([], { ...broken, reason: 'sqs:ListQueues is denied.', fix, calls: 1, throttles: 0 }))
    expect(await read()).toMatchObject({
      status: 'ACCESS_DENIED',
      reason: 'sqs:ListQueues is denied.',
      fix,
      resources: 1,
      calls: 1,
      throttles: 0,
      // A list that broke off makes nothing newer.
      lastComplete: startedAt.toISOString(),
      failures: 1,
    })
    await scope.store(scanOf([resourceOf('a')]))
    expect(await read()).toMatchObject({ reason: null, fix: null, failures: 0 })
    expect(await scope.query('select 1 from scope where fix is not null')).toEqual([])
  })

  test('is kept in the history with its figures', async () => {
    await scope.store(scanOf([resourceOf('a'), resourceOf('b'), resourceOf('c')], { pages: 3, calls: 9, throttles: 4 }))
    await scope.store(scanOf([resourceOf('a', 'other')]))
    await scope.store(scanOf([resourceOf('a', 'other')]))
    await closeWithoutScan(db(), await scope.claim(), { status: 'FAILED', reason: 'no credentials' })
    const figures = 'outcome, reason, pages, calls, throttles, seen, created, changed, deleted'
    expect(await scope.query(`select ${figures} from scan_run order by id`)).toEqual([
      {
        outcome: 'SUCCEEDED',
        reason: null,
        pages: 3,
        calls: 9,
        throttles: 4,
        seen: 3,
        created: 3,
        changed: 0,
        deleted: 0,
      },
      {
        outcome: 'SUCCEEDED',
        reason: null,
        pages: 1,
        calls: 1,
        throttles: 0,
        seen: 1,
        created: 0,
        changed: 1,
        deleted: 0,
      },
      {
        outcome: 'SUCCEEDED',
        reason: null,
        pages: 1,
        calls: 1,
        throttles: 0,
        seen: 1,
        created: 0,
        changed: 0,
        deleted: 2,
      },
      {
        outcome: 'FAILED',
        reason: 'no credentials',
        pages: 0,
        calls: 0,
        throttles: 0,
        seen: 0,
        created: 0,
        changed: 0,
        deleted: 0,
      },
    ])
  })

  test('without a scan leaves what is known as it is, counts as a failure, and gives the lease back', async () => {
    await scope.store(scanOf([resourceOf('a')]))
    const before = await read()
    await closeWithoutScan(db(), await scope.claim(), { status: 'FAILED', reason: 'no credentials' })
    expect(await read()).toMatchObject({
      status: 'FAILED',
      reason: 'no credentials',
      fix: null,
      resources: 1,
      lastComplete: before?.lastComplete,
      failures: 1,
    })
    expect(await scope.ledger()).toMatchObject({ leased: false, minutes: 1 })
    expect(await scope.rows()).toMatchObject([{ id: 'a', missing: false, deleted: false }])
  })

  test('asks again the sooner the likelier it passes: by what broke the list off, not by what was found of it', async () => {
    await scope.store(scanOf([resourceOf('a')]))
    const rests = (await scope.ledger())?.minutes ?? 0
    expect(rests).toBeGreaterThan(10)
    const partial = { complete: false, status: 'PARTIAL', cause: 'THROTTLED' } as const
    const waits: (number | undefined)[] = []
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await scope.store(scanOf([resourceOf('a')], partial))
      waits.push((await scope.ledger())?.minutes)
    }
    expect(waits).toEqual([1, 2, 4])
    await closeWithoutScan(db(), await scope.claim(), { status: 'FAILED', reason: 'no credentials' })
    expect((await scope.ledger())?.minutes).toBeGreaterThan(4)
    await scope.store(scanOf([resourceOf('a')]))
    expect((await scope.ledger())?.minutes).toBeGreaterThan(10)
  })

  test('with something missing asks again after a minute, held or not, and once nothing is newly missing rests', async () => {
    const all = Array.from({ length: 30 }, (_, index) => resourceOf(`q-${index}`))
    await scope.store(scanOf(all))
    await scope.store(scanOf([]))
    expect(await scope.ledger()).toMatchObject({ held: true, minutes: 1 })
    await scope.store(scanOf([]))
    expect((await scope.ledger())?.minutes).toBeGreaterThan(10)
    await scope.store(scanOf(all))
    await scope.store(scanOf(all.slice(1)))
    expect(await scope.ledger()).toMatchObject({ held: false, minutes: 1 })
    await scope.store(scanOf(all.slice(1)))
    expect((await scope.ledger())?.minutes).toBeGreaterThan(10)
  })
})

describe('Who waits for a scope', () => {
  test('is told what its scan came to, once', async () => {
    const id = await startJob()
    expect(await job(id)).toMatchObject({ status: 'queued', done: 0, total: 1 })
    const claim = await claimAsked()
    expect(await job(id)).toMatchObject({ status: 'running', done: 0 })
    await storeScan(db(), claim, type, place, scanOf([resourceOf('a'), resourceOf('b')]))
    const answered = await job(id)
    expect(answered).toMatchObject({
      status: 'completed',
      done: 1,
      byStatus: { SUCCEEDED: 1 },
      resourcesSeen: 2,
      resourcesCreated: 2,
    })
    await scope.store(scanOf([resourceOf('a', 'changed')]))
    expect(await job(id)).toEqual(answered)
  })

  test('is told also when nothing could be read', async () => {
    const id = await startJob()
    await closeWithoutScan(db(), await claimAsked(), { status: 'FAILED', reason: 'no credentials' })
    expect(await job(id)).toMatchObject({ status: 'completed', byStatus: { FAILED: 1 }, resourcesSeen: 0 })
  })

  test('whoever asks while a scan is under way gets one that began after the question, at once', async () => {
    const under = await scope.claim()
    const id = await startJob()
    await storeScan(db(), under, type, place, scanOf([resourceOf('a')]))
    expect(await job(id)).toMatchObject({ done: 0 })
    expect(await scope.ledger()).toMatchObject({ leased: false, minutes: 0, priority: 0 })
    await storeScan(db(), await claimAsked(), type, place, scanOf([resourceOf('a'), resourceOf('b')]))
    expect(await job(id)).toMatchObject({ status: 'completed', resourcesSeen: 2, resourcesCreated: 1 })
    expect(await scope.ledger()).toMatchObject({ priority: 10 })
  })

  test('what somebody waits for is claimed before what is merely due', async () => {
    await scope.query("update scope set next_due = now() - interval '1 hour', priority = 10, lease_until = null")
    await startJob()
    expect(await claimAsked()).toMatchObject({ resourceType: type.resourceType })
    await scope.query("update scope set next_due = now() + interval '1 day', lease_until = null")
  })
})

describe('A worker that has nothing under way', () => {
  test('extends no lease', async () => {
    await scope.claim('mine')
    await scope.query("update scope set lease_until = now() + interval '1 second' where lease_owner = 'mine'")
    await extendLeases(db(), 'mine', [])
    const [row] = await scope.query<{ short: boolean }>(
      "select lease_until < now() + interval '2 seconds' as short from scope where lease_owner = 'mine'",
    )
    expect(row).toEqual({ short: true })
  })
})
