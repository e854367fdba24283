import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Product } from '../testing/product.ts'
import { isAlive, refusalOf, startEdgeProduct } from './edge/edge-product.ts'
import { operations, pathOf, publicOperations, validBodies } from './edge/operations.ts'
import { errorOf, json, send, sendBytes } from './edge/wire.ts'

let product: Product
let token: string

beforeAll(async () => {
  ;({ product, token } = await startEdgeProduct())
})

afterAll(async () => {
  await product?.close()
})

const authorized = (headers: Record<string, string> = {}) => ({
  headers: { authorization: `Bearer ${token}`, ...headers },
})

describe('without signing in', () => {
  test('the published API document lists every operation of the contract, and marks five as public', async () => {
    const { body } = await product.call<{
      paths: Record<string, Record<string, { operationId: string; security?: unknown[] }>>
    }>('GET', '/openapi.json')
    const documented = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId, security }]) => ({
        id: operationId,
        method: method.toUpperCase(),
        path,
        open: security?.length === 0,
      })),
    )
    expect(
      documented.map(({ id, method, path }) => ({ id, method, path })).toSorted((a, b) => a.id.localeCompare(b.id)),
    ).toEqual(
      operations.map(({ id, method, path }) => ({ id, method, path })).toSorted((a, b) => a.id.localeCompare(b.id)),
    )
    expect(
      documented
        .filter(({ open }) => open)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(publicOperations.toSorted())
  })

  test('every operation but sign-in and health answers 401', async () => {
    const guarded = operations.filter(({ id }) => !publicOperations.includes(id))
    let refused = 0
    for (const operation of guarded) {
      const body = validBodies[operation.id]
      const answer = await send(product.url, operation.method, pathOf(operation), body === undefined ? {} : json(body))
      expect(answer.status, operation.id).toBe(401)
      expect(errorOf(answer).code).toBe('UNAUTHENTICATED')
      refused += 1
    }
    expect(refused).toBe(operations.length - publicOperations.length)
    expect(refused).toBeGreaterThanOrEqual(22)
  })

  test('unknown routes, other methods and disguised paths answer 401 too, and tell nothing', async () => {
    const paths = [
      '/api',
      '/api/',
      '/api/nope',
      '/api/openapi.json',
      '/api/aws/accounts/',
      '/API/aws/accounts',
      '/Api/Auth/Me',
      '/api//aws/accounts',
      '/api/auth/login/',
      '/api/auth/login/..%2fme',
      '/api/auth/login/../me',
      '/api/auth/me%2f',
      '/api/health/live/../../aws/accounts',
      '/api/.%2e/api/aws/accounts',
      '/api/%61ws/accounts',
      '/api/auth/login;/../me',
      '/metrics',
    ]
    for (const path of paths) expect((await send(product.url, 'GET', path)).status, path).toBe(401)
    for (const method of ['HEAD', 'OPTIONS', 'TRACE', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']) {
      expect((await send(product.url, method, '/api/aws/accounts')).status, method).toBe(401)
    }
    expect((await send(product.url, 'HEAD', '/metrics')).status).toBe(401)
  })

  test('a public path opens no other one, whatever the Host header or an absolute address says', async () => {
    const hosts = ['x/api/aws/accounts?', 'x/api/aws/accounts#', '[', 'a b', 'x:99999', '', '..', 'x@y/api/auth/me']
    for (const host of hosts) {
      const text = await sendBytes(
        product.url,
        `POST /api/auth/login HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      )
      expect(text, host).toMatch(/^HTTP\/1\.1 4\d\d /)
    }
    const absolute = await sendBytes(
      product.url,
      `GET http://x/api/aws/accounts HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    )
    expect(absolute).toMatch(/^HTTP\/1\.1 401 /)
    expect(await isAlive(product.url)).toBe(true)
  })

  test('metrics answer to a signed-in user or to the metrics token, and to nobody else', async () => {
    expect((await send(product.url, 'GET', '/metrics', authorized())).status).toBe(200)
    expect(
      (await send(product.url, 'GET', '/metrics', { headers: { authorization: 'Bearer undefined' } })).status,
    ).toBe(401)
    expect((await send(product.url, 'GET', `/metrics?access_token=${token}`)).status).toBe(401)
  })
})

describe('on the wire', () => {
  test('two lengths, two framings, control characters and endless headers are refused, and the process lives', async () => {
    const start = 'POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'
    const requests = [
      `${start}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
      `${start}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      `${start}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
      `${start}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`,
      `${start}Content-Length: -1\r\n\r\n{}`,
      `${start}Content-Length: 0x2\r\n\r\n{}`,
      `${start}X-A: b\u0000c\r\n\r\n`,
      `${start}X-A: b\r\n folded\r\nX-Bad\u0001: 1\r\n\r\n`,
      `GET /api/health/live HTTP/1.1\nHost: x\r\n\r\nGET`,
      `GET /api/health/live HTTP/9.9\r\nHost: x\r\n\r\n`,
      `GET /api/health/live HTTP/1.1\r\n\r\n`,
      `${start}X-Long: ${'a'.repeat(20_000)}\r\n\r\n`,
      `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
      `${start}${Array.from({ length: 3_000 }, (_, i) => `x-${i}: 1\r\n`).join('')}\r\n`,
      '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003',
    ]
    let refused = 0
    for (const request of requests) {
      const text = await sendBytes(product.url, Buffer.from(request, 'latin1'))
      expect(text, request.slice(0, 160)).toMatch(/^HTTP\/1\.1 4\d\d /)
      expect(text.match(/HTTP\/1\.1 /g), request.slice(0, 160)).toHaveLength(1)
      refused += 1
    }
    expect(refused).toBe(15)
    expect(await isAlive(product.url)).toBe(true)
  })

  test('a hundred connections that never finish their request keep nobody else from being served', async () => {
    const slow = Array.from({ length: 100 }, () =>
      sendBytes(product.url, 'POST /api/auth/login HTTP/1.1\r\nHost: x\r\nX-Slow: ', 1_500),
    )
    const began = performance.now()
    expect(await isAlive(product.url)).toBe(true)
    expect(performance.now() - began).toBeLessThan(1_500)
    await Promise.all(slow)
  })

  test('a header with a line break cannot be smuggled into an answer', async () => {
    const answer = await send(product.url, 'GET', '/api/auth/me%0d%0aset-cookie:%20a=b', authorized())
    expect(answer.headers['set-cookie']).toBeUndefined()
    refusalOf(answer, 'CR LF in the path')
  })

  test('every answer carries the security headers, and the API is never cached', async () => {
    for (const path of ['/api/health/live', '/api/nope', '/metrics', '/assets/nope.js']) {
      const { headers } = await send(product.url, 'GET', path)
      expect(headers['x-content-type-options'], path).toBe('nosniff')
      expect(headers['content-security-policy'], path).toContain("script-src 'self';")
      expect(headers['content-security-policy'], path).toContain("frame-ancestors 'none'")
      expect(headers['content-security-policy'], path).not.toContain('unsafe-eval')
      expect(headers['x-powered-by'], path).toBeUndefined()
      expect(headers['access-control-allow-origin'], path).toBeUndefined()
    }
    for (const path of ['/api/health/live', '/api/nope', '/api/openapi.json']) {
      expect((await send(product.url, 'GET', path)).headers['cache-control'], path).toBe('no-store')
    }
  })
})
