import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SignedIn } from '@dashboard/contract/auth.ts'
import { ensureFirstAdmin } from '@dashboard/server/auth/first-admin.ts'
import { user } from '@dashboard/server/db/schema.ts'
import { Secret } from '@dashboard/server/secret.ts'
import { adminEmail, type Product, startProduct } from '../testing/product.ts'
import { operations, pathOf, publicOperations, validBodies } from './edge/operations.ts'
import { json, send, type WireAnswer } from './edge/wire.ts'
import { call, codeOf, freshAddress, login, refresh, signIn, whoAmI } from './sign-in/browser.ts'
import { behindProxy, password, type People, peopleOf, statuses } from './sign-in/people.ts'

let product: Product
let people: People

beforeAll(async () => {
  product = await startProduct(behindProxy)
  people = peopleOf(product)
})

afterAll(async () => {
  await product?.close()
})

describe('guessing', () => {
  const tryMany = (count: number, at: (index: number) => Promise<WireAnswer>): Promise<WireAnswer[]> =>
    Promise.all(Array.from({ length: count }, (_, index) => at(index)))
  const letThrough = (answers: WireAnswer[]): number => answers.filter(({ status }) => status !== 429).length

  test('one email from forty addresses is tried thirty times a minute, then even the right password waits elsewhere', async () => {
    const { email } = await people.addUser()
    const home = '198.51.100.77'
    expect((await login(product.url, email, password, home)).status).toBe(200)
    const answers = await tryMany(40, (index) =>
      login(product.url, index % 2 ? email : ` ${email.toUpperCase()} `, `wrong ${index}`),
    )
    expect(statuses(answers)).toEqual({ 401: 30, 429: 10 })
    const right = await login(product.url, email, password)
    expect([right.status, codeOf(right)]).toEqual([429, 'TOO_MANY_REQUESTS'])
    expect(Number(right.headers['retry-after'])).toBeGreaterThan(0)
    expect(Number(right.headers['retry-after'])).toBeLessThanOrEqual(60)
    // Broke: whoever guessed kept the owner out.
    expect((await login(product.url, email, password, home)).status).toBe(200)
  })

  test('one email from one network is tried five times a minute', async () => {
    const { email } = await people.addUser()
    const answers = await tryMany(12, (index) => login(product.url, email, `wrong ${index}`, '198.51.100.78'))
    expect(statuses(answers)).toEqual({ 401: 5, 429: 7 })
    expect((await login(product.url, email, password, '198.51.100.78')).status).toBe(429)
    expect((await login(product.url, email, password, '198.51.100.79')).status).toBe(200)
  })

  test('forty emails from one network are tried twenty times a minute, whatever address of the network', async () => {
    const half = await tryMany(40, (index) =>
      login(product.url, `nobody-${index}@example.com`, 'wrong', `2001:db8:1:2:${index.toString(16)}::${index + 1}`),
    )
    expect(letThrough(half)).toBe(20)
    const single = await tryMany(40, (index) =>
      login(product.url, `nobody-b${index}@example.com`, 'wrong', '198.51.100.7'),
    )
    expect(letThrough(single)).toBe(20)
    const asIpv6 = await login(product.url, 'nobody-c@example.com', 'wrong', '::ffff:198.51.100.7')
    expect(asIpv6.status).toBe(429)
    expect((await login(product.url, 'nobody-d@example.com', 'wrong', '::ffff:198.51.100.8')).status).toBe(401)
    expect((await login(product.url, 'nobody-e@example.com', 'wrong', 'fe80::1%eth0')).status).toBe(401)
  })

  test('claiming to be forwarded for others helps nobody, with a proxy or without', async () => {
    const proxied = await tryMany(30, (index) =>
      login(product.url, `nobody-f${index}@example.com`, 'wrong', `10.0.0.${index}, 203.0.113.9`),
    )
    expect(letThrough(proxied)).toBe(20)
    const bare = await startProduct({ endpoint: behindProxy.endpoint })
    try {
      const spoofed = await tryMany(30, (index) =>
        login(bare.url, `nobody-${index}@example.com`, 'wrong', `10.0.0.${index}`),
      )
      expect(letThrough(spoofed)).toBe(20)
    } finally {
      await bare.close()
    }
  })

  test('an unknown user, a wrong password and a disabled user look alike, to the eye and to the clock', async () => {
    const known = await Promise.all(Array.from({ length: 4 }, () => people.addUser()))
    const disabled = await people.addUser()
    await people.db.update(user).set({ status: 'disabled' }).where(eq(user.id, disabled.id))
    const shapeOf = (answer: WireAnswer) => {
      const { requestId: _own, ...body } = JSON.parse(answer.text) as Record<string, unknown>
      const { date: _date, 'x-request-id': _id, ...headers } = answer.headers
      return { status: answer.status, body, headers }
    }
    const wrong = shapeOf(await login(product.url, known[0]?.email ?? '', 'wrong'))
    expect(wrong.status).toBe(401)
    expect(shapeOf(await login(product.url, 'who@example.com', 'wrong'))).toEqual(wrong)
    expect(shapeOf(await login(product.url, disabled.email, password))).toEqual(wrong)

    const timed = async (email: string): Promise<number> => {
      const began = performance.now()
      await login(product.url, email, 'wrong')
      return performance.now() - began
    }
    const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] }
    for (let round = 0; round < 12; round += 1) {
      times.known.push(await timed(known[round % 4]?.email ?? ''))
      times.unknown.push(await timed(`who-${round}@example.com`))
    }
    const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
    const ratio = median(times.unknown) / median(times.known)
    // Without the decoy hash the unknown user answers about twenty times faster.
    expect(ratio, JSON.stringify(times)).toBeGreaterThan(0.4)
    expect(ratio, JSON.stringify(times)).toBeLessThan(2.5)
  })

  test('forty people who sign in at the same moment all get in, and the process keeps answering', async () => {
    const crowd = await Promise.all(Array.from({ length: 40 }, () => people.addUser()))
    const { accessToken } = await people.signInNewUser()
    const before = process.memoryUsage.rss()
    let done = false
    const signingIn = Promise.all(crowd.map(({ email }) => login(product.url, email, password))).finally(() => {
      done = true
    })
    let answered = 0
    while (!done) {
      expect((await whoAmI(product.url, accessToken)).status).toBe(200)
      answered += 1
    }
    expect(statuses(await signingIn)).toEqual({ 200: 40 })
    // Others wait for a turn of the processor, not for the end of the queue.
    expect(answered).toBeGreaterThanOrEqual(5)
    // Forty hashes at once would take 1.9 GB.
    expect(process.memoryUsage.rss() - before).toBeLessThan(700_000_000)
  })
})

