import { createPrivateKey, createPublicKey, randomUUID } from 'node:crypto'
import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Role, SignedIn } from '@dashboard/contract/auth.ts'
import { ensureFirstAdmin } from '@dashboard/server/auth/first-admin.ts'
import { hashPassword } from '@dashboard/server/auth/passwords.ts'
import { refreshToken, session, signingKey, user } from '@dashboard/server/db/schema.ts'
import { publish } from '@dashboard/server/events/bus.ts'
import { adminEmail, adminPassword, type Product, startProduct } from '../testing/product.ts'
import { operations, pathOf, publicOperations, validBodies } from './edge/operations.ts'
import { json, send, type WireAnswer } from './edge/wire.ts'
import { call, codeOf, cookieOf, freshAddress, login, refresh, rotate, signIn, whoAmI } from './sign-in/browser.ts'
import { forgedTokens, rightToken, type Claims, type SigningKey } from './sign-in/forged-tokens.ts'

const password = 'eleven green bottles'
const deadEndpoint = 'http://127.0.0.1:9'
/** Behind one proxy, so that each test comes from an address of its own. */
const behindProxy = { endpoint: deadEndpoint, env: { TRUST_PROXY: '1' } }

let product: Product
let passwordHash: string
let users = 0

const db = () => product.core.database.db

beforeAll(async () => {
  product = await startProduct(behindProxy)
  passwordHash = await hashPassword(password)
})

afterAll(async () => {
  await product?.close()
})

const addUser = async (role: Role = 'admin'): Promise<{ id: string; email: string }> => {
  users += 1
  const row = { id: randomUUID(), email: `user-${users}@example.com`, role, passwordHash }
  await db().insert(user).values(row)
  return row
}

const signInNewUser = async (role?: Role) => {
  const added = await addUser(role)
  return { ...added, ...(await signIn(product.url, added.email, password)) }
}

const sessionsOf = (userId: string) => db().select().from(session).where(eq(session.userId, userId))
const tokensOf = (sessionId: string) => db().select().from(refreshToken).where(eq(refreshToken.sessionId, sessionId))
const onlySessionOf = async (userId: string) => {
  const [row] = await sessionsOf(userId)
  if (row === undefined) throw new Error('no session')
  return row
}

