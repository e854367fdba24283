import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { job } from '@dashboard/server/db/schema.ts'
import { type Product, adminEmail, adminPassword, startProduct } from '../testing/product.ts'
import { absentId, operations, pathOf, publicOperations, validBodies, validQueries } from './edge/operations.ts'
import { errorOf, json, send, sendBytes, type WireAnswer } from './edge/wire.ts'

/** Printed with every failure: the property test repeats with it. */
const seed = 20_261_125

let product: Product
let token: string
/** An id that exists, for operations that would otherwise end at 404. */
const ids: Record<string, string> = {}

/** Nobody listens there: an operation that asks AWS is told so at once, and nothing leaves the machine. */
const deadEndpoint = 'http://127.0.0.1:9'

beforeAll(async () => {
  product = await startProduct({ endpoint: deadEndpoint })
  const answer = await product.call<{ accessToken: string }>('POST', '/auth/login', { email: adminEmail, password: adminPassword }, { token: null })
  token = answer.body.accessToken
  await addOneOfEach()
})

afterAll(async () => {
  await product?.close()
})

const authorized = (headers: Record<string, string> = {}) => ({ headers: { authorization: `Bearer ${token}`, ...headers } })

const isAlive = async (): Promise<boolean> => (await send(product.url, 'GET', '/api/health/ready')).status === 200

const addOneOfEach = async (): Promise<void> => {
  const account = await product.call<{ id: string }>('POST', '/aws/accounts', { ...validBodies['accounts.add'], accountId: '000000000001' })
  const credential = await product.call<{ id: string }>('POST', '/credentials', validBodies['credentials.create'])
  ids['accounts.update'] = account.body.id
  ids['credentials.update'] = credential.body.id
  const [row] = await product.core.database.db
    .insert(job)
    .values({ id: '01977d3e-0000-7000-8000-00000000000a', kind: 'discovery', status: 'completed', requestedBy: 'system', accountIds: [], total: 0 })
    .returning()
  ids['jobs.scopes'] = row?.id ?? ''
}

const stored = ['aws_account', 'credential', 'secret_version', 'job', 'scope', '"user"']

/** Rows of every table that a request could add to. */
const countRows = async (): Promise<Record<string, number>> => {
  const client = new pg.Client({ connectionString: product.database.url })
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
const refusalOf = (answer: WireAnswer, about: string): string => {
  expect(answer.status, `${about}: ${answer.text.slice(0, 300)}`).toBeGreaterThanOrEqual(400)
  expect(answer.status, `${about}: ${answer.text.slice(0, 300)}`).toBeLessThan(500)
  const body = errorOf(answer)
  expect(answer.headers['x-request-id'], about).toBe(body.requestId)
  return body.code
}

describe('without signing in', () => {
  test('the published API document lists every operation of the contract, and marks five as public', async () => {
    const { body } = await product.call<{ paths: Record<string, Record<string, { operationId: string; security?: unknown[] }>> }>('GET', '/openapi.json')
    const documented = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId, security }]) => ({ id: operationId, method: method.toUpperCase(), path, open: security?.length === 0 })),
    )
    expect(documented.map(({ id, method, path }) => ({ id, method, path })).toSorted((a, b) => a.id.localeCompare(b.id))).toEqual(
      operations.toSorted((a, b) => a.id.localeCompare(b.id)),
    )
    expect(documented.filter(({ open }) => open).map(({ id }) => id).toSorted()).toEqual(publicOperations.toSorted())
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
    const paths = ['/api', '/api/', '/api/nope', '/api/openapi.json', '/api/aws/accounts/', '/API/aws/accounts', '/Api/Auth/Me', '/api//aws/accounts', '/api/auth/login/', '/api/auth/login/..%2fme', '/api/auth/login/../me', '/api/auth/me%2f', '/api/health/live/../../aws/accounts', '/api/.%2e/api/aws/accounts', '/api/%61ws/accounts', '/api/auth/login;/../me', '/metrics']
    for (const path of paths) expect((await send(product.url, 'GET', path)).status, path).toBe(401)
    for (const method of ['HEAD', 'OPTIONS', 'TRACE', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']) {
      expect((await send(product.url, method, '/api/aws/accounts')).status, method).toBe(401)
    }
    expect((await send(product.url, 'HEAD', '/metrics')).status).toBe(401)
  })

  test('a public path opens no other one, whatever the Host header or an absolute address says', async () => {
    const hosts = ['x/api/aws/accounts?', 'x/api/aws/accounts#', '[', 'a b', 'x:99999', '', '..', 'x@y/api/auth/me']
    for (const host of hosts) {
      const text = await sendBytes(product.url, `POST /api/auth/login HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
      expect(text, host).toMatch(/^HTTP\/1\.1 4\d\d /)
    }
    const absolute = await sendBytes(product.url, `GET http://x/api/aws/accounts HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    expect(absolute).toMatch(/^HTTP\/1\.1 401 /)
    expect(await isAlive()).toBe(true)
  })

  test('metrics answer to a signed-in user or to the metrics token, and to nobody else', async () => {
    expect((await send(product.url, 'GET', '/metrics', authorized())).status).toBe(200)
    expect((await send(product.url, 'GET', '/metrics', { headers: { authorization: 'Bearer undefined' } })).status).toBe(401)
    expect((await send(product.url, 'GET', `/metrics?access_token=${token}`)).status).toBe(401)
  })
})

