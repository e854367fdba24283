import { randomUUID } from 'node:crypto'
import type { Job } from '@dashboard/contract/jobs.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type EstateGateway, startEstateGateway } from '../estates/estate-gateway.ts'
import { connectEstate } from '../resilience/estate-product.ts'
import { type Product, startProduct } from '../testing/product.ts'
import { type ServerProcess, spawnServer } from '../testing/server-process.ts'

const metricsToken = 'metrics of this very test'.replaceAll(' ', '-')

let aws: EstateGateway
let product: Product
let worker: ServerProcess
let workerUrl: string

type Line = Record<string, unknown>

const linesOf = (text: string): Line[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line)

const until = async <T>(read: () => Promise<T | undefined> | T | undefined, what: string): Promise<T> => {
  const end = Date.now() + 30_000
  for (;;) {
    const found = await read()
    if (found !== undefined) return found
    if (Date.now() > end) throw new Error(`never: ${what}\n${worker.printed()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Discovers everything under a request id of ours, to the end. */
const discover = async (headers: Record<string, string> = {}) => {
  const { body, headers: answered } = await product.call<{ jobId: string }>(
    'POST',
    '/resources/discover',
    {},
    { headers },
  )
  const job = await until(async () => {
    const { body: now } = await product.call<Job>('GET', `/jobs/${body.jobId}`)
    return now.status === 'completed' ? now : undefined
  }, 'the job ends')
  return { job, requestId: answered.get('x-request-id') ?? '' }
}

const scansFor = (requestId: string): Line[] =>
  linesOf(worker.printed()).filter(
    ({ msg, requestIds }) => msg === 'scope scanned' && Array.isArray(requestIds) && requestIds.includes(requestId),
  )

/** A process of its own over the same database, keys and AWS. */
const spawn = (role: Record<string, string>): ServerProcess =>
  spawnServer(product.dataDir, {
    ...role,
    DATABASE_URL: product.database.url,
    LOG_LEVEL: 'debug',
    METRICS_TOKEN: metricsToken,
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_QUOTA_SHARE: '1000',
    AWS_ACCESS_KEY_ID: aws.user.accessKeyId,
    AWS_SECRET_ACCESS_KEY: aws.user.secretAccessKey,
  })

const metricsAt = async (url: string): Promise<string> => {
  const response = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${metricsToken}` } })
  expect(response.status).toBe(200)
  return response.text()
}

const workerMetrics = () => metricsAt(workerUrl)

beforeAll(async () => {
  aws = await startEstateGateway({ seed: 'observed', accounts: 1, regions: 1, resources: 150 })
  product = await startProduct({
    endpoint: aws.endpoint,
    identity: aws.user,
    env: { AWS_QUOTA_SHARE: '1000', METRICS_TOKEN: metricsToken },
  })
  await connectEstate(product, aws)
  worker = spawn({ ROLE: 'worker', METRICS_PORT: '0' })
  workerUrl = await until(() => /"url":"(http:[^"]+)","msg":"metrics served"/.exec(worker.printed())?.[1], 'a worker')
})

afterAll(async () => {
  worker?.child.kill('SIGTERM')
  await worker?.exit
  await product?.close()
  await aws?.close()
})

describe('one request', () => {
  test('is found under its id in the answer, in the log of the API and in that of the worker', async () => {
    const requestId = randomUUID()
    const { job, requestId: answered } = await discover({ 'X-Request-Id': requestId })
    expect(answered).toBe(requestId)
    expect(linesOf(product.logged())).toContainEqual(
      expect.objectContaining({ msg: 'request', requestId, operation: 'resources.discover', status: 202 }),
    )
    const scans = scansFor(requestId)
    expect(scans).toHaveLength(job.total)
    expect(new Set(scans.map((line) => line['process']))).toEqual(new Set(['worker']))
  })

  test.each(['short', 'x'.repeat(37), 'a b c d e f g h i j', '${jndi:ldap://example}', 'новый-запрос-номер-один'])(
    'keeps no id that is not of our shape: %s',
    async (given) => {
      // As bytes: a header is no text.
      const headers = { 'X-Request-Id': Buffer.from(given).toString('latin1') }
      const { headers: answered } = await product.call('GET', '/auth/me', undefined, { headers })
      expect(answered.get('x-request-id')).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/)
    },
  )
})