const statuses = (answers: WireAnswer[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('an access token', () => {
  const keyOf = async (owner: Product): Promise<SigningKey> => {
    const [row] = await owner.core.database.db.select().from(signingKey).orderBy(asc(signingKey.createdAt)).limit(1)
    if (row === undefined) throw new Error('no signing key')
    const pem = (await owner.core.vault.read({ owner: row.kid, kind: 'signing-key', version: 1 })).reveal()
    const publicPem = createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString()
    return { kid: row.kid, privateKey: createPrivateKey(pem), publicPem, publicX: String(row.publicJwk['x']) }
  }

  test('is accepted only as we made it: forged, foreign, expired and rewritten ones all answer 401', async () => {
    const someone = await signInNewUser()
    const claims: Claims = { iss: product.core.tenant, aud: product.core.tenant, sub: someone.id, sid: (await onlySessionOf(someone.id)).id, tv: 1 }
    const key = await keyOf(product)
    expect((await whoAmI(product.url, rightToken(key, claims))).status).toBe(200)
    const accepted: string[] = []
    const forged = Object.entries(forgedTokens(key, claims))
    for (const [name, token] of forged) {
      const answer = await whoAmI(product.url, token)
      if (answer.status !== 401) accepted.push(`${name}: ${answer.status} ${answer.text}`)
    }
    expect(accepted).toEqual([])
    expect(forged).toHaveLength(68)
  })

  test('is refused when any one of its bits is another', async () => {
    const someone = await signInNewUser()
    const [head = '', body = '', signature = ''] = someone.accessToken.split('.')
    let refused = 0
    let tried = 0
    for (const [index, part] of [head, body, signature].entries()) {
      const bytes = Buffer.from(part, 'base64url')
      // Every bit of the signature; one bit of every other byte.
      const flips = index === 2 ? Array.from({ length: bytes.length * 8 }, (_, bit) => bit) : Array.from({ length: bytes.length }, (_, byte) => byte * 8 + (byte % 8))
      for (const bit of flips) {
        const changed = Buffer.from(bytes)
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        const parts = [head, body, signature]
        parts[index] = changed.toString('base64url')
        tried += 1
        if ((await whoAmI(product.url, parts.join('.'))).status === 401) refused += 1
      }
    }
    expect(tried).toBeGreaterThan(800)
    expect(refused).toBe(tried)
    expect((await whoAmI(product.url, someone.accessToken)).status).toBe(200)
  })

  test('counts in the Authorization header alone, spelled Bearer and given once', async () => {
    const { accessToken: token } = await signInNewUser()
    const tries: Record<string, string>[] = [{ cookie: `access_token=${token}` }, { 'x-access-token': token }, { authorization: token }, { authorization: `Basic ${token}` }, { authorization: `Bearer ${token},Bearer ${token}` }, { authorization: `Bearer ${token} x` }, { authorization: `Bearer\t${token}` }]
    for (const headers of tries) expect((await call(product.url, 'GET', '/auth/me', { headers })).status, JSON.stringify(headers)).toBe(401)
    expect((await call(product.url, 'GET', `/auth/me?access_token=${token}`)).status).toBe(401)
  })

  test('of another installation is worth nothing here, and its key signs nothing for us', async () => {
    const other = await startProduct(behindProxy)
    try {
      const there = await signIn(other.url, adminEmail, adminPassword)
      expect((await whoAmI(other.url, there.accessToken)).status).toBe(200)
      expect((await whoAmI(product.url, there.accessToken)).status).toBe(401)
      expect((await refresh(product.url, there.refreshToken)).status).toBe(401)
      const someone = await signInNewUser()
      const claims: Claims = { iss: product.core.tenant, aud: product.core.tenant, sub: someone.id, sid: (await onlySessionOf(someone.id)).id, tv: 1 }
      const theirKey = await keyOf(other)
      expect((await whoAmI(product.url, rightToken(theirKey, claims))).status).toBe(401)
      expect((await whoAmI(product.url, rightToken({ ...theirKey, kid: (await keyOf(product)).kid }, claims))).status).toBe(401)
    } finally {
      await other.close()
    }
  })

  test('stops working at once on sign-out, and within two seconds when the user is disabled, demoted or has other sessions ended', async () => {
    const [leaving, disabled, raised, demoted, ended] = [await signInNewUser(), await signInNewUser(), await signInNewUser(), await signInNewUser(), await signInNewUser()]
    for (const { accessToken } of [leaving, disabled, raised, demoted, ended]) expect((await whoAmI(product.url, accessToken)).status).toBe(200)

    const out = await call(product.url, 'POST', '/auth/logout', { cookie: leaving.refreshToken, from: leaving.from, headers: { 'x-requested-with': 'fetch' } })
    expect(out.status).toBe(204)
    const after = await whoAmI(product.url, leaving.accessToken)
    expect([after.status, codeOf(after)]).toEqual([401, 'SESSION_ENDED'])
    expect((await refresh(product.url, leaving.refreshToken)).status).toBe(401)

    await db().update(user).set({ status: 'disabled' }).where(eq(user.id, disabled.id))
    await db().update(user).set({ tokenVersion: 2 }).where(eq(user.id, raised.id))
    await db().update(user).set({ role: 'viewer' }).where(eq(user.id, demoted.id))
    await db().update(session).set({ revokedAt: new Date() }).where(eq(session.userId, ended.id))
    await pause(2_050)
    for (const { accessToken } of [disabled, raised, ended]) expect((await whoAmI(product.url, accessToken)).status).toBe(401)
    const tried = await call(product.url, 'POST', '/credentials', { token: demoted.accessToken, body: validBodies['credentials.create'] })
    expect([tried.status, codeOf(tried)]).toEqual([403, 'FORBIDDEN'])
    expect((await refresh(product.url, disabled.refreshToken)).status).toBe(401)
    expect((await login(product.url, disabled.email, password)).status).toBe(401)
  })

  test('opens no door longer than its session: live events end with the sign-out', async () => {
    const someone = await signInNewUser()
    const events = await fetch(`${product.url}/api/events`, { headers: { authorization: `Bearer ${someone.accessToken}` } })
    const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader()
    if (reader === undefined) throw new Error('no stream')
    const first = randomUUID()
    const second = randomUUID()
    let text = ''
    const announce = (id: string) => db().transaction((tx) => publish(tx, { type: 'account', id }))
    await announce(first)
    while (!text.includes(first)) text += (await reader.read()).value ?? ''
    await call(product.url, 'POST', '/auth/logout', { cookie: someone.refreshToken, from: someone.from, headers: { 'x-requested-with': 'fetch' } })
    await announce(second)
    for (let next = await reader.read(); !next.done; next = await reader.read()) text += next.value
    expect(text).not.toContain(second)
  })
})

describe('a refresh token', () => {
  test('works once and brings its successor, in a cookie that scripts and other sites never see', async () => {
    const someone = await signInNewUser()
    const answer = await refresh(product.url, someone.refreshToken, someone.from)
    expect(answer.status).toBe(200)
    expect(cookieOf(answer)).not.toBe(someone.refreshToken)
    expect(answer.text).not.toContain('rt_')
    const [line = ''] = answer.headers['set-cookie'] ?? []
    for (const flag of ['HttpOnly', 'SameSite=Strict', 'Path=/api/auth', 'Max-Age=2592000']) expect(line).toContain(flag)
    expect(line).not.toContain('Domain')
    const overTls = await refresh(product.url, cookieOf(answer) ?? '', someone.from, { 'x-forwarded-proto': 'https' })
    expect(overTls.headers['set-cookie']?.[0]).toContain('; Secure')
    expect((await whoAmI(product.url, (JSON.parse(overTls.text) as SignedIn).accessToken)).status).toBe(200)
  })

  test('authorises refresh and sign-out, and no other route', async () => {
    const someone = await signInNewUser()
    for (const { id, method, path } of operations.filter((operation) => !publicOperations.includes(operation.id))) {
      expect((await call(product.url, method, path, { cookie: someone.refreshToken, headers: { 'x-requested-with': 'fetch' } })).status, id).toBe(401)
    }
  })

  test('used again within ten seconds gives the same successor, and both tabs stay signed in', async () => {
    const someone = await signInNewUser()
    const first = await rotate(product.url, someone.refreshToken)
    expect(await rotate(product.url, someone.refreshToken)).toBe(first)
    expect(await rotate(product.url, someone.refreshToken)).toBe(first)
    const second = await rotate(product.url, first)
    expect(second).not.toBe(first)
    expect((await whoAmI(product.url, someone.accessToken)).status).toBe(200)
  })

  test('fifty at once make one chain, and nobody is signed out', async () => {
    const someone = await signInNewUser()
    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(product.url, someone.refreshToken)))
    expect(statuses(answers)).toEqual({ 200: 50 })
    const successors = new Set(answers.map(cookieOf))
    expect(successors.size).toBe(1)
    const { id } = await onlySessionOf(someone.id)
    expect(await tokensOf(id)).toHaveLength(2)
    await rotate(product.url, [...successors][0] ?? '')
    expect((await whoAmI(product.url, someone.accessToken)).status).toBe(200)
  })

  test('of a grandparent ends the whole family: every descendant and the access token with it', async () => {
    const someone = await signInNewUser()
    const child = await rotate(product.url, someone.refreshToken)
    const grandchild = await rotate(product.url, child)
    expect(codeOf(await refresh(product.url, someone.refreshToken))).toBe('SESSION_ENDED')
    for (const token of [someone.refreshToken, child, grandchild]) expect((await refresh(product.url, token)).status).toBe(401)
    const row = await onlySessionOf(someone.id)
    expect(row.revokedReason).toBe('refresh token used twice')
    expect(await tokensOf(row.id)).toEqual([])
    await pause(2_050)
    expect((await whoAmI(product.url, someone.accessToken)).status).toBe(401)
  })

  test('used again later than ten seconds ends the family too', async () => {
    const someone = await signInNewUser()
    const child = await rotate(product.url, someone.refreshToken)
    const { id } = await onlySessionOf(someone.id)
    await db().update(refreshToken).set({ usedAt: new Date(Date.now() - 10_100) }).where(eq(refreshToken.sessionId, id))
    expect((await refresh(product.url, someone.refreshToken)).status).toBe(401)
    expect((await refresh(product.url, child)).status).toBe(401)
    expect((await onlySessionOf(someone.id)).revokedAt).not.toBeNull()
  })

  test('stolen ones thrown at us all at once end the family, and are never a failure of ours', async () => {
    for (let round = 0; round < 5; round += 1) {
      const someone = await signInNewUser()
      const chain = [someone.refreshToken]
      for (let length = 0; length < 4; length += 1) chain.push(await rotate(product.url, chain.at(-1) ?? ''))
      const answers = await Promise.all([...chain.slice(0, 3), ...chain.slice(0, 3), ...chain.slice(0, 3)].map((token) => refresh(product.url, token)))
      expect(statuses(answers)).toEqual({ 401: 9 })
      expect((await refresh(product.url, chain.at(-1) ?? '')).status).toBe(401)
    }
  })

  test('cannot be had from the database: nothing stored there signs anybody in', async () => {
    const someone = await signInNewUser()
    await rotate(product.url, someone.refreshToken)
    const row = await onlySessionOf(someone.id)
    const stored = (await tokensOf(row.id)).flatMap(({ hash, successor }) => [hash, successor ?? Buffer.alloc(32)])
    const texts = [...stored.flatMap((bytes) => [bytes.toString('base64url'), bytes.toString('hex'), bytes.toString('latin1')]), row.id, passwordHash]
    let refused = 0
    for (const text of texts.flatMap((value) => [value, `rt_${value}`])) {
      if ((await refresh(product.url, encodeURIComponent(text))).status === 401) refused += 1
      if ((await refresh(product.url, text.replaceAll(/[^\w$+/=,.-]/g, ''))).status === 401) refused += 1
    }
    expect(refused).toBe(texts.length * 4)
    expect((await login(product.url, someone.email, passwordHash)).status).toBe(401)
    expect((await onlySessionOf(someone.id)).revokedAt).toBeNull()
  })

  test('ends eight hours after its last use, and thirty days after sign-in however often it was used', async () => {
    const idle = await signInNewUser()
    const { id: idleId } = await onlySessionOf(idle.id)
    const left = (await tokensOf(idleId))[0]?.expiresAt.getTime() ?? 0
    expect(Math.abs(left - Date.now() - 8 * 3_600_000)).toBeLessThan(60_000)
    await db().update(refreshToken).set({ expiresAt: new Date(Date.now() - 1) }).where(eq(refreshToken.sessionId, idleId))
    expect((await refresh(product.url, idle.refreshToken)).status).toBe(401)

    const old = await signInNewUser()
    const begun = await onlySessionOf(old.id)
    expect(Math.abs(begun.expiresAt.getTime() - Date.now() - 30 * 86_400_000)).toBeLessThan(60_000)
    const next = await rotate(product.url, old.refreshToken)
    expect((await onlySessionOf(old.id)).expiresAt).toEqual(begun.expiresAt)
    await db().update(session).set({ expiresAt: new Date(Date.now() - 1) }).where(eq(session.id, begun.id))
    expect((await refresh(product.url, next)).status).toBe(401)
    await pause(2_050)
    expect((await whoAmI(product.url, old.accessToken)).status).toBe(401)
  })

  test('asked for by another site is refused, stays unused, and no cookie changes', async () => {
    const someone = await signInNewUser()
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
        const answer = await call(product.url, 'POST', path, { cookie: someone.refreshToken, from: someone.from, headers })
        expect([answer.status, codeOf(answer)], JSON.stringify(headers)).toEqual([403, 'CROSS_SITE_REQUEST'])
        expect(answer.headers['set-cookie']).toBeUndefined()
      }
    }
    const { id, revokedAt } = await onlySessionOf(someone.id)
    expect([revokedAt, (await tokensOf(id)).map(({ usedAt }) => usedAt)]).toEqual([null, [null]])
    expect((await refresh(product.url, someone.refreshToken, someone.from, { origin: `http://${own}`, 'sec-fetch-site': 'same-origin' })).status).toBe(200)
  })
})