describe('what is not as described', () => {
  test('broken, foreign, oversized and deep bodies are refused with a listed code, and nothing is stored', async () => {
    const before = await countRows()
    const valid = JSON.stringify(validBodies['credentials.create'])
    const cases: [string, Parameters<typeof send>[3], string][] = [
      ['half a body', json('{"name":', token), 'MALFORMED_JSON'],
      ['a bare word', json('hello', token), 'MALFORMED_JSON'],
      ['a bare string', json('"hello"', token), 'MALFORMED_JSON'],
      ['an array', json('[]', token), 'INVALID_INPUT'],
      ['null', json('null', token), 'MALFORMED_JSON'],
      ['JSON as text/plain', { ...authorized({ 'content-type': 'text/plain' }), body: valid }, 'UNSUPPORTED_MEDIA_TYPE'],
      ['a form', { ...authorized({ 'content-type': 'application/x-www-form-urlencoded' }), body: 'name=a' }, 'UNSUPPORTED_MEDIA_TYPE'],
      ['a multipart form', { ...authorized({ 'content-type': 'multipart/form-data; boundary=x' }), body: '--x--' }, 'UNSUPPORTED_MEDIA_TYPE'],
      ['no content type', { ...authorized(), body: valid }, 'UNSUPPORTED_MEDIA_TYPE'],
      ['a file', { ...authorized({ 'content-type': 'application/octet-stream', 'content-disposition': 'attachment; filename=a' }), body: valid }, 'UNSUPPORTED_MEDIA_TYPE'],
      ['another charset', { ...authorized({ 'content-type': 'application/json; charset=iso-8859-7' }), body: valid }, 'UNSUPPORTED_MEDIA_TYPE'],
      ['an unknown encoding', { ...authorized({ 'content-type': 'application/json', 'content-encoding': 'x-zip' }), body: valid }, 'UNSUPPORTED_MEDIA_TYPE'],
      ['a broken gzip', { ...authorized({ 'content-type': 'application/json', 'content-encoding': 'gzip' }), body: Buffer.from('no gzip') }, 'MALFORMED_REQUEST'],
      ['a gzip bomb', { ...authorized({ 'content-type': 'application/json', 'content-encoding': 'gzip' }), body: gzipSync(`{"name":"${'a'.repeat(20_000_000)}"}`) }, 'PAYLOAD_TOO_LARGE'],
      ['one byte over 64 KiB', json(`{"name":"${'a'.repeat(65_536 - 10)}"}`, token), 'PAYLOAD_TOO_LARGE'],
      ['ten thousand levels of lists', json(`{"name":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, token), 'INVALID_INPUT'],
      ['five thousand levels of objects', json(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`, token), 'INVALID_INPUT'],
    ]
    for (const [about, sent, code] of cases) expect(refusalOf(await send(product.url, 'POST', '/api/credentials', sent), about), about).toBe(code)
    expect(await countRows()).toEqual(before)
  })

  test('fields nobody asked for are refused: a request cannot set what the API does not offer', async () => {
    const before = await countRows()
    const extras = ['"id":"01977d3e-0000-7000-8000-000000000001"', '"status":"active"', '"externalId":"mine"', '"partition":"aws-cn"', '"__proto__":{"credentialType":"access_key"}', '"constructor":{"prototype":{"x":1}}', '"prototype":1', '"endpoint":"http://169.254.169.254/"']
    const body = JSON.stringify(validBodies['accounts.add'])
    for (const extra of extras) {
      const answer = await send(product.url, 'POST', '/api/aws/accounts', json(`${body.slice(0, -1)},${extra}}`, token))
      // Own `__proto__` keys are dropped by the parser of the schema, or refused; they never reach a prototype.
      if (answer.status === 201) await send(product.url, 'DELETE', `/api/aws/accounts/${(JSON.parse(answer.text) as { id: string }).id}`, authorized())
      else expect(refusalOf(answer, extra), extra).toBe('INVALID_INPUT')
      if (!extra.includes('__proto__')) expect(answer.status, extra).toBe(400)
    }
    expect(await countRows()).toEqual(before)
    for (const query of ['__proto__[x]=1', 'constructor[prototype][x]=1', '__proto__.x=1', 'maxResults[__proto__][x]=1']) {
      expect((await send(product.url, 'GET', `/api/aws/accounts?${query}`, authorized())).status, query).toBe(400)
    }
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
    expect(([] as unknown as Record<string, unknown>)['credentialType']).toBeUndefined()
  })

  test('a role, an account, a region or an ARN that is none never becomes part of an address', async () => {
    const before = await countRows()
    const changes: Record<string, unknown[]> = {
      accountId: ['12345678901', '1234567890123', 123_456_789_012, '12345678901a', '１２３４５６７８９０１２', '123456789012\n', ' 123456789012', null, ['123456789012'], {}],
      regions: ['eu-west-1', [], ['EU-WEST-1'], ['eu-west-1.evil.example'], ['eu-west-1/../'], ['eu-west-1@evil.example'], ['eu-west-1#'], ['eu-west-1\n'], [''], [null], [['eu-west-1']], Array.from({ length: 65 }, () => 'eu-west-1'), ['eu-west-1', 'cn-north-1'], ['eu-west-1', 'eu-west-1']],
      defaultRegion: ['us-east-1', 'localhost', '127.0.0.1', 'eu-west-1:80', '', 1],
      roleArn: ['arn:aws:iam::999999999999:role/x', 'arn:aws:iam::123456789012:user/x', 'arn:aws-cn:iam::123456789012:role/x', 'arn:aws:iam::123456789012:role/', `arn:aws:iam::123456789012:role/${'a'.repeat(600)}`, 'arn:aws:iam::123456789012:role/x\u0000', "arn:aws:iam::123456789012:role/x';drop table job", 'role/x', 1, ['arn:aws:iam::123456789012:role/x']],
      credentialType: ['instance_profile', 'IAM_ROLE', '', null, 1, ['iam_role']],
      name: ['', '   ', 'a'.repeat(129), 1, null, {}],
      tags: [[], 'a', { a: 1 }, { a: null }, { a: { b: 'c' } }, { ['a'.repeat(257)]: 'x' }],
    }
    let tried = 0
    for (const [field, values] of Object.entries(changes)) {
      for (const value of values) {
        const about = `${field} = ${JSON.stringify(value)}`
        expect(refusalOf(await send(product.url, 'POST', '/api/aws/accounts', json({ ...validBodies['accounts.add'], [field]: value }, token)), about), about).toBe('INVALID_INPUT')
        tried += 1
      }
    }
    expect(tried).toBe(58)
    expect(await countRows()).toEqual(before)
  })

  test('text that PostgreSQL cannot keep is refused in every field, header and page token, never a failure of ours', async () => {
    const before = await countRows()
    const texts = ['a\u0000b', '\u0000', 'a\ud800', '\udc00a']
    for (const text of texts) {
      const bodies: [string, string, unknown][] = [
        ['POST', '/api/auth/login', { email: text, password: 'x' }],
        ['POST', '/api/auth/login', { email: adminEmail, password: text }],
        ['POST', '/api/aws/accounts', { ...validBodies['accounts.add'], name: text }],
        ['POST', '/api/aws/accounts', { ...validBodies['accounts.add'], tags: { [text]: 'x' } }],
        ['POST', '/api/aws/accounts', { ...validBodies['accounts.add'], tags: { x: text } }],
        ['POST', '/api/credentials', { ...validBodies['credentials.create'], name: text }],
        ['PUT', `/api/aws/accounts/${absentId}`, { name: text }],
      ]
      for (const [method, path, body] of bodies) {
        const about = `${method} ${path} ${JSON.stringify(body)}`
        expect(refusalOf(await send(product.url, method, path, json(body, token)), about), about).toBe('INVALID_INPUT')
      }
      const pageToken = Buffer.from(JSON.stringify([text, 1])).toString('base64url')
      const paged = await send(product.url, 'GET', `/api/resources?nextToken=${pageToken}`, authorized())
      expect(refusalOf(paged, `page token of ${JSON.stringify(text)}`)).toBe('INVALID_INPUT')
    }
    for (const query of ['text=a%00b', 'tag=%00', 'tag=a%3D%00', 'state=%00', 'nextToken=%00', 'text%00=a']) {
      expect(refusalOf(await send(product.url, 'GET', `/api/resources?${query}`, authorized()), query), query).toMatch(/^(INVALID_INPUT|MALFORMED_REQUEST)$/)
    }
    for (const path of ['/api/jobs/%00', '/api/jobs/%zz', '/api/jobs/%', '/api/%00', '/assets/%00', '/assets/%zz', '/api/jobs/%ff%fe', '/api/jobs/..%2f..%2f']) {
      refusalOf(await send(product.url, 'GET', path, authorized()), path)
    }
    // Pages are the web application's: it shows that there is none.
    for (const path of ['/%00', '/%zz']) expect((await send(product.url, 'GET', path)).status, path).toBeLessThan(500)
    expect(await countRows()).toEqual(before)
  })

  test('strange query strings are refused or read as what they say, never a failure of ours', async () => {
    const refused = ['maxResults=', 'maxResults=0', 'maxResults=-1', 'maxResults=201', 'maxResults=1e9', 'maxResults=NaN', 'maxResults=Infinity', 'maxResults=1.5', 'maxResults=0x', 'maxResults=1&maxResults=2', 'maxResults[a]=1', 'sort=name&sort=region', 'sort=name;drop', 'sort=__proto__', 'order=up', 'accountId=1', 'region=EU', 'service=EC2', 'resourceType=x', 'nextToken=', 'nextToken=x', 'nextToken=e30', 'nextToken=W10', 'nextToken=bnVsbA', `nextToken=${'a'.repeat(1025)}`, `text=${'a'.repeat(257)}`, 'unknown=1', 'filter[accountId]=1', 'text[a][b][c][d]=1', `${'tag=a&'.repeat(21)}sort=name`, `${'region=eu-west-1&'.repeat(51)}sort=name`, 'tag=%zz%zz&nope=1']
    for (const query of refused) expect(refusalOf(await send(product.url, 'GET', `/api/resources?${query}`, authorized()), query), query).toBe('INVALID_INPUT')
    const accepted = ['', '&&&', 'text=%zz', 'text=%', 'text=%25%5F', "text='%20or%201=1--", 'text=%F0%9F%92%A5', 'tag==', 'tag=%3D%3D', 'tag={"a":1}', 'state=', 'text=%EF%BF%BD', 'accountId=111111111111&accountId=222222222222', 'region=global&region=eu-west-1']
    for (const query of accepted) expect((await send(product.url, 'GET', `/api/resources?${query}`, authorized())).status, query).toBe(200)
  })

  test('a page token that we never gave is refused or finds nothing, never a failure of ours', async () => {
    const most = Number.MAX_SAFE_INTEGER
    const values = [[most, most], [-most, -most], [2_147_483_648, 1], [absentId], ['x', most], ['', -1], [absentId, absentId], [[]], [{}], [1.5, 1], ['x', 1, 1], { 0: 'x', 1: 1 }, 'x', 1, null]
    const lists = operations.filter(({ id }) => validQueries[id]?.['maxResults'] !== undefined)
    expect(lists).toHaveLength(5)
    for (const operation of lists) {
      for (const value of values) {
        const path = `${pathOf(operation, ids[operation.id])}?nextToken=${Buffer.from(JSON.stringify(value)).toString('base64url')}`
        const answer = await send(product.url, 'GET', path, authorized())
        if (answer.status !== 200) expect(refusalOf(answer, `${operation.id} ${JSON.stringify(value)}`)).toBe('INVALID_INPUT')
      }
    }
  })

  test('an id that is none answers 400, an id that is nobody’s 404', async () => {
    const withId = operations.filter(({ path }) => path.includes('{id}'))
    expect(withId.length).toBeGreaterThanOrEqual(12)
    for (const operation of withId) {
      for (const id of ['1', 'x', `${absentId}x`, "1' or 1=1", '..', '%2e%2e', 'null', '{id}', absentId.slice(1)]) {
        const answer = await send(product.url, operation.method, pathOf(operation, id), operation.method === 'PUT' ? json({}, token) : authorized())
        expect(refusalOf(answer, `${operation.id} ${id}`)).toMatch(/^(INVALID_INPUT|UNKNOWN_ROUTE)$/)
      }
      const absent = await send(product.url, operation.method, pathOf(operation), operation.method === 'PUT' ? json({}, token) : authorized())
      expect([operation.id, absent.status, errorOf(absent).code]).toEqual([operation.id, 404, 'NOT_FOUND'])
    }
  })

  test('a signed-in user who mistypes a route or a method is told so in the one shape', async () => {
    for (const [method, path] of [['GET', '/api/nope'], ['PATCH', '/api/aws/accounts'], ['TRACE', '/api/aws/accounts'], ['OPTIONS', '/api/aws/accounts'], ['GET', '/api'], ['POST', '/nope'], ['DELETE', '/metrics']] as const) {
      refusalOf(await send(product.url, method, path, authorized()), `${method} ${path}`)
    }
    const missing = await send(product.url, 'GET', '/assets/nope.js')
    expect([missing.status, errorOf(missing).code]).toEqual([404, 'NOT_FOUND'])
  })
})

