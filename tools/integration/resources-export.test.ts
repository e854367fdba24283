import { request, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ResourceSummary } from '@dashboard/contract/resources.ts'
import { adminEmail, adminPassword, type Product, startProduct } from '../testing/product.ts'
import { figure } from '../testing/long-run.ts'
import { accountIds, seedEstate } from './resources/seeded-estate.ts'

const rows = 100_000
const sampleEvery = 4 * 2 ** 20

let product: Product
let client: pg.Client
let token: string

beforeAll(async () => {
  product = await startProduct()
  await seedEstate(product, 1)
  client = new pg.Client({ connectionString: product.database.url })
  await client.connect()
  await client.query(
    `insert into resource (uid, scope_id, account_id, region, service, resource_type, native_id, arn, name, state, tags,
       properties, hash, discovered_at, changed_at)
     select gen_random_uuid(), (select min(id) from scope), $1, 'eu-west-1', 'ec2', 'AWS::EC2::Volume', 'many-' || n,
       'arn:aws:ec2:eu-west-1:' || $1 || ':volume/many-' || n, 'many ' || n, 'available',
       jsonb_build_object('note', repeat(md5(n::text), 8)), '{}', '\\x00', now(), now()
     from generate_series(1, $2) n`,
    [accountIds[0], rows],
  )
  await client.query('analyze resource')
  const credentials = { email: adminEmail, password: adminPassword }
  const { body } = await product.call<{ accessToken: string }>('POST', '/auth/login', credentials, { token: null })
  token = body.accessToken
}, 180_000)

afterAll(async () => {
  await client?.end()
  await product?.close()
})

/** The answer, not yet read. */
const open = async (query: string): Promise<IncomingMessage> => {
  const sent = request(`${product.url}/api/resources/export?${query}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  sent.end()
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  return answer
}

const openCursors = async (): Promise<number[]> => {
  const found = await client.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'
       and query like 'fetch forward%'`,
  )
  return found.rows.map(({ pid }) => pid)
}

/** A statement under way is no cursor that waits: so it is asked again for a while. */
const eventually = async (cursors: number): Promise<number[]> => {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const pids = await openCursors()
    if (pids.length === cursors) return pids
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`no moment with ${cursors} cursors; now ${(await openCursors()).length}`)
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Bytes in use that no collection would free. */
const used = (): number => {
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

describe('An export of a hundred thousand resources', () => {
  test('streams them all without ever holding them', { timeout: 120_000 }, async () => {
    const before = used()
    const started = performance.now()
    const answer = await open('format=csv&columns=resourceId&columns=tags&text=many')
    const firstAfter = Math.round(performance.now() - started)
    let bytes = 0
    let lines = 0
    let most = 0
    let samples = 0
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      bytes += chunk.length
      for (const byte of chunk) if (byte === 10) lines += 1
      if (bytes < (samples + 1) * sampleEvery) continue
      samples += 1
      most = Math.max(most, used() - before)
    }
    figure('exported', {
      rows: lines - 1,
      mib: Math.round(bytes / 2 ** 20),
      seconds: Math.round(performance.now() - started) / 1000,
      firstAfter,
      mostMib: Math.round(most / 2 ** 20),
    })
    expect(lines).toBe(rows + 1)
    expect(samples).toBeGreaterThanOrEqual(5)
    expect(most).toBeLessThan(bytes / 2)
    expect(await eventually(0)).toEqual([])
  })

  test('waits for a slow reader, and ends in the database when the reader goes away', { timeout: 60_000 }, async () => {
    const answer = await open('format=json&text=many')
    await once(answer, 'readable')
    const [pid] = await eventually(1)
    await pause(1_500)
    // Read to its end, it would have given its connection back by now.
    expect(await openCursors()).toEqual([pid])
    answer.destroy()
    await eventually(0)
  })

  test('that fails midway breaks off: nobody takes the part for the whole', { timeout: 60_000 }, async () => {
    const answer = await open('format=csv&text=many')
    await once(answer, 'readable')
    const [pid] = await eventually(1)
    await client.query('select pg_terminate_backend($1)', [pid])
    const read = async () => {
      for await (const _ of answer) continue
    }
    await expect(read()).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(answer.complete).toBe(false)
    expect((await product.call('GET', '/resources?maxResults=1')).status).toBe(200)
  })

  test('is one of two that a session may have open', { timeout: 60_000 }, async () => {
    const open1 = await open('format=json&text=many')
    const open2 = await open('format=json&text=many')
    const refused = await open('format=json&text=many')
    expect(refused.statusCode).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    refused.resume()
    open1.destroy()
    open2.destroy()
    await eventually(0)
    const again = await open('format=json&text=many+77777')
    expect(again.statusCode).toBe(200)
    let text = ''
    for await (const chunk of again) text += String(chunk)
    expect((JSON.parse(text) as ResourceSummary[]).map(({ name }) => name)).toEqual(['many 77777'])
  })
})

test.each(['sort=name', 'sort=lastUpdated&order=desc', 'sort=createdAt', 'sort=state&order=desc'])(
  'the pages of a long list by %s begin as its export does',
  async (sort) => {
    const items: ResourceSummary[] = []
    let nextToken = ''
    for (let page = 0; page < 3; page += 1) {
      const { body } = await product.call<{ items: ResourceSummary[]; nextToken: string }>(
        'GET',
        `/resources?maxResults=150&${sort}${nextToken}`,
      )
      items.push(...body.items)
      nextToken = `&nextToken=${body.nextToken}`
    }
    const answer = await open(`format=json&${sort}`)
    let text = ''
    for await (const chunk of answer) {
      text += String(chunk)
      if (text.split('\n').length > 460) break
    }
    const exported = text.split('\n').slice(1, 451)
    expect(exported.map((line) => JSON.parse(line.replace(/,$/, '')) as ResourceSummary)).toEqual(items)
    await eventually(0)
  },
)