describe('a worker of its own', () => {
  test('counts its scans, its AWS calls and its connections, for whoever has the token', async () => {
    await discover()
    const text = await workerMetrics()
    expect(text).toMatch(/^dashboard_scope_scan_duration_seconds_count\{status="SUCCEEDED"\} [1-9]/m)
    expect(text).toMatch(/^dashboard_aws_calls_total\{service="ec2",outcome="SUCCEEDED"\} [1-9]/m)
    expect(text).toMatch(/^dashboard_aws_call_duration_seconds_count\{service="sts"\} [1-9]/m)
    expect(text).toMatch(/^dashboard_resource_changes_total\{kind="CREATED"\} [1-9]/m)
    expect(text).toMatch(/^dashboard_database_connections\{state="idle"\} [1-9]/m)
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m)
    expect((await fetch(`${workerUrl}/metrics`)).status).toBe(401)
  })

  test('counts and logs a denied call with the id that AWS gave it', async () => {
    aws.gateway.setFaults({ denials: [{ actions: ['ec2:DescribeVpcs'], reason: 'identity-policy' }] })
    try {
      const { requestId } = await discover()
      const denied = scansFor(requestId).filter(({ resourceType }) => resourceType === 'AWS::EC2::VPC')
      expect(denied).toHaveLength(1)
      expect(denied[0]).toMatchObject({ level: 'info', status: 'ACCESS_DENIED' })
      const { awsRequestId } = denied[0] ?? {}
      expect(awsRequestId).toMatch(/^[\w-]{8,}$/)
      expect(linesOf(worker.printed())).toContainEqual(
        expect.objectContaining({ msg: 'AWS call failed', operation: 'DescribeVpcs', awsRequestId }),
      )
      expect(await workerMetrics()).toMatch(
        /^dashboard_aws_calls_total\{service="ec2",outcome="ACCESS_DENIED"\} [1-9]/m,
      )
    } finally {
      aws.gateway.setFaults({})
    }
  })
})

test('The API process shows what the installation has, and how long work has been waiting', async () => {
  const { job } = await discover()
  const text = await metricsAt(product.url)
  expect(text).toContain('dashboard_accounts{status="active",phase="CONNECTED"} 1')
  const { body } = await product.call<{ total: number }>('GET', '/resources?maxResults=1')
  const counted = [...text.matchAll(/^dashboard_resources\{service="[a-z0-9-]+"\} (\d+)$/gm)]
  expect(counted.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(body.total)
  const scopes = [...text.matchAll(/^dashboard_scopes\{status="[A-Z_]+"\} (\d+)$/gm)]
  expect(scopes.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(job.total)
  expect(Number(/^dashboard_coverage_ratio (\S+)$/m.exec(text)?.[1])).toBeGreaterThan(0.5)
  expect(text).toMatch(/^dashboard_validation_duration_seconds_count\{access="works",by="person"\} 1$/m)
  expect(text).toMatch(/^dashboard_http_request_duration_seconds_count\{method="POST",route="resources.discover"/m)
})

test('The API process shows how much work waits, and for how long', async () => {
  worker.child.kill('SIGTERM')
  await worker.exit
  const { pool } = product.core.database
  await pool.query("update scope set next_due = now() + interval '1 day'")
  await pool.query(
    "update scope set next_due = now() - interval '2 hours' where id in (select id from scope order by id limit 3)",
  )
  const { body } = await product.call<{ scopes: number }>('POST', '/resources/discover', {
    resourceTypes: ['AWS::EC2::VPC'],
  })
  await pool.query("update job set created_at = now() - interval '1 hour' where status = 'queued'")
  const text = await metricsAt(product.url)
  const valueOf = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
  expect(valueOf('dashboard_scopes_due')).toBe(3 + body.scopes)
  expect(valueOf('dashboard_scope_oldest_due_seconds')).toBeGreaterThanOrEqual(7_200)
  expect(valueOf('dashboard_scope_oldest_due_seconds')).toBeLessThan(7_300)
  expect(valueOf('dashboard_jobs\\{status="queued"\\}')).toBe(1)
  expect(valueOf('dashboard_jobs\\{status="running"\\}')).toBe(0)
  expect(valueOf('dashboard_job_oldest_age_seconds\\{status="queued"\\}')).toBeGreaterThanOrEqual(3_600)
})

test('A process that starts its own workers counts what they do', async () => {
  const all = spawn({ ROLE: 'all' })
  try {
    const url = await all.ready
    await discover()
    // Told once a second.
    const text = await until(async () => {
      const now = await metricsAt(url)
      return now.includes('dashboard_scope_scan_duration_seconds_count') ? now : undefined
    }, 'its scans')
    expect(text).toMatch(/^dashboard_scope_scan_duration_seconds_count\{status="SUCCEEDED"\} [1-9]/m)
    expect(text).toMatch(/^dashboard_aws_calls_total\{service="ec2",outcome="SUCCEEDED"\} [1-9]/m)
  } finally {
    all.child.kill('SIGTERM')
    expect((await all.exit).code).toBe(0)
  }
})
