import { PassThrough } from 'node:stream'
import type { AWSAccount } from '@dashboard/contract/accounts.ts'
import type { Scope } from '@dashboard/contract/scopes.ts'
import { type Claim, claimScopes } from '@dashboard/server/discovery/queue.ts'
import { scanClaim, type WorkerMetrics } from '@dashboard/server/discovery/scan-claim.ts'
import { createLog } from '@dashboard/server/log/log.ts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type EstateGateway, startEstateGateway } from '../../estates/estate-gateway.ts'
import { connectEstate } from '../../resilience/estate-product.ts'
import { type Product, startProduct } from '../../testing/product.ts'

const vpc = 'AWS::EC2::VPC'
const subnet = 'AWS::EC2::Subnet'

let aws: EstateGateway
let product: Product
let accountId: string
let region: string
let phase: string
let lines: Record<string, unknown>[]
let counted: Parameters<WorkerMetrics['scanned']>[0][]

const query = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
  (await product.core.database.pool.query<Row & Record<string, unknown>>(text, values)).rows

const log = () => {
  const output = new PassThrough()
  output.on('data', (chunk) => lines.push(JSON.parse(String(chunk)) as Record<string, unknown>))
  return createLog({ level: 'trace', process: 'test', output })
}

const claim = async (resourceType: string): Promise<Claim> => {
  await query(
    "update scope set next_due = now() - interval '1 second', lease_until = null where resource_type = $1 and region in ($2, 'global')",
    [resourceType, region],
  )
  const [taken] = await claimScopes(product.core.database.db, 'test', 1)
  if (taken === undefined) throw new Error('nothing was due')
  return taken
}

/** What a worker does with a claim. */
const scan = async (taken: Claim, signal = new AbortController().signal): Promise<void> => {
  const { database, pool, gates, broker } = product.core
  const metrics = { scanned: (outcome: Parameters<WorkerMetrics['scanned']>[0]) => void counted.push(outcome) }
  await scanClaim({ db: database.db, send: pool.send, gates, broker, log: log(), metrics }, taken, signal)
}

const scopeOf = async (resourceType: string): Promise<Scope | undefined> =>
  (await product.call<{ items: Scope[] }>('GET', `/scopes?resourceType=${resourceType}`)).body.items.find(
    (scope) => scope.region === region || scope.region === 'global',
  )

const said = (message: string) => lines.filter((line) => line['msg'] === message)

const account = async (): Promise<AWSAccount | undefined> =>
  (await product.call<{ items: AWSAccount[] }>('GET', '/aws/accounts')).body.items[0]

beforeAll(async () => {
  aws = await startEstateGateway({ seed: 'claims', accounts: 1, regions: 1, resources: 100 })
  ;[accountId = ''] = aws.estate.accounts
  ;[region = ''] = aws.estate.regions.filter((name) => name !== 'global')
  product = await startProduct({ endpoint: aws.endpoint, identity: aws.user, env: { AWS_QUOTA_SHARE: '1000' } })
  await connectEstate(product, aws)
  phase = (await account())?.phase ?? ''
})

afterAll(async () => {
  await product?.close()
  await aws?.close()
})

beforeEach(async () => {
  lines = []
  counted = []
  await query('delete from resource')
  await query("update scope set status = 'NEW', lease_until = null, next_due = now() + interval '1 day', failures = 0")
})

afterEach(() => aws.gateway.setFaults({}))

describe('A scope that is scanned', () => {
  test('is stored with its relationships bound, counted and logged', async () => {
    await scan(await claim(vpc))
    await scan(await claim(subnet))
    const subnets = aws.estate.list(accountId, region, subnet).length
    expect(await scopeOf(subnet)).toMatchObject({ status: 'SUCCEEDED', running: false, resources: subnets, calls: 1 })
    const bound = await query<{ bound: number }>('select count(dst)::int as bound from edge where valid_to is null')
    expect(bound).toEqual([{ bound: subnets }])
    expect(counted).toHaveLength(2)
    expect(counted[1]).toMatchObject({ status: 'SUCCEEDED', created: subnets, changed: 0, deleted: 0 })
    expect(counted[1]?.seconds).toBeGreaterThan(0)
    expect(counted[1]?.seconds).toBeLessThan(60)
    expect(said('scope scanned')[1]).toMatchObject({
      level: 'debug',
      accountId,
      region,
      resourceType: subnet,
      status: 'SUCCEEDED',
      reason: null,
      seen: subnets,
      created: subnets,
      changed: 0,
      deleted: 0,
      calls: 1,
    })
  })

  test('for somebody names in the log the request that asked for it; by itself it names none', async () => {
    const asked = await product.call('POST', '/resources/discover', { resourceTypes: [vpc], regions: [region] })
    const [taken] = await claimScopes(product.core.database.db, 'test', 1)
    if (taken === undefined) throw new Error('nothing was due')
    await scan(taken)
    await scan(await claim(vpc))
    const [first, second] = said('scope scanned')
    expect(first?.['requestIds']).toEqual([asked.headers.get('x-request-id')])
    expect(second).not.toHaveProperty('requestIds')
  })

  test('rests no longer than an answer about its type may age', async () => {
    const securityGroup = 'AWS::EC2::SecurityGroup'
    const minutes = async (resourceType: string): Promise<number> =>
      (Date.parse((await scopeOf(resourceType))?.nextDue ?? '') - Date.now()) / 60_000
    for (const resourceType of [vpc, securityGroup]) await scan(await claim(resourceType))
    expect(await minutes(securityGroup)).toBeGreaterThan(10)
    expect(await minutes(securityGroup)).toBeLessThan(16)
    expect(await minutes(vpc)).toBeGreaterThan(50)
  })

  test('and refused says which action is missing, deletes nothing, and is worth a look in the log', async () => {
    await scan(await claim(vpc))
    const known = (await scopeOf(vpc))?.resources
    aws.gateway.setFaults({ denials: [{ actions: ['ec2:DescribeVpcs'], reason: 'identity-policy' }] })
    await scan(await claim(vpc))
    expect(await scopeOf(vpc)).toMatchObject({
      status: 'ACCESS_DENIED',
      resources: known,
      fix: { missingActions: ['ec2:DescribeVpcs'] },
    })
    expect(said('scope scanned')[1]).toMatchObject({ level: 'info', status: 'ACCESS_DENIED' })
    expect(counted[1]).toMatchObject({ status: 'ACCESS_DENIED' })
  })

  test('of a type that only a newer version knows says so, and asks nothing', async () => {
    const taken = await claim(vpc)
    await query("update scope set resource_type = 'AWS::New::Thing' where id = $1", [taken.scopeId])
    await scan({ ...taken, resourceType: 'AWS::New::Thing' })
    await query('update scope set resource_type = $1 where id = $2', [vpc, taken.scopeId])
    expect(await scopeOf(vpc)).toMatchObject({
      status: 'NOT_SUPPORTED',
      reason: 'This version does not discover this type.',
      calls: 0,
      running: false,
    })
    expect(counted).toEqual([])
  })
})

