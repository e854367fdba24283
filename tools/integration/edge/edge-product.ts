import pg from 'pg'
import { expect } from 'vitest'
import { job, resource, scope } from '@dashboard/server/db/schema.ts'
import { adminEmail, adminPassword, type Product, startProduct } from '../../testing/product.ts'
import { validBodies } from './operations.ts'
import { errorOf, send, type WireAnswer } from './wire.ts'

/** Nobody listens there: an operation that asks AWS is told so at once, and nothing leaves the machine. */
const deadEndpoint = 'http://127.0.0.1:9'

export interface EdgeProduct {
  product: Product
  /** The administrator's access token. */
  token: string
}

export const startEdgeProduct = async (): Promise<EdgeProduct> => {
  const product = await startProduct({ endpoint: deadEndpoint })
  const credentials = { email: adminEmail, password: adminPassword }
  const answer = await product.call<{ accessToken: string }>('POST', '/auth/login', credentials, { token: null })
  return { product, token: answer.body.accessToken }
}

const addResource = async ({ database: { db } }: Product['core'], connectionId: string): Promise<string> => {
  const place = { region: 'eu-west-1', resourceType: 'AWS::SQS::Queue', service: 'sqs' }
  const [row] = await db
    .insert(scope)
    .values({ connectionId, ...place })
    .onConflictDoUpdate({
      target: [scope.connectionId, scope.region, scope.resourceType],
      set: { service: place.service },
    })
    .returning({ scopeId: scope.id })
  const uid = '01977d3e-0000-7000-8000-00000000000b'
  const now = new Date()
  const arn = 'arn:aws:sqs:eu-west-1:000000000001:edge'
  await db.insert(resource).values({
    uid,
    scopeId: row?.scopeId ?? 0,
    accountId: '000000000001',
    ...place,
    nativeId: 'edge',
    arn,
    name: 'edge',
    tags: {},
    properties: {},
    hash: Buffer.alloc(32),
    discoveredAt: now,
    changedAt: now,
  })
  return uid
}

/** Ids that exist, for operations that would otherwise end at 404. */
export const addOneOfEach = async ({ call, core }: Product): Promise<Record<string, string>> => {
  const ofAccount = { ...validBodies['accounts.add'], accountId: '000000000001' }
  const account = await call<{ id: string }>('POST', '/aws/accounts', ofAccount)
  const credential = await call<{ id: string }>('POST', '/credentials', validBodies['credentials.create'])
  const view = await call<{ id: string }>('POST', '/views', { ...validBodies['views.add'], name: 'One of each' })
  const id = '01977d3e-0000-7000-8000-00000000000a'
  await core.database.db
    .insert(job)
    .values({ id, kind: 'discovery', status: 'completed', requestedBy: 'system', accountIds: [], total: 0 })
  return {
    'accounts.update': account.body.id,
    'credentials.update': credential.body.id,
    'views.update': view.body.id,
    'resources.versions': await addResource(core, account.body.id),
    'jobs.scopes': id,
  }
}

export const isAlive = async (url: string): Promise<boolean> =>
  (await send(url, 'GET', '/api/health/ready')).status === 200

const stored = ['aws_account', 'credential', 'secret_version', 'job', 'scope', '"user"']

/** Rows of every table that a request could add to. */
export const countRows = async ({ database }: Product): Promise<Record<string, number>> => {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    const counts: Record<string, number> = {}
    for (const table of stored) {
      const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${table}`)
      counts[table] = rows[0]?.n ?? -1
    }
    return counts
  } finally {
    await client.end()
  }
}

/** A refusal with the one error shape. Answers its code. */
export const refusalOf = (answer: WireAnswer, about: string): string => {
  expect(answer.status, `${about}: ${answer.text.slice(0, 300)}`).toBeGreaterThanOrEqual(400)
  expect(answer.status, `${about}: ${answer.text.slice(0, 300)}`).toBeLessThan(500)
  const body = errorOf(answer)
  expect(answer.headers['x-request-id'], about).toBe(body.requestId)
  return body.code
}
