import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Overview } from '@dashboard/contract/overview.ts'
import type { ResourceSummary, ResourceVersion } from '@dashboard/contract/resources.ts'
import { type Product, startProduct } from '../testing/product.ts'
import { parseCsv } from './resources/csv.ts'
import { accountIds, environments, regions, seedEstate, states, teams, types } from './resources/seeded-estate.ts'

type Query = Record<string, string | string[]>
type Facets = Record<string, { value: string; label?: string; count: number }[]>
interface Page<Item> {
  items: Item[]
  nextToken?: string
  total: number
}

const seed = 20_261_125
const runs = { seed, numRuns: 40 }

let product: Product

beforeAll(async () => {
  product = await startProduct()
  await seedEstate(product, 400)
})

afterAll(async () => {
  await product?.close()
})

const queryOf = (query: Query): string =>
  new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => [value].flat().map((item): [string, string] => [name, item])),
  ).toString()

const get = async <Body>(path: string, query: Query = {}): Promise<Body> => {
  const { status, body } = await product.call<Body>('GET', `${path}?${queryOf(query)}`)
  expect(status, `${path} ${JSON.stringify(query)}: ${JSON.stringify(body)}`).toBe(200)
  return body
}

const listAll = async (query: Query, pageSize = '200'): Promise<ResourceSummary[]> => {
  const items: ResourceSummary[] = []
  const totals = new Set<number>()
  let nextToken: string | undefined
  do {
    const page: Page<ResourceSummary> = await get('/resources', {
      ...query,
      maxResults: pageSize,
      ...(nextToken === undefined ? {} : { nextToken }),
    })
    items.push(...page.items)
    totals.add(page.total)
    nextToken = page.nextToken
  } while (nextToken !== undefined)
  expect([...totals]).toEqual([items.length])
  return items
}

const some = (values: readonly string[]) => fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined })

const given = (shape: Record<string, string | string[] | undefined>): Query =>
  Object.fromEntries(Object.entries(shape).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))

const filters = fc
  .record({
    accountId: some(accountIds),
    region: some(regions),
    service: some(types.map(({ service }) => service)),
    resourceType: some(types.map(({ resourceType }) => resourceType)),
    state: some(states.flatMap((state) => state ?? [])),
    environment: some(environments),
    tag: fc.option(
      fc.subarray(['team', 'Environment', 'Environment=prod', ...teams.map((team) => `team=${team}`)], {
        minLength: 1,
        maxLength: 2,
      }),
      { nil: undefined, freq: 3 },
    ),
    text: fc.option(fc.constantFrom('web', 'WEB-1', '%', '_off', 'sqs:eu', 'quote"'), { nil: undefined, freq: 3 }),
    changedSince: fc.option(fc.constantFrom('7d', '20d', '600h'), { nil: undefined, freq: 3 }),
    change: fc.option(fc.subarray(['CREATED', 'CHANGED', 'DELETED'], { minLength: 1 }), { nil: undefined, freq: 3 }),
  })
  .map(given)

const sorts = fc.record({
  sort: fc.constantFrom(
    'name',
    'resourceType',
    'region',
    'accountId',
    'state',
    'lastUpdated',
    'discoveredAt',
    'createdAt',
  ),
  order: fc.constantFrom('asc', 'desc'),
})

const count = (values: (string | null)[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const value of values) if (value !== null) counts[value] = (counts[value] ?? 0) + 1
  return counts
}

const countsOf = (facet: Facets[string] | undefined): Record<string, number> =>
  Object.fromEntries((facet ?? []).map(({ value, count: of }) => [value, of]))

const without = (query: Query, name: string): Query =>
  Object.fromEntries(Object.entries(query).filter(([field]) => field !== name))

const facetFields = {
  account: 'accountId',
  region: 'region',
  service: 'service',
  resourceType: 'resourceType',
  state: 'state',
  environment: 'environment',
} as const