describe('the first administrator', () => {
  const start = async () => {
    const fresh = await startProduct({ endpoint: behindProxy.endpoint, env: { TRUST_PROXY: '1', ADMIN_PASSWORD: '' } })
    return {
      fresh,
      restart: () => ensureFirstAdmin(fresh.core.database.db, { kind: 'one-time-password', email: adminEmail }),
    }
  }
  const hashIn = async (owner: Product): Promise<string | undefined> =>
    (await owner.core.database.db.select().from(user))[0]?.passwordHash

  test('gets a new one-time password at each start until one is replaced, and can do nothing else before', async () => {
    const { fresh, restart } = await start()
    try {
      const earlier = (await restart()).oneTimePassword?.reveal() ?? ''
      const printed = (await restart()).oneTimePassword?.reveal() ?? ''
      expect(printed).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/)
      expect(printed).not.toBe(earlier)
      expect((await login(fresh.url, adminEmail, earlier)).status).toBe(401)
      const { accessToken: token, refreshToken: cookie } = await signIn(fresh.url, adminEmail, printed)
      expect(JSON.parse((await whoAmI(fresh.url, token)).text)).toMatchObject({ mustChangePassword: true })

      const guarded = operations.filter(({ id }) => !id.startsWith('auth.') && !publicOperations.includes(id))
      const paths = [
        ...guarded.map((operation) => [operation.method, pathOf(operation), validBodies[operation.id]] as const),
        ['GET', '/api/openapi.json', undefined] as const,
        ['GET', '/metrics', undefined] as const,
      ]
      for (const [method, path, body] of paths) {
        const answer = await send(
          fresh.url,
          method,
          path,
          body === undefined ? { headers: { authorization: `Bearer ${token}` } } : json(body, token),
        )
        expect([path, answer.status, codeOf(answer)]).toEqual([path, 403, 'PASSWORD_CHANGE_REQUIRED'])
      }
      expect(paths.length).toBeGreaterThanOrEqual(24)

      const before = await hashIn(fresh)
      const change = (currentPassword: string, newPassword: string) =>
        call(fresh.url, 'POST', '/auth/password', {
          token,
          from: freshAddress(),
          body: { currentPassword, newPassword },
        })
      for (const weak of [
        'short',
        'aaaaaaaaaaaaa',
        'abababababab',
        'password1234',
        'Admin-for-ever',
        'qwerty......',
        printed,
      ]) {
        expect([weak, (await change(printed, weak)).status]).toEqual([weak, 422])
      }
      expect((await change('wrong', 'nine purple lanterns')).status).toBe(401)
      expect(await hashIn(fresh)).toBe(before)

      const changed = await change(printed, 'nine purple lanterns')
      expect(changed.status).toBe(200)
      expect((await whoAmI(fresh.url, token)).status).toBe(401)
      expect((await refresh(fresh.url, cookie)).status).toBe(401)
      expect((await login(fresh.url, adminEmail, printed)).status).toBe(401)
      const next = JSON.parse(changed.text) as SignedIn
      expect(next.user.mustChangePassword).toBe(false)
      expect(
        (await send(fresh.url, 'GET', '/api/overview', { headers: { authorization: `Bearer ${next.accessToken}` } }))
          .status,
      ).toBe(200)

      const kept = await hashIn(fresh)
      expect((await restart()).oneTimePassword).toBeUndefined()
      expect(await hashIn(fresh)).toBe(kept)
    } finally {
      await fresh.close()
    }
  })

  test('named in the configuration keeps the password chosen since, whatever the configuration says later', async () => {
    const { email } = await people.addUser()
    const before = (await people.db.select().from(user).where(eq(user.email, email)))[0]?.passwordHash
    const { oneTimePassword } = await ensureFirstAdmin(people.db, {
      kind: 'given',
      email: email.toUpperCase(),
      password: new Secret('another password'),
    })
    expect(oneTimePassword).toBeUndefined()
    expect((await people.db.select().from(user).where(eq(user.email, email)))[0]?.passwordHash).toBe(before)
  })

  test('two changes of one password at the same moment: one holds, the other is told so', async () => {
    const someone = await people.signInNewUser()
    const change = (newPassword: string) =>
      call(product.url, 'POST', '/auth/password', {
        token: someone.accessToken,
        from: freshAddress(),
        body: { currentPassword: password, newPassword },
      })
    const answers = await Promise.all([change('nine purple lanterns'), change('eight orange kettles')])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401])
    const winner = answers[0]?.status === 200 ? 'nine purple lanterns' : 'eight orange kettles'
    expect((await login(product.url, someone.email, winner)).status).toBe(200)
    expect((await people.sessionsOf(someone.id)).filter(({ revokedAt }) => revokedAt === null)).toHaveLength(2)
  })
})