describe('A scope that cannot be scanned', () => {
  const renew = () => {
    product.core.broker.forgetAll()
    product.core.pool.forgetAll()
  }

  afterEach(async () => {
    await query(
      "update aws_account set external_id = $1, status = 'active', phase = $2, last_error = null, fix = null",
      [aws.externalId(accountId), phase],
    )
    renew()
  })

  test('because AWS refuses the credentials puts the account into question, and the log tells of both', async () => {
    await query("update aws_account set external_id = 'of-somebody-else'")
    renew()
    await scan(await claim(vpc))
    expect(await account()).toMatchObject({ status: 'error', phase: 'LOST_ACCESS' })
    const [row] = await query<{ status: string; reason: string; leased: boolean }>(
      'select status, reason, lease_until is not null as leased from scope where resource_type = $1',
      [vpc],
    )
    expect(row).toMatchObject({ status: 'FAILED', leased: false })
    expect(row?.reason).toContain('AWS refuses')
    const { id } = (await account()) ?? {}
    expect(said('account lost its access')).toMatchObject([{ level: 'warn', connectionId: id, reason: row?.reason }])
    expect(said('scan failed')).toMatchObject([{ level: 'info', resourceType: vpc, region }])
    expect(counted).toEqual([])
  })

  test('because nobody answers who gives credentials waits its turn, and the account keeps its place', async () => {
    renew()
    aws.gateway.setFaults({ disturbances: [{ kind: 'server-error', actions: ['sts:*'], status: 503 }] })
    await scan(await claim(vpc))
    expect(await account()).toMatchObject({ status: 'active' })
    expect(await scopeOf(vpc)).toMatchObject({ status: 'FAILED', failures: 1, running: false })
    expect(said('account lost its access')).toEqual([])
    expect(said('scan failed')).toMatchObject([{ level: 'info' }])
  })

  test('because the answer cannot be stored says so without telling why, which is in the log', async () => {
    await query(
      "create function refuse() returns trigger language plpgsql as $$ begin raise exception 'disk on fire'; end $$",
    )
    await query('create trigger refuse before insert on resource for each row execute function refuse()')
    await scan(await claim(vpc))
    await query('drop trigger refuse on resource')
    expect(await scopeOf(vpc)).toMatchObject({
      status: 'FAILED',
      reason: 'The answer could not be stored; the log of this installation says why.',
      running: false,
    })
    expect(JSON.stringify(said('scan failed'))).toContain('disk on fire')
    expect(said('scan failed')).toMatchObject([{ level: 'error', resourceType: vpc, region }])
    expect(said('account lost its access')).toEqual([])

    await query('create trigger refuse before update on scope for each row execute function refuse()')
    const stuck = { ...(await scopeOf(vpc)) }
    await query('alter table scope disable trigger refuse')
    const taken = await claim(vpc)
    await query('alter table scope enable trigger refuse')
    await scan(taken)
    await query('drop trigger refuse on scope')
    await query('drop function refuse')
    expect(said('scope stays leased')).toMatchObject([{ level: 'warn', scopeId: taken.scopeId }])
    expect(await scopeOf(vpc)).toMatchObject({ status: stuck.status, running: true })
  })
})

describe('A scan that nobody needs any more', () => {
  test('is dropped where another worker has the scope, or the account is gone', async () => {
    const stale = await claim(vpc)
    await claim(vpc)
    await scan(stale)
    expect(said('scan dropped: its scope is elsewhere or gone')).toMatchObject([
      { level: 'info', scopeId: stale.scopeId },
    ])
    expect(await query('select 1 from resource')).toEqual([])
    await scan({ ...stale, connectionId: '01977d3e-0000-7000-8000-000000000001' })
    expect(said('scan dropped: its scope is elsewhere or gone')).toHaveLength(2)
    expect([said('scan failed'), counted]).toEqual([[], []])
    expect(await scopeOf(vpc)).toMatchObject({ status: 'NEW', running: true })
  })

  test('and is aborted writes nothing and says nothing: its scope is given back as it was', async () => {
    const stop = new AbortController()
    stop.abort(new Error('draining'))
    await scan(await claim(vpc), stop.signal)
    expect(await scopeOf(vpc)).toMatchObject({ status: 'NEW', running: true })
    expect([lines, counted]).toEqual([[], []])
  })
})
