import { afterAll, beforeAll, expect, test } from 'vitest'
import { Secret } from '../secret.ts'
import { createMetrics } from './metrics.ts'
import { serveMetrics } from './metrics-server.ts'

const token = 'a token of sixteen'.replaceAll(' ', '-')
let served: Awaited<ReturnType<typeof serveMetrics>>

beforeAll(async () => {
  served = await serveMetrics({ metrics: createMetrics(), host: '127.0.0.1', port: 0, token: new Secret(token) })
})
afterAll(() => served[Symbol.asyncDispose]())

const get = (path: string, authorization?: string) =>
  fetch(`${served.url}${path}`, { headers: authorization === undefined ? {} : { authorization } })

test('A worker shows its metrics to whoever has the token', async () => {
  const response = await get('/metrics', `Bearer ${token}`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  const text = await response.text()
  expect(text).toMatch(/^process_cpu_seconds_total /m)
  // What only the database knows, the API processes say.
  expect(text).not.toContain('dashboard_database_up')
})

test.each([undefined, 'Bearer ', 'Bearer wrong-token-of-sixteen', `Basic ${token}`, `Bearer ${token}x`])(
  'Nobody else sees them: %s',
  async (authorization) => {
    const response = await get('/metrics', authorization)
    expect(response.status).toBe(401)
    expect(await response.text()).not.toContain('process_')
  },
)

test('There is nothing else at that port', async () => {
  expect((await get('/', `Bearer ${token}`)).status).toBe(404)
  expect((await get('/api/aws/accounts', `Bearer ${token}`)).status).toBe(404)
})
