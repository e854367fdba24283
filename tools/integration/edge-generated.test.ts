import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Product } from '../testing/product.ts'
import { addOneOfEach, isAlive, startEdgeProduct } from './edge/edge-product.ts'
import { absentId, operations, pathOf, validBodies, validQueries } from './edge/operations.ts'
import { errorOf, json, send } from './edge/wire.ts'
import { figure, longRun } from '../testing/long-run.ts'

/** Runs per operation; `npm run test:long` asks for more. */
const runs = longRun('GENERATED_RUNS', 60)

/** Shown with every failure: the same requests come again with it. */
const seed = 20_261_125

let product: Product
let token: string
let ids: Record<string, string>

beforeAll(async () => {
  ;({ product, token } = await startEdgeProduct())
  ids = await addOneOfEach(product)
})

afterAll(async () => {
  await product?.close()
})

const authorized = (headers: Record<string, string> = {}) => ({
  headers: { authorization: `Bearer ${token}`, ...headers },
})

describe('generated requests', () => {
  const nastyText = fc.constantFrom(
    '',
    ' ',
    '\u0000',
    'a\ud800',
    '%',
    '_',
    "'",
    '"',
    '\\',
    '\r\nx: y',
    '__proto__',
    'constructor',
    '../..',
    '🦄'.repeat(70),
    'a'.repeat(2_000),
    '\u202e',
    'null',
    'e\u0301',
    'eu-west-1',
    '123456789012',
    absentId,
    'AWS::EC2::Volume',
    '{"$ref":"#"}',
  )
  const nasty = fc.oneof(
    { weight: 4, arbitrary: nastyText },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
    { weight: 2, arbitrary: fc.constantFrom(0, -1, 1.5, 1e308, 9_007_199_254_740_991, -0, true, false, null) },
    { weight: 1, arbitrary: fc.array(nastyText, { maxLength: 4 }) },
    { weight: 1, arbitrary: fc.dictionary(nastyText, nastyText, { maxKeys: 4, noNullPrototype: true }) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  )
  const mutated = (valid: Record<string, unknown>) =>
    fc
      .record({ field: fc.constantFrom(...Object.keys(valid), 'extra'), value: nasty, drop: fc.boolean() })
      .map(({ field, value, drop }) => {
        const { [field]: _replaced, ...rest } = valid
        return drop && value === null ? rest : { ...rest, [field]: value }
      })
  const pageToken = fc
    .jsonValue({ maxDepth: 2 })
    .map((value) => Buffer.from(JSON.stringify(value)).toString('base64url'))
  const cursor = fc
    .tuple(fc.oneof(nastyText, fc.maxSafeInteger(), fc.constant(absentId)), fc.maxSafeInteger())
    .map((value) => Buffer.from(JSON.stringify(value)).toString('base64url'))

  const time = 60_000 + runs * 2_000

  test('no generated body is answered with a failure of ours', { timeout: time }, async () => {
    const before = process.memoryUsage().rss
    const taking = operations.filter(({ id }) => validBodies[id] !== undefined && id !== 'auth.login')
    let answered = 0
    for (const operation of taking) {
      await fc.assert(
        fc.asyncProperty(mutated(validBodies[operation.id] ?? {}), async (body) => {
          const answer = await send(
            product.url,
            operation.method,
            pathOf(operation, ids[operation.id]),
            json(body, token),
          )
          answered += 1
          expect(answer.status, `${operation.id} ${JSON.stringify(body)}: ${answer.text.slice(0, 200)}`).toBeLessThan(
            500,
          )
          if (answer.status >= 400) errorOf(answer)
        }),
        { seed, numRuns: runs },
      )
    }
    expect(answered).toBeGreaterThanOrEqual(taking.length * runs)
    expect(await isAlive(product.url)).toBe(true)
    const grownMiB = Math.round((process.memoryUsage().rss - before) / 2 ** 20)
    figure('generated requests', { answered, operations: taking.length, serverErrors: 0, grownMiB })
    expect(grownMiB).toBeLessThan(512)
  })

  test('no generated query is answered with a failure of ours', { timeout: time }, async () => {
    const before = process.memoryUsage().rss
    const listing = operations.filter(({ id }) => validQueries[id] !== undefined)
    let answered = 0
    for (const operation of listing) {
      const valid = validQueries[operation.id] ?? {}
      const query = fc.record({
        field: fc.constantFrom(...Object.keys(valid), 'nextToken', '__proto__', 'id'),
        value: fc.oneof(
          nastyText.filter((text) => text.isWellFormed()),
          pageToken,
          cursor,
        ),
        suffix: fc.constantFrom('', '', '', '[]', '[0]', '[x]', '[__proto__]', '[99999]'),
        twice: fc.boolean(),
      })
      await fc.assert(
        fc.asyncProperty(query, async ({ field, value, suffix, twice }) => {
          const pair = `${encodeURIComponent(field + suffix)}=${encodeURIComponent(value)}`
          const rest = Object.entries(valid)
            .filter(([name]) => name !== field)
            .map(([name, given]) => `${name}=${encodeURIComponent(given)}`)
          const path = `${pathOf(operation, ids[operation.id])}?${[...rest, pair, ...(twice ? [pair] : [])].join('&')}`
          const answer = await send(product.url, operation.method, path, authorized())
          answered += 1
          expect(answer.status, `${operation.id} ${path}: ${answer.text.slice(0, 200)}`).toBeLessThan(500)
          if (answer.status >= 400) errorOf(answer)
        }),
        { seed, numRuns: runs },
      )
    }
    expect(answered).toBeGreaterThanOrEqual(listing.length * runs)
    expect(await isAlive(product.url)).toBe(true)
    const grownMiB = Math.round((process.memoryUsage().rss - before) / 2 ** 20)
    figure('generated requests', { answered, operations: listing.length, serverErrors: 0, grownMiB })
    expect(grownMiB).toBeLessThan(512)
  })
})