describe('Every figure beside a filter is what choosing it shows', () => {
  test('each facet counts the rows under all the other filters', { timeout: 180_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        const facets = await get<Facets>('/resources/facets', filter)
        for (const [facet, field] of Object.entries(facetFields)) {
          const rows = await get<ResourceSummary[]>('/resources/export', { ...without(filter, field), format: 'json' })
          expect(countsOf(facets[facet]), facet).toEqual(count(rows.map((row) => row[field])))
        }
        const rows = await get<ResourceSummary[]>('/resources/export', { ...filter, format: 'json' })
        expect(countsOf(facets['tagKey'])).toEqual(count(rows.flatMap((row) => Object.keys(row.tags))))
      }),
      runs,
    )
  })

  test('the values of a tag are counted without what is chosen of that tag', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        const { tagValue } = await get<Facets>('/resources/facets', { ...filter, tagKey: 'team' })
        const tags = [filter['tag'] ?? []].flat().filter((tag) => tag !== 'team' && !tag.startsWith('team='))
        const others = { ...without(filter, 'tag'), ...(tags.length === 0 ? {} : { tag: tags }), format: 'json' }
        const rows = await get<ResourceSummary[]>('/resources/export', others)
        expect(countsOf(tagValue)).toEqual(count(rows.map((row) => row.tags['team'] ?? null)))
      }),
      runs,
    )
  })

  test('accounts and types are offered by their names, the most frequent first', async () => {
    const { account = [], resourceType = [] } = await get<Facets>('/resources/facets')
    expect(new Set(account.map(({ label }) => label))).toEqual(new Set(['Account 0', 'Account 1', 'Account 2']))
    expect(new Set(resourceType.map(({ label }) => label))).toEqual(new Set(['EBS volume', 'SQS queue']))
    expect(account.map(({ count: of }) => of)).toEqual(account.map(({ count: of }) => of).toSorted((a, b) => b - a))
  })
})

