import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SignedIn } from '@dashboard/contract/auth.ts'
import { refreshToken, session } from '@dashboard/server/db/schema.ts'
import { type Product, startProduct } from '../testing/product.ts'
import { operations, publicOperations } from './edge/operations.ts'
import { call, codeOf, cookieOf, login, refresh, rotate, whoAmI } from './sign-in/browser.ts'
import { behindProxy, type People, peopleOf, statuses, untilStandingIsRead } from './sign-in/people.ts'

let product: Product
let people: People

beforeAll(async () => {
  product = await startProduct(behindProxy)
  people = peopleOf(product)
})

afterAll(async () => {
  await product?.close()
})

/** Requests overlap in the database only when its connections are open already: one opens slower than it answers. */
const openConnections = () =>
  Promise.all(Array.from({ length: 20 }, () => people.db.execute(sql`select pg_sleep(0.05)`)))

describe('a refresh token', () => {
  test('works once and brings its successor, in a cookie that scripts and other sites never see', async () => {
    const someone = await people.signInNewUser()
    const answer = await refresh(product.url, someone.refreshToken, someone.from)
    expect(answer.status).toBe(200)
    expect(cookieOf(answer)).not.toBe(someone.refreshToken)
    expect(answer.text).not.toContain('rt_')
    const [line = ''] = answer.headers['set-cookie'] ?? []
    for (const flag of ['HttpOnly', 'SameSite=Strict', 'Path=/api/auth', 'Max-Age=2592000'])
      expect(line).toContain(flag)
    expect(line).not.toContain('Domain')
    const overTls = await refresh(product.url, cookieOf(answer) ?? '', someone.from, { 'x-forwarded-proto': 'https' })
    expect(overTls.headers['set-cookie']?.[0]).toContain('; Secure')
    expect((await whoAmI(product.url, (JSON.parse(overTls.text) as SignedIn).accessToken)).status).toBe(200)
  })

  test('authorises refresh and sign-out, and no other route', async () => {
    const someone = await people.signInNewUser()
    for (const { id, method, path } of operations.filter((operation) => !publicOperations.includes(operation.id))) {
      expect(
        (
          await call(product.url, method, path, {
            cookie: someone.refreshToken,
            headers: { 'x-requested-with': 'fetch' },
          })
        ).status,
        id,
      ).toBe(401)
    }
  })

  test('used again within ten seconds gives the same successor, and both tabs stay signed in', async () => {
    const someone = await people.signInNewUser()
    const first = await rotate(product.url, someone.refreshToken)
    expect(await rotate(product.url, someone.refreshToken)).toBe(first)
    expect(await rotate(product.url, someone.refreshToken)).toBe(first)
    const second = await rotate(product.url, first)
    expect(second).not.toBe(first)
    expect((await whoAmI(product.url, someone.accessToken)).status).toBe(200)
  })

  test('fifty at once make one chain, and nobody is signed out', async () => {
    const someone = await people.signInNewUser()
    await openConnections()
    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(product.url, someone.refreshToken)))
    expect(statuses(answers)).toEqual({ 200: 50 })
    const successors = new Set(answers.map(cookieOf))
    expect(successors.size).toBe(1)
    const { id } = await people.onlySessionOf(someone.id)
    expect(await people.tokensOf(id)).toHaveLength(2)
    await rotate(product.url, [...successors][0] ?? '')
    expect((await whoAmI(product.url, someone.accessToken)).status).toBe(200)
  })

  test('of a grandparent ends the whole family: every descendant and the access token with it', async () => {
    const someone = await people.signInNewUser()
    const child = await rotate(product.url, someone.refreshToken)
    const grandchild = await rotate(product.url, child)
    expect(codeOf(await refresh(product.url, someone.refreshToken))).toBe('SESSION_ENDED')
    for (const token of [someone.refreshToken, child, grandchild])
      expect((await refresh(product.url, token)).status).toBe(401)
    const row = await people.onlySessionOf(someone.id)
    expect(row.revokedReason).toBe('refresh token used twice')
    expect(await people.tokensOf(row.id)).toEqual([])
    await untilStandingIsRead()
    expect((await whoAmI(product.url, someone.accessToken)).status).toBe(401)
  })

  test('used again later than ten seconds ends the family too', async () => {
    const someone = await people.signInNewUser()
    const child = await rotate(product.url, someone.refreshToken)
    const { id } = await people.onlySessionOf(someone.id)
    await people.db
      .update(refreshToken)
      .set({ usedAt: new Date(Date.now() - 10_100) })
      .where(and(eq(refreshToken.sessionId, id), isNotNull(refreshToken.usedAt)))
    expect((await refresh(product.url, someone.refreshToken)).status).toBe(401)
    expect((await refresh(product.url, child)).status).toBe(401)
    expect((await people.onlySessionOf(someone.id)).revokedAt).not.toBeNull()
  })

  test('stolen ones thrown at us all at once end the family, and are never a failure of ours', async () => {
    await openConnections()
    for (let round = 0; round < 10; round += 1) {
      const someone = await people.signInNewUser()
      const chain = [someone.refreshToken]
      for (let length = 0; length < 4; length += 1) chain.push(await rotate(product.url, chain.at(-1) ?? ''))
      const answers = await Promise.all(
        [...chain.slice(0, 3), ...chain.slice(0, 3), ...chain.slice(0, 3)].map((token) => refresh(product.url, token)),
      )
      expect(statuses(answers)).toEqual({ 401: 9 })
      expect((await refresh(product.url, chain.at(-1) ?? '')).status).toBe(401)
    }
  })

  test('cannot be had from the database: nothing stored there signs anybody in', async () => {
    const someone = await people.signInNewUser()
    await rotate(product.url, someone.refreshToken)
    const row = await people.onlySessionOf(someone.id)
    const stored = (await people.tokensOf(row.id)).flatMap(({ hash, successor }) => [
      hash,
      successor ?? Buffer.alloc(32),
    ])
    const texts = [
      ...stored.flatMap((bytes) => [bytes.toString('base64url'), bytes.toString('hex'), bytes.toString('latin1')]),
      row.id,
      await people.passwordHash,
    ]
    let refused = 0
    for (const text of texts.flatMap((value) => [value, `rt_${value}`])) {
      if ((await refresh(product.url, encodeURIComponent(text))).status === 401) refused += 1
      if ((await refresh(product.url, text.replaceAll(/[^\w$+/=,.-]/g, ''))).status === 401) refused += 1
    }
    expect(refused).toBe(texts.length * 4)
    expect((await login(product.url, someone.email, await people.passwordHash)).status).toBe(401)
    expect((await people.onlySessionOf(someone.id)).revokedAt).toBeNull()
  })

  test('ends eight hours after its last use, and thirty days after sign-in however often it was used', async () => {
    const idle = await people.signInNewUser()
    const { id: idleId } = await people.onlySessionOf(idle.id)
    const left = (await people.tokensOf(idleId))[0]?.expiresAt.getTime() ?? 0
    expect(Math.abs(left - Date.now() - 8 * 3_600_000)).toBeLessThan(60_000)
    await people.db
      .update(refreshToken)
      .set({ expiresAt: new Date(Date.now() - 1) })
      .where(eq(refreshToken.sessionId, idleId))
    expect((await refresh(product.url, idle.refreshToken)).status).toBe(401)

    const old = await people.signInNewUser()
    const begun = await people.onlySessionOf(old.id)
    expect(Math.abs(begun.expiresAt.getTime() - Date.now() - 30 * 86_400_000)).toBeLessThan(60_000)
    const next = await rotate(product.url, old.refreshToken)
    expect((await people.onlySessionOf(old.id)).expiresAt).toEqual(begun.expiresAt)
    await people.db
      .update(session)
      .set({ expiresAt: new Date(Date.now() - 1) })
      .where(eq(session.id, begun.id))
    expect((await refresh(product.url, next)).status).toBe(401)
    await untilStandingIsRead()
    expect((await whoAmI(product.url, old.accessToken)).status).toBe(401)
  })

  test('asked for by another site is refused, stays unused, and no cookie changes', async () => {
    const someone = await people.signInNewUser()
    const own = new URL(product.url).host
    const foreign: Record<string, string>[] = [
      {},
      { 'x-requested-with': 'fetch', origin: 'https://evil.example' },
      { 'x-requested-with': 'fetch', origin: 'null' },
      { 'x-requested-with': 'fetch', origin: `http://${own}.evil.example` },
      { 'x-requested-with': 'fetch', origin: `http://evil.example/${own}` },
      { 'x-requested-with': 'fetch', origin: 'http://127.0.0.1:1' },
      { 'x-requested-with': 'fetch', 'sec-fetch-site': 'cross-site' },
      { 'x-requested-with': 'fetch', 'sec-fetch-site': 'same-site' },
      { origin: `http://${own}`, 'sec-fetch-site': 'same-origin' },
    ]
    for (const headers of foreign) {
      for (const path of ['/auth/refresh', '/auth/logout']) {
        const answer = await call(product.url, 'POST', path, {
          cookie: someone.refreshToken,
          from: someone.from,
          headers,
        })
        expect([answer.status, codeOf(answer)], JSON.stringify(headers)).toEqual([403, 'CROSS_SITE_REQUEST'])
        expect(answer.headers['set-cookie']).toBeUndefined()
      }
    }
    const { id, revokedAt } = await people.onlySessionOf(someone.id)
    expect([revokedAt, (await people.tokensOf(id)).map(({ usedAt }) => usedAt)]).toEqual([null, [null]])
    expect(
      (
        await refresh(product.url, someone.refreshToken, someone.from, {
          origin: `http://${own}`,
          'sec-fetch-site': 'same-origin',
        })
      ).status,
    ).toBe(200)
  })
})
