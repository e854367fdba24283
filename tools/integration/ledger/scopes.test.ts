import type { AWSAccount } from '@dashboard/contract/accounts.ts'
import type { Job } from '@dashboard/contract/jobs.ts'
import type { Scope, ScopeRow } from '@dashboard/contract/scopes.ts'
import type { Coverage } from '@dashboard/contract/vocabulary.ts'
import { resourceTypes } from '@dashboard/catalog/catalog.ts'
import { addNewScopes, addScopes } from '@dashboard/server/discovery/ledger.ts'
import { type Signal, subscribe } from '@dashboard/server/events/bus.ts'
import { createLog } from '@dashboard/server/log/log.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Product, startProduct } from '../../testing/product.ts'

const regions = ['eu-central-1', 'eu-west-1']
const accounts = ['200000000002', '200000000003', '200000000004']
const queue = 'AWS::SQS::Queue'
const regional = resourceTypes.filter((type) => type.scope !== 'global').length
const global = resourceTypes.length - regional

let product: Product

const query = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
  (await product.core.database.pool.query<Row & Record<string, unknown>>(text, values)).rows

const connect = async (accountId: string): Promise<string> => {
  const account = { credentialType: 'iam_role', name: `account ${accountId}`, accountId, regions }
  const { body } = await product.call<AWSAccount>('POST', '/aws/accounts', account)
  await query("update aws_account set status = 'active' where id = $1", [body.id])
  return body.id
}

interface Page {
  items: Scope[]
  total: number
  nextToken?: string
  coverage: Coverage
}
interface Matrix {
  rows: ScopeRow[]
  accounts: number
  nextToken?: string
  coverage: Coverage
}

const list = async (search: string): Promise<Page> => (await product.call<Page>('GET', `/scopes?${search}`)).body
const matrix = async (search = ''): Promise<Matrix> =>
  (await product.call<Matrix>('GET', `/scopes/matrix?${search}`)).body

beforeAll(async () => {
  product = await startProduct()
  for (const accountId of accounts) await connect(accountId)
})

afterAll(() => product?.close())

beforeEach(() =>
  query(
    "update scope set status = 'NEW', held_since = null, held_missing = 0, lease_until = null, priority = 10, next_due = now() + interval '1 day', disappearance_confirmed_at = null",
  ),
)

describe('The list of scopes', () => {
  test('holds one line for each account, region and type, and shows those that are asked for', async () => {
    const one = regional * regions.length + global
    expect(await list('maxResults=1')).toMatchObject({
      total: one * accounts.length,
      coverage: { scopes: { total: one * accounts.length } },
    })
    const [first] = accounts
    const chosen = await list(`accountId=${first}&region=eu-west-1&resourceType=${queue}`)
    expect(chosen).toMatchObject({
      total: 1,
      items: [{ accountId: first, region: 'eu-west-1', resourceType: queue }],
      coverage: { scopes: { total: 1 }, accounts: { total: 1 } },
    })
    expect(await list('region=global&maxResults=1')).toMatchObject({ total: global * accounts.length })
  })

  test('pages through all of them, each once', async () => {
    const seen: number[] = []
    let next: string | undefined
    do {
      const page: Page = await list(`accountId=${accounts[0]}&maxResults=7${next ? `&nextToken=${next}` : ''}`)
      seen.push(...page.items.map((item) => item.id))
      next = page.nextToken
    } while (next)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toHaveLength(regional * regions.length + global)
  })
})

describe('The matrix', () => {
  test('has a row for each account and region, the global one first, and a cell for each type in order', async () => {
    await query("update scope set lease_until = now() + interval '1 minute' where resource_type = $1 and region = $2", [
      queue,
      'eu-west-1',
    ])
    await query(
      "update scope set lease_until = now() - interval '1 second', status = 'SUCCEEDED', held_since = now() where resource_type = $1 and region = $2",
      [queue, 'eu-central-1'],
    )
    const { rows, accounts: count, coverage } = await matrix(`accountId=${accounts[1]}`)
    expect(count).toBe(1)
    expect(coverage.accounts.total).toBe(1)
    expect(rows.map((row) => [row.accountId, row.accountName, row.region, row.cells.length])).toEqual([
      [accounts[1], `account ${accounts[1]}`, 'global', global],
      [accounts[1], `account ${accounts[1]}`, 'eu-central-1', regional],
      [accounts[1], `account ${accounts[1]}`, 'eu-west-1', regional],
    ])
    const cells = rows.map((row) => row.cells.find((cell) => cell.resourceType === queue))
    expect(cells).toMatchObject([
      undefined,
      { status: 'SUCCEEDED', running: false, held: true },
      { status: 'NEW', running: true, held: false },
    ])
    const names = rows.flatMap((row) => [row.cells.map((cell) => cell.resourceType)])
    expect(names).toEqual(names.map((row) => row.toSorted()))
  })

  test('comes a page of accounts at a time, each account once, and says how many there are', async () => {
    const seen: string[] = []
    let next: string | undefined
    let pages = 0
    do {
      const page: Matrix = await matrix(`maxResults=2${next ? `&nextToken=${next}` : ''}`)
      expect(page.accounts).toBe(accounts.length)
      expect(page.coverage.accounts.total).toBe(accounts.length)
      seen.push(...new Set(page.rows.map((row) => row.accountId)))
      next = page.nextToken
      pages += 1
    } while (next)
    expect([seen.toSorted(), pages]).toEqual([accounts, 2])
    expect((await matrix('maxResults=3')).nextToken).toBeUndefined()
    expect((await matrix('accountId=999999999999')).rows).toEqual([])
  })
})