describe('generated requests', () => {
  const nastyText = fc.constantFrom('', ' ', '\u0000', 'a\ud800', '%', '_', "'", '"', '\\', '\r\nx: y', '__proto__', 'constructor', '../..', '🦄'.repeat(70), 'a'.repeat(2_000), '\u202e', 'null', 'e\u0301', 'eu-west-1', '123456789012', absentId, 'AWS::EC2::Volume', '{"$ref":"#"}')
  const nasty = fc.oneof(
    { weight: 4, arbitrary: nastyText },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
    { weight: 2, arbitrary: fc.constantFrom(0, -1, 1.5, 1e308, 9_007_199_254_740_991, -0, true, false, null) },
    { weight: 1, arbitrary: fc.array(nastyText, { maxLength: 4 }) },
    { weight: 1, arbitrary: fc.dictionary(nastyText, nastyText, { maxKeys: 4, noNullPrototype: true }) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  )
  const mutated = (valid: Record<string, unknown>) =>
    fc.record({ field: fc.constantFrom(...Object.keys(valid), 'extra'), value: nasty, drop: fc.boolean() }).map(({ field, value, drop }) => {
      const { [field]: _replaced, ...rest } = valid
      return drop && value === null ? rest : { ...rest, [field]: value }
    })
  const pageToken = fc.jsonValue({ maxDepth: 2 }).map((value) => Buffer.from(JSON.stringify(value)).toString('base64url'))
  const cursor = fc.tuple(fc.oneof(nastyText, fc.maxSafeInteger(), fc.constant(absentId)), fc.maxSafeInteger()).map((value) => Buffer.from(JSON.stringify(value)).toString('base64url'))

  test('no generated body is answered with a failure of ours', async () => {
    const taking = operations.filter(({ id }) => validBodies[id] !== undefined && id !== 'auth.login')
    let answered = 0
    for (const operation of taking) {
      await fc.assert(
        fc.asyncProperty(mutated(validBodies[operation.id] ?? {}), async (body) => {
          const answer = await send(product.url, operation.method, pathOf(operation, ids[operation.id]), json(body, token))
          answered += 1
          expect(answer.status, `${operation.id} ${JSON.stringify(body)}: ${answer.text.slice(0, 200)}`).toBeLessThan(500)
          if (answer.status >= 400) errorOf(answer)
        }),
        { seed, numRuns: 60 },
      )
    }
    expect(answered).toBeGreaterThanOrEqual(taking.length * 60)
    expect(await isAlive()).toBe(true)
  })

  test('no generated query is answered with a failure of ours', async () => {
    const listing = operations.filter(({ id }) => validQueries[id] !== undefined)
    let answered = 0
    for (const operation of listing) {
      const valid = validQueries[operation.id] ?? {}
      const query = fc.record({
        field: fc.constantFrom(...Object.keys(valid), 'nextToken', '__proto__', 'id'),
        value: fc.oneof(nastyText.filter((text) => text.isWellFormed()), pageToken, cursor),
        suffix: fc.constantFrom('', '', '', '[]', '[0]', '[x]', '[__proto__]', '[99999]'),
        twice: fc.boolean(),
      })
      await fc.assert(
        fc.asyncProperty(query, async ({ field, value, suffix, twice }) => {
          const pair = `${encodeURIComponent(field + suffix)}=${encodeURIComponent(value)}`
          const rest = Object.entries(valid).filter(([name]) => name !== field).map(([name, given]) => `${name}=${encodeURIComponent(given)}`)
          const path = `${pathOf(operation, ids[operation.id])}?${[...rest, pair, ...(twice ? [pair] : [])].join('&')}`
          const answer = await send(product.url, operation.method, path, authorized())
          answered += 1
          expect(answer.status, `${operation.id} ${path}: ${answer.text.slice(0, 200)}`).toBeLessThan(500)
          if (answer.status >= 400) errorOf(answer)
        }),
        { seed, numRuns: 60 },
      )
    }
    expect(answered).toBeGreaterThanOrEqual(listing.length * 60)
    expect(await isAlive()).toBe(true)
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
    expect(await isAlive()).toBe(true)
  })

  test('a hundred connections that never finish their request keep nobody else from being served', async () => {
    const slow = Array.from({ length: 100 }, () => sendBytes(product.url, 'POST /api/auth/login HTTP/1.1\r\nHost: x\r\nX-Slow: ', 1_500))
    const began = performance.now()
    expect(await isAlive()).toBe(true)
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
      if (path.startsWith('/api')) expect(headers['cache-control'], path).toBe('no-store')
    }
  })
})
