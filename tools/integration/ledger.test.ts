import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { Job, JobScope } from '@dashboard/contract/jobs.ts'
import type { ResourceSummary } from '@dashboard/contract/resources.ts'
import { addNewScopes } from '@dashboard/server/discovery/ledger.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startAws, type TestAws } from '../testing/aws.ts'
import { connectByRole, discover } from '../testing/connect.ts'
import { type Product, startProduct } from '../testing/product.ts'

const own = '100000000001'
const orders = '200000000002'
const regions = ['eu-west-1', 'eu-central-1']

let aws: TestAws
let product: Product

const query = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
  (await product.core.database.pool.query<Row & Record<string, unknown>>(text, values)).rows

const ended = async (id: string): Promise<Job> => {
  const end = Date.now() + 30_000
  for (;;) {
    const { body } = await product.call<Job>('GET', `/jobs/${id}`)
    if (body.status === 'completed' || body.status === 'cancelled') return body
    if (Date.now() > end) throw new Error(`never ended: ${JSON.stringify(body)}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

beforeAll(async () => {
  aws = await startAws([own, orders])
  const identity = await aws.createUser(own, 'dashboard')
  for (const region of regions) {
    const sqs = aws.client(SQSClient, orders, region)
    for (const QueueName of ['incoming', 'outgoing', 'failed']) await sqs.send(new CreateQueueCommand({ QueueName }))
    await aws.client(DynamoDBClient, orders, region).send(
      new CreateTableCommand({
        TableName: 'orders',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      }),
    )
  }
  product = await startProduct({ endpoint: aws.endpoint, identity, worker: true })
  await connectByRole(product, aws, { accountId: orders, name: 'orders', regions })
  await discover(product)
})

afterAll(async () => {
  await product?.close()
  await aws?.close()
})

describe('The ledger under load', () => {
  // Cancelling locked jobs before scopes while scans lock scopes before jobs: deadlocks, and 500 to whoever asked.
  test('starting and cancelling discoveries while others run never fails, and every job ends', async () => {
    const statuses: number[] = []
    const one = async (): Promise<string[]> => {
      const started = await product.call<{ jobId: string }>('POST', '/resources/discover', {})
      statuses.push(started.status)
      if (Math.random() < 0.6) statuses.push((await product.call('POST', `/jobs/${started.body.jobId}/cancel`)).status)
      return started.status === 202 ? [started.body.jobId] : []
    }
    const ids: string[] = []
    for (let round = 0; round < 4; round += 1) ids.push(...(await Promise.all(Array.from({ length: 6 }, one))).flat())
    expect(statuses.filter((status) => ![200, 202, 409].includes(status))).toEqual([])
    for (const id of ids) await ended(id)
    const counts = await query<{ wrong: number }>('select count(*)::int as wrong from job where done > total')
    expect(counts).toEqual([{ wrong: 0 }])
  })

  // A connection that PostgreSQL ends while a transaction uses it emits an error nobody heard: the process died of it.
  test('connections that PostgreSQL ends in mid-scan end no process, and the discovery finishes', async () => {
    const { body } = await product.call<{ jobId: string }>('POST', '/resources/discover', {})
    for (let round = 0; round < 5; round += 1) {
      await query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      ).catch(() => [])
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    // What lost its connection while it stored is taken up when its lease ends.
    await query('update scope set lease_until = now() where lease_until is not null')
    expect((await ended(body.jobId)).status).toBe('completed')
    expect((await discover(product)).byStatus['SUCCEEDED']).toBeGreaterThan(0)
  })
})

describe('What the ledger says of our own failures', () => {
  // An answer that could not be stored left the old status standing and its job running for ever.
  test('an answer that cannot be stored makes the scope FAILED, ends its job, and keeps what was known', async () => {
    await query(
      `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'disk on fire'; end $$`,
    )
    await query('create trigger refuse before update on resource for each row execute function refuse()')
    await query("update scope set entry_digest = 'older' where resource_type = 'AWS::SQS::Queue'")
    const job = await discover(product, { resourceTypes: ['AWS::SQS::Queue'] })
    expect(job.byStatus).toEqual({ FAILED: 2 })
    const { body } = await product.call<{ items: JobScope[] }>('GET', `/jobs/${job.id}/scopes`)
    expect(JSON.stringify(body)).not.toContain('disk on fire')
    expect(product.logged()).toContain('disk on fire')
    expect((await product.call<{ total: number }>('GET', '/resources?service=sqs')).body.total).toBe(6)
    await query('drop trigger refuse on resource')
    expect((await discover(product, { resourceTypes: ['AWS::SQS::Queue'] })).byStatus).toEqual({ SUCCEEDED: 2 })
  })
})

describe('A newer version of the product', () => {
  test('scans existing accounts for the types it has learnt', async () => {
    await query("delete from scope where resource_type = 'AWS::DynamoDB::Table'")
    expect((await product.call<{ total: number }>('GET', '/resources?service=dynamodb')).body.total).toBe(0)
    await product.core.database.db.transaction(addNewScopes)
    await discover(product, { resourceTypes: ['AWS::DynamoDB::Table'] })
    expect((await product.call<{ total: number }>('GET', '/resources?service=dynamodb')).body.total).toBe(2)
  })

  test('describes unchanged resources by its new rules, without a version of their own', async () => {
    await query("update resource set name = 'by the old rules' where resource_type = 'AWS::DynamoDB::Table'")
    await query("update scope set entry_digest = 'older' where resource_type = 'AWS::DynamoDB::Table'")
    const job = await discover(product, { resourceTypes: ['AWS::DynamoDB::Table'] })
    expect(job.resourcesChanged).toBe(0)
    const { body } = await product.call<{ items: ResourceSummary[] }>('GET', '/resources?service=dynamodb')
    expect(body.items.map((item) => item.name)).toEqual(['orders', 'orders'])
    expect(
      await query(
        "select count(*)::int as versions from resource_version v join resource r on r.id = v.resource_id where r.resource_type = 'AWS::DynamoDB::Table'",
      ),
    ).toEqual([{ versions: 2 }])
  })
})