describe('guessing', () => {
  const tryMany = (count: number, at: (index: number) => Promise<WireAnswer>): Promise<WireAnswer[]> => Promise.all(Array.from({ length: count }, (_, index) => at(index)))
  const letThrough = (answers: WireAnswer[]): number => answers.filter(({ status }) => status !== 429).length

  test('one email from forty addresses is tried five times a minute, then even the right password waits', async () => {
    const { email } = await addUser()
    const answers = await tryMany(40, (index) => login(product.url, index % 2 ? email : ` ${email.toUpperCase()} `, `wrong ${index}`))
    expect(statuses(answers)).toEqual({ 401: 5, 429: 35 })
    const right = await login(product.url, email, password)
    expect([right.status, codeOf(right)]).toEqual([429, 'TOO_MANY_REQUESTS'])
    expect(Number(right.headers['retry-after'])).toBeGreaterThan(0)
    expect(Number(right.headers['retry-after'])).toBeLessThanOrEqual(60)
  })

  test('forty emails from one network are tried five times a minute, whatever address of the network', async () => {
    const half = await tryMany(40, (index) => login(product.url, `nobody-${index}@example.com`, 'wrong', `2001:db8:1:2:${index.toString(16)}::${index + 1}`))
    expect(letThrough(half)).toBe(5)
    const single = await tryMany(40, (index) => login(product.url, `nobody-b${index}@example.com`, 'wrong', '198.51.100.7'))
    expect(letThrough(single)).toBe(5)
    const asIpv6 = await login(product.url, 'nobody-c@example.com', 'wrong', '::ffff:198.51.100.7')
    expect(asIpv6.status).toBe(429)
    expect((await login(product.url, 'nobody-d@example.com', 'wrong', '::ffff:198.51.100.8')).status).toBe(401)
    expect((await login(product.url, 'nobody-e@example.com', 'wrong', 'fe80::1%eth0')).status).toBe(401)
  })

  test('claiming to be forwarded for others helps nobody, with a proxy or without', async () => {
    const proxied = await tryMany(20, (index) => login(product.url, `nobody-f${index}@example.com`, 'wrong', `10.0.0.${index}, 203.0.113.9`))
    expect(letThrough(proxied)).toBe(5)
    const bare = await startProduct({ endpoint: deadEndpoint })
    try {
      const spoofed = await tryMany(20, (index) => login(bare.url, `nobody-${index}@example.com`, 'wrong', `10.0.0.${index}`))
      expect(letThrough(spoofed)).toBe(5)
    } finally {
      await bare.close()
    }
  })

  test('an unknown user, a wrong password and a disabled user look alike, to the eye and to the clock', async () => {
    const known = await Promise.all(Array.from({ length: 4 }, () => addUser()))
    const disabled = await addUser()
    await db().update(user).set({ status: 'disabled' }).where(eq(user.id, disabled.id))
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
    const people = await Promise.all(Array.from({ length: 40 }, () => addUser()))
    const { accessToken } = await signInNewUser()
    const before = process.memoryUsage.rss()
    let done = false
    const signingIn = Promise.all(people.map(({ email }) => login(product.url, email, password))).finally(() => {
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
    const fresh = await startProduct({ endpoint: deadEndpoint, env: { TRUST_PROXY: '1', ADMIN_PASSWORD: '' } })
    return { fresh, restart: () => ensureFirstAdmin(fresh.core.database.db, { kind: 'one-time-password', email: adminEmail }) }
  }
  const hashIn = async (owner: Product): Promise<string | undefined> => (await owner.core.database.db.select().from(user))[0]?.passwordHash

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
      const paths = [...guarded.map((operation) => [operation.method, pathOf(operation), validBodies[operation.id]] as const), ['GET', '/api/openapi.json', undefined] as const, ['GET', '/metrics', undefined] as const]
      for (const [method, path, body] of paths) {
        const answer = await send(fresh.url, method, path, body === undefined ? { headers: { authorization: `Bearer ${token}` } } : json(body, token))
        expect([path, answer.status, codeOf(answer)]).toEqual([path, 403, 'PASSWORD_CHANGE_REQUIRED'])
      }
      expect(paths.length).toBeGreaterThanOrEqual(24)

      const before = await hashIn(fresh)
      const change = (currentPassword: string, newPassword: string) => call(fresh.url, 'POST', '/auth/password', { token, from: freshAddress(), body: { currentPassword, newPassword } })
      for (const weak of ['short', 'aaaaaaaaaaaaa', 'abababababab', 'password1234', 'Admin-for-ever', 'qwerty......', printed]) {
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
      expect((await send(fresh.url, 'GET', '/api/overview', { headers: { authorization: `Bearer ${next.accessToken}` } })).status).toBe(200)

      const kept = await hashIn(fresh)
      expect((await restart()).oneTimePassword).toBeUndefined()
      expect(await hashIn(fresh)).toBe(kept)
    } finally {
      await fresh.close()
    }
  })

  test('named in the configuration keeps the password chosen since, whatever the configuration says later', async () => {
    const { email } = await addUser()
    const before = (await db().select().from(user).where(eq(user.email, email)))[0]?.passwordHash
    const { Secret } = await import('@dashboard/server/secret.ts')
    const { oneTimePassword } = await ensureFirstAdmin(db(), { kind: 'given', email: email.toUpperCase(), password: new Secret('another password') })
    expect(oneTimePassword).toBeUndefined()
    expect((await db().select().from(user).where(eq(user.email, email)))[0]?.passwordHash).toBe(before)
  })

  test('two changes of one password at the same moment: one holds, the other is told so', async () => {
    const someone = await signInNewUser()
    const change = (newPassword: string) => call(product.url, 'POST', '/auth/password', { token: someone.accessToken, from: freshAddress(), body: { currentPassword: password, newPassword } })
    const answers = await Promise.all([change('nine purple lanterns'), change('eight orange kettles')])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401])
    const winner = answers[0]?.status === 200 ? 'nine purple lanterns' : 'eight orange kettles'
    expect((await login(product.url, someone.email, winner)).status).toBe(200)
    expect((await sessionsOf(someone.id)).filter(({ revokedAt }) => revokedAt === null)).toHaveLength(2)
  })
})