describe('An environment comes from the nearest that tells it', () => {
  const told = (row: ResourceSummary): [string | null, string | null] => {
    const names: Record<string, string> = { prod: 'production', stg: 'staging', dev: 'development' }
    const tag = row.tags['Environment']
    if (tag !== undefined) return [names[tag] ?? tag, 'tag']
    if (row.accountId === accountIds[0]) return ['production', 'account']
    return row.accountId === accountIds[1] ? ['staging', 'ou'] : [null, null]
  }

  test('the tag, else the account, else its organizational unit, else nobody', async () => {
    const rows = await listAll({})
    expect(rows.map((row) => [row.environment, row.environmentSource])).toEqual(rows.map(told))
    expect(new Set(rows.map((row) => row.environmentSource))).toEqual(new Set(['tag', 'account', 'ou', null]))
  })

  test('choosing environments shows exactly what has one of them', async () => {
    const all = await listAll({})
    for (const environment of [['production'], ['staging', 'development'], ['no-such']]) {
      const expected = all.filter((row) => row.environment !== null && environment.includes(row.environment))
      expect((await listAll({ environment })).map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
    }
  })
})

describe('What changed', () => {
  const historyOf = async (row: ResourceSummary): Promise<ResourceVersion[]> =>
    (await get<Page<ResourceVersion>>(`/resources/${row.id}/versions`, { maxResults: '200' })).items

  test('lists what has a version of the kind within the time, and what is gone only when asked for', async () => {
    const all = await get<ResourceSummary[]>('/resources/export', {
      format: 'json',
      changedSince: '99d',
      change: ['CREATED', 'CHANGED', 'DELETED'],
    })
    expect(all).toHaveLength(400)
    const histories = new Map(await Promise.all(all.map(async (row) => [row.id, await historyOf(row)] as const)))
    const since = new Date(Date.now() - 20 * 86_400_000).toISOString()
    const until = new Date(Date.now() - 5 * 86_400_000).toISOString()
    for (const kinds of [['CREATED'], ['CHANGED'], ['DELETED'], ['CREATED', 'DELETED']]) {
      const expected = all.filter(
        (row) =>
          (row.deletedAt === null || kinds.includes('DELETED')) &&
          histories.get(row.id)?.some(({ at, kind }) => kinds.includes(kind) && at >= since && at <= until),
      )
      const shown = await listAll({ changedSince: since, changedUntil: until, change: kinds })
      expect(shown.map(({ id }) => id).toSorted(), kinds.join()).toEqual(expected.map(({ id }) => id).toSorted())
      expect(shown.length, kinds.join()).toBeGreaterThan(0)
    }
    const lastDay = all.filter(
      (row) =>
        row.deletedAt === null &&
        histories
          .get(row.id)
          ?.some(({ at, kind }) => kind === 'CHANGED' && Date.parse(at) >= Date.now() - 24 * 3_600_000),
    )
    expect((await listAll({ change: 'CHANGED' })).map(({ id }) => id).toSorted()).toEqual(
      lastDay.map(({ id }) => id).toSorted(),
    )
  })

  test(
    "a day's three figures on the overview add up to the rows that the day opens",
    { timeout: 120_000 },
    async () => {
      const { changesByDay } = await get<Overview>('/overview')
      expect(changesByDay).toHaveLength(30)
      expect(changesByDay.at(-1)?.day).toBe(new Date().toISOString().slice(0, 10))
      for (const { day, created, changed, deleted } of changesByDay) {
        const { total } = await get<Page<ResourceSummary>>('/resources', {
          changedSince: `${day}T00:00:00.000Z`,
          changedUntil: `${day}T23:59:59.999Z`,
          change: ['CREATED', 'CHANGED', 'DELETED'],
          maxResults: '1',
        })
        expect([day, created + changed + deleted]).toEqual([day, total])
      }
      expect(
        Math.min(
          ...(['created', 'changed', 'deleted'] as const).map((kind) => Math.max(...changesByDay.map((d) => d[kind]))),
        ),
      ).toBeGreaterThan(0)
    },
  )

  test('a history pages from the newest version to the first without gaps', async () => {
    const [row] = (await listAll({ changedSince: '99d', change: 'CHANGED' })).slice(-1)
    const versions: ResourceVersion[] = []
    const totals = new Set<number>()
    let nextToken: string | undefined
    do {
      const page: Page<ResourceVersion> = await get(`/resources/${row?.id}/versions`, {
        maxResults: '1',
        ...(nextToken === undefined ? {} : { nextToken }),
      })
      versions.push(...page.items)
      totals.add(page.total)
      nextToken = page.nextToken
    } while (nextToken !== undefined)
    expect([...totals]).toEqual([versions.length])
    expect(versions.map(({ version }) => version)).toEqual(versions.map((_, index) => versions.length - index))
    expect(versions.at(-1)?.kind).toBe('CREATED')
    expect(versions[0]).toMatchObject({
      kind: 'CHANGED',
      changedFields: 1,
      changes: [{ path: 'Size', before: versions.length - 1, after: versions.length }],
    })
    const missing = await product.call('GET', '/resources/01977d3e-0000-7000-8000-000000000000/versions')
    expect([missing.status, missing.body['code']]).toEqual([404, 'NOT_FOUND'])
  })
})

describe('An export is the list as a file', () => {
  test('its rows are the rows of all pages, in their order', { timeout: 180_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(filters, sorts, fc.constantFrom('7', '50', '200'), async (filter, sort, pageSize) => {
        const rows = await get<ResourceSummary[]>('/resources/export', { ...filter, ...sort, format: 'json' })
        expect(rows).toEqual(await listAll({ ...filter, ...sort }, pageSize))
      }),
      runs,
    )
  })

  test('CSV parses back to the values of the rows, and no cell is a formula', async () => {
    const rows = await listAll({})
    const text = await get<string>('/resources/export')
    const [header = [], ...records] = parseCsv(text)
    expect(header.slice(0, 3)).toEqual(['arn', 'resourceId', 'name'])
    expect(records).toHaveLength(rows.length)
    const plain = (cell: string): string => (/^'[=+\-@\t]/.test(cell) ? cell.slice(1) : cell)
    for (const [index, record] of records.entries()) {
      const row = rows[index]
      const expected = header.map((name) => {
        const value = row?.[name as keyof ResourceSummary] ?? ''
        return typeof value === 'string' ? value : JSON.stringify(value)
      })
      expect(record.map(plain)).toEqual(expected)
      for (const cell of record) expect(cell).not.toMatch(/^[=+\-@\t\r\n]/)
    }
    expect(records.filter((record) => record.some((cell) => cell.startsWith("'"))).length).toBeGreaterThan(10)
  })

  test('chosen columns come in their order, tags among them', async () => {
    const rows = await listAll({ sort: 'lastUpdated' })
    const text = await get<string>('/resources/export', {
      columns: ['tag:team', 'name', 'tag:none'],
      sort: 'lastUpdated',
    })
    const [header, ...records] = parseCsv(text)
    expect(header).toEqual(['tag:team', 'name', 'tag:none'])
    expect(records.map(([team]) => team?.replace(/^'/, ''))).toEqual(rows.map((row) => row.tags['team'] ?? ''))
    expect(records.every(([, , none]) => none === '')).toBe(true)
  })

  test('it says what it is, what to call it, and how complete it is', async () => {
    const { headers } = await product.call('GET', '/resources/export?region=eu-west-1')
    expect(headers.get('content-type')).toMatch(/^text\/csv/)
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="resources-\d{4}-\d\d-\d\d\.csv"$/)
    expect(headers.get('x-scopes-incomplete')).toBe('0')
    expect(headers.get('x-scopes')).toBe('6')
    expect(Date.parse(headers.get('x-complete-as-of') ?? '')).toBeGreaterThan(Date.now() - 600_000)
  })

  test('an empty answer is a header, or an empty array', async () => {
    expect(parseCsv(await get<string>('/resources/export', { text: 'no such thing' }))).toHaveLength(1)
    expect(await get('/resources/export', { text: 'no such thing', format: 'json' })).toEqual([])
  })

  test('what is wrong with the request is said in the usual shape', async () => {
    for (const query of ['format=xml', 'columns=secret', 'columns=tag:', 'accountId=1', 'changedSince=yesterday']) {
      const { status, body } = await product.call('GET', `/resources/export?${query}`)
      expect([query, status, body['code']]).toEqual([query, 400, 'INVALID_INPUT'])
    }
    expect((await product.call('GET', '/resources/export', undefined, { token: null })).status).toBe(401)
  })
})
