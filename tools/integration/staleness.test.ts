import type { CatalogEntry } from '@dashboard/contract/catalog.ts'
import type { Scope } from '@dashboard/contract/scopes.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startAws, type TestAws } from '../testing/aws.ts'
import { connectByRole, discover } from '../testing/connect.ts'
import { type Product, startProduct } from '../testing/product.ts'

const own = '100000000001'
const orders = '200000000002'
/** One that security depends on, and one that may age longer. */
const resourceTypes = ['AWS::EC2::SecurityGroup', 'AWS::SQS::Queue']

let aws: TestAws
let product: Product

beforeAll(async () => {
  aws = await startAws([own, orders])
  const identity = await aws.createUser(own, 'dashboard')
  product = await startProduct({ endpoint: aws.endpoint, identity, worker: true })
  await connectByRole(product, aws, { accountId: orders, name: 'orders', regions: ['eu-west-1'] })
})
afterAll(async () => {
  await product?.close()
  await aws?.close()
})

const staleness = async (): Promise<Map<string, number>> => {
  const { body } = await product.call<{ items: CatalogEntry[] }>('GET', '/catalog/resource-types')
  return new Map(body.items.map((entry) => [entry.resourceType, entry.maxStalenessMinutes]))
}

test('the catalog says how old an answer becomes: 15 minutes for what security depends on, else an hour', async () => {
  const minutes = await staleness()
  const watched = ['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group', 'AWS::KMS::Key', 'AWS::S3::Bucket']
  for (const type of [...watched, 'AWS::CloudTrail::Trail']) expect(minutes.get(type), type).toBe(15)
  expect(minutes.get('AWS::SQS::Queue')).toBe(60)
})

const scopes = async (): Promise<Scope[]> => {
  const types = resourceTypes.map((type) => `resourceType=${type}`).join('&')
  const { body } = await product.call<{ items: Scope[] }>('GET', `/scopes?${types}`)
  expect(body.items.map((scope) => scope.resourceType).toSorted()).toEqual(resourceTypes)
  return body.items
}

test('a scope is due again no later than its type may age', async () => {
  const minutes = await staleness()
  await discover(product, { resourceTypes })
  for (const { resourceType, status, nextDue, lastAttempt } of await scopes()) {
    const most = minutes.get(resourceType) ?? 0
    const waits = (Date.parse(nextDue) - Date.parse(lastAttempt ?? '')) / 60_000
    expect(status).toBe('SUCCEEDED')
    // A tenth sooner at most; the scan itself takes some of the time.
    expect(waits, resourceType).toBeGreaterThan(most * 0.89)
    expect(waits, resourceType).toBeLessThan(most + 0.5)
  }
})

test('so it is when somebody cancels a discovery before the scope was read', async () => {
  const minutes = await staleness()
  await product.core.database.pool.query(
    "update scope set lease_owner = 'nobody', lease_until = now() + interval '1 minute', next_due = now()",
  )
  const { body } = await product.call<{ jobId: string }>('POST', '/resources/discover', { resourceTypes })
  expect((await product.call('POST', `/jobs/${body.jobId}/cancel`)).status).toBe(200)
  for (const { resourceType, nextDue } of await scopes()) {
    const waits = (Date.parse(nextDue) - Date.now()) / 60_000
    expect(Math.round(waits), resourceType).toBe(minutes.get(resourceType))
  }
})