describe('A disappearance', () => {
  const confirm = (id: number) => product.call<Scope & { code?: string }>('POST', `/scopes/${id}/confirm-disappearance`)

  test('is confirmed once: the scope is read again before anything is deleted, ahead of the rest, and workers hear of it', async () => {
    const [held] = (await list(`accountId=${accounts[0]}&resourceType=${queue}`)).items
    const id = held?.id ?? 0
    expect((await confirm(id)).body).toMatchObject({ code: 'NOTHING_TO_CONFIRM' })
    await query('update scope set held_since = now(), held_missing = 25 where id = $1', [id])
    const heard: Signal[] = []
    const subscription = await subscribe(product.database.url, {
      signal: (signal) => heard.push(signal),
      gap: () => undefined,
      log: createLog({ level: 'silent', process: 'test' }),
    })
    try {
      const answer = await confirm(id)
      expect([answer.status, answer.body]).toMatchObject([200, { id, held: { missing: 25 } }])
      await expect.poll(() => heard).toContainEqual({ type: 'work' })
    } finally {
      await subscription.close()
    }
    const state = await query(
      'select id::int, disappearance_confirmed_at is not null as confirmed, next_due <= now() as due, priority from scope where disappearance_confirmed_at is not null',
    )
    expect(state).toEqual([{ id, confirmed: true, due: true, priority: 0 }])
  })

  test('of a scope that is not there cannot be confirmed', async () => {
    expect((await confirm(999_999)).body).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('Which scopes an account has', () => {
  const regionsOf = async (connection: string): Promise<string[]> =>
    (
      await query<{ region: string }>('select distinct region from scope where connection_id = $1 order by 1', [
        connection,
      ])
    ).map((row) => row.region)
  const select = (connection: string, selected: string[]) =>
    product.call('PUT', `/aws/accounts/${connection}`, { regions: selected })

  test('follows its regions: new ones come, others go with all that was known of them, the rest stays as it is', async () => {
    const account = '200000000005'
    const connection = await connect(account)
    expect(await regionsOf(connection)).toEqual([...regions, 'global'])
    const others = () =>
      query('select max(id)::int as newest, count(*)::int as n from scope where connection_id <> $1', [connection])
    const before = await others()
    await query("update scope set status = 'SUCCEEDED' where connection_id = $1 and region = 'eu-west-1'", [connection])
    expect((await select(connection, ['eu-west-1', 'us-east-2'])).status).toBe(200)
    expect(await regionsOf(connection)).toEqual(['eu-west-1', 'global', 'us-east-2'])
    const kept = await list(`accountId=${account}&region=eu-west-1&status=SUCCEEDED&maxResults=1`)
    expect(kept.total).toBe(regional)
    expect(await others()).toEqual(before)
    // Whoever changes the regions starts the discovery; by itself it begins a little later.
    const [wait] = await query<{ seconds: number }>(
      "select extract(epoch from min(next_due) - now())::int as seconds from scope where connection_id = $1 and region = 'us-east-2'",
      [connection],
    )
    expect(wait?.seconds).toBeGreaterThan(100)
    expect(wait?.seconds).toBeLessThanOrEqual(120)
    await product.call('DELETE', `/aws/accounts/${connection}`)
  })

  test('decides what a job waits for: not for scopes that go, nor for those of an account that goes', async () => {
    const account = '200000000006'
    const connection = await connect(account)
    const started = await product.call<{ jobId: string }>('POST', '/resources/discover', { accountIds: [account] })
    const job = async () => (await product.call<Job>('GET', `/jobs/${started.body.jobId}`)).body
    expect(await job()).toMatchObject({ total: regional * 2 + global, status: 'queued' })
    await select(connection, ['eu-west-1'])
    expect(await job()).toMatchObject({ total: regional + global, status: 'queued' })
    expect((await product.call('DELETE', `/aws/accounts/${connection}`)).status).toBeLessThan(300)
    expect(await job()).toMatchObject({ total: 0, status: 'completed' })
    expect(await regionsOf(connection)).toEqual([])
  })

  test('are there at once for accounts that come together, and no other account gets any', async () => {
    const together = [await connect('200000000007'), await connect('200000000008')]
    const alone = await connect('200000000009')
    await query('delete from scope where connection_id = any($1)', [[...together, alone]])
    await product.core.database.db.transaction((tx) => addScopes(tx, together))
    for (const connection of together) expect(await regionsOf(connection)).toEqual([...regions, 'global'])
    expect(await regionsOf(alone)).toEqual([])
    for (const connection of [...together, alone]) await product.call('DELETE', `/aws/accounts/${connection}`)
  })

  test('grows with what a newer version discovers, in every account, and nothing else changes', async () => {
    const count = async () => Number((await query<{ n: string }>('select count(*) as n from scope'))[0]?.n)
    const all = await count()
    await query('delete from scope where resource_type = $1', [queue])
    await query("update scope set status = 'SUCCEEDED'")
    await product.core.database.db.transaction(addNewScopes)
    expect(await count()).toBe(all)
    const fresh = await query("select distinct resource_type as type from scope where status = 'NEW'")
    expect(fresh).toEqual([{ type: queue }])
  })
})
