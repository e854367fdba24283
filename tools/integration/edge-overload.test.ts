import { request, type IncomingMessage } from 'node:http'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAccessTokens } from '@dashboard/server/auth/access-tokens.ts'
import { openSigningKeys } from '@dashboard/server/auth/signing-keys.ts'
import type { Product } from '../testing/product.ts'
import { startEdgeProduct } from './edge/edge-product.ts'
import { json, send } from './edge/wire.ts'

let product: Product
let token: string

beforeAll(async () => {
  ;({ product, token } = await startEdgeProduct())
})

afterAll(async () => {
  await product?.close()
})

/** An event stream; resolves with the first line of the answer. */
const openStream = (): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(product.url)
    const headers = { authorization: `Bearer ${token}` }
    request({ hostname, port, path: '/api/events', agent: false, headers }, resolve).on('error', reject).end()
  })

describe('whoever wants too much', () => {
  // Broke: sixty kilobytes of `eyJ…` where a field's name goes kept the process from answering anybody for seconds.
  test('sends long names that look like secrets, and everybody else is served meanwhile', async () => {
    const answerTo = async (word: string): Promise<number> => {
      const body = JSON.stringify({ email: 'a@example.com', password: 'x', [word.repeat(60_000 / word.length)]: 1 })
      const refused = send(product.url, 'POST', '/api/auth/login', json(body))
      const began = performance.now()
      expect((await send(product.url, 'GET', '/api/health/live')).status).toBe(200)
      const { status, text } = await refused
      expect(status, word).toBe(400)
      expect(text.length, word).toBeLessThan(2_000)
      return performance.now() - began
    }
    await answerTo('warm')
    const usual = Math.max(100, await answerTo('word'))
    // Quadratic work took 1.5 s and more, on a machine that did nothing else.
    for (const word of ['eyJ', 'a.', 'a-', '://a:', 'password'])
      expect(await answerTo(word), word).toBeLessThan(10 * usual)
  })

  // Broke: a signed-in browser could open streams until the process had no sockets left.
  test('opens twenty event streams and no more, until one is closed', async () => {
    const streams = await Promise.all(Array.from({ length: 20 }, openStream))
    expect(streams.map(({ statusCode }) => statusCode)).toEqual(Array.from({ length: 20 }, () => 200))
    const refused = await openStream()
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '10'])
    refused.destroy()
    streams[0]?.destroy()
    await expect
      .poll(async () => {
        const another = await openStream()
        if (another.statusCode === 200) streams.push(another)
        else another.destroy()
        return another.statusCode
      })
      .toBe(200)
    for (const stream of streams) stream.destroy()
  })

  // Broke: every event of every stream cost the check of a signature.
  test('listens for long, and only its session is looked at again, until it ends', async () => {
    const { core } = product
    const keys = openSigningKeys(core.database.db, core.vault)
    let looked = 0
    const counted = { ...keys, find: (kid: string) => ((looked += 1), keys.find(kid)) }
    const tokens = createAccessTokens({ db: core.database.db, keys: counted, issuer: core.tenant })
    const principal = await tokens.verify(token)
    await Promise.all(Array.from({ length: 1_000 }, () => tokens.verifyAgain(principal)))
    expect(looked).toBe(1)
    const expired = { ...principal, expiresAt: new Date(Date.now() - 1) }
    await expect(tokens.verifyAgain(expired)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    const outdated = { ...principal, tokenVersion: principal.tokenVersion - 1 }
    await expect(tokens.verifyAgain(outdated)).rejects.toMatchObject({ code: 'SESSION_ENDED' })
    tokens.forget(principal.sessionId)
    await expect(tokens.verifyAgain({ ...principal, sessionId: crypto.randomUUID() })).rejects.toMatchObject({
      code: 'SESSION_ENDED',
    })
  })

  // Broke: each token of an unknown key cost anonymous callers nothing and the database a query.
  test('sends tokens of keys that there are not, and the database is asked twice a second at most', async () => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    const forge = (): string =>
      [
        part({ alg: 'EdDSA', typ: 'at+jwt', kid: crypto.randomUUID() }),
        part({ exp: Math.floor(Date.now() / 1_000) + 300 }),
        randomBytes(64).toString('base64url'),
      ].join('.')
    let asked = 0
    const count = (): void => {
      asked += 1
    }
    product.core.database.pool.on('acquire', count)
    const began = performance.now()
    for (let round = 0; round < 3; round += 1) {
      const tokens = Array.from({ length: 100 }, forge)
      const answers = await Promise.all(
        tokens.map((forged) =>
          send(product.url, 'GET', '/api/auth/me', { headers: { authorization: `Bearer ${forged}` } }),
        ),
      )
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]))
    }
    const seconds = (performance.now() - began) / 1_000
    product.core.database.pool.off('acquire', count)
    expect(asked).toBeGreaterThanOrEqual(1)
    expect(asked).toBeLessThanOrEqual(2 * seconds + 2)
  })
})
