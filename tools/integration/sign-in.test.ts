import { createPrivateKey, createPublicKey, randomUUID } from 'node:crypto'
import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { session, signingKey, user } from '@dashboard/server/db/schema.ts'
import { publish } from '@dashboard/server/events/bus.ts'
import { adminEmail, adminPassword, type Product, startProduct } from '../testing/product.ts'
import { validBodies } from './edge/operations.ts'
import { call, codeOf, login, refresh, signIn, whoAmI } from './sign-in/browser.ts'
import { type Claims, forgedTokens, rightToken, type SigningKey } from './sign-in/forged-tokens.ts'
import { behindProxy, password, type People, peopleOf, untilStandingIsRead } from './sign-in/people.ts'

let product: Product
let people: People

beforeAll(async () => {
  product = await startProduct(behindProxy)
  people = peopleOf(product)
})

afterAll(async () => {
  await product?.close()
})

describe('an access token', () => {
  const keyOf = async (owner: Product): Promise<SigningKey> => {
    const [row] = await owner.core.database.db.select().from(signingKey).orderBy(asc(signingKey.createdAt)).limit(1)
    if (row === undefined) throw new Error('no signing key')
    const pem = (await owner.core.vault.read({ owner: row.kid, kind: 'signing-key', version: 1 })).reveal()
    const publicPem = createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString()
    return { kid: row.kid, privateKey: createPrivateKey(pem), publicPem, publicX: String(row.publicJwk['x']) }
  }

  test('is accepted only as we made it: forged, foreign, expired and rewritten ones all answer 401', async () => {
    const someone = await people.signInNewUser()
    const claims: Claims = {
      iss: product.core.tenant,
      aud: product.core.tenant,
      sub: someone.id,
      sid: (await people.onlySessionOf(someone.id)).id,
      tv: 1,
    }
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
    const someone = await people.signInNewUser()
    const [head = '', body = '', signature = ''] = someone.accessToken.split('.')
    let refused = 0
    let tried = 0
    for (const [index, part] of [head, body, signature].entries()) {
      const bytes = Buffer.from(part, 'base64url')
      // Every bit of the signature; one bit of every other byte.
      const flips =
        index === 2
          ? Array.from({ length: bytes.length * 8 }, (_, bit) => bit)
          : Array.from({ length: bytes.length }, (_, byte) => byte * 8 + (byte % 8))
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
    const { accessToken: token } = await people.signInNewUser()
    const tries: Record<string, string>[] = [
      { cookie: `access_token=${token}` },
      { 'x-access-token': token },
      { authorization: token },
      { authorization: `Basic ${token}` },
      { authorization: `Bearer ${token},Bearer ${token}` },
      { authorization: `Bearer ${token} x` },
      { authorization: `Bearer\t${token}` },
    ]
    for (const headers of tries)
      expect((await call(product.url, 'GET', '/auth/me', { headers })).status, JSON.stringify(headers)).toBe(401)
    expect((await call(product.url, 'GET', `/auth/me?access_token=${token}`)).status).toBe(401)
  })

  test('of another installation is worth nothing here, and its key signs nothing for us', async () => {
    const other = await startProduct(behindProxy)
    try {
      const there = await signIn(other.url, adminEmail, adminPassword)
      expect((await whoAmI(other.url, there.accessToken)).status).toBe(200)
      expect((await whoAmI(product.url, there.accessToken)).status).toBe(401)
      expect((await refresh(product.url, there.refreshToken)).status).toBe(401)
      const someone = await people.signInNewUser()
      const claims: Claims = {
        iss: product.core.tenant,
        aud: product.core.tenant,
        sub: someone.id,
        sid: (await people.onlySessionOf(someone.id)).id,
        tv: 1,
      }
      const theirKey = await keyOf(other)
      expect((await whoAmI(product.url, rightToken(theirKey, claims))).status).toBe(401)
      expect(
        (await whoAmI(product.url, rightToken({ ...theirKey, kid: (await keyOf(product)).kid }, claims))).status,
      ).toBe(401)
    } finally {
      await other.close()
    }
  })

  test('stops working at once on sign-out, and within two seconds when the user is disabled, demoted or has other sessions ended', async () => {
    const [leaving, disabled, raised, demoted, ended] = [
      await people.signInNewUser(),
      await people.signInNewUser(),
      await people.signInNewUser(),
      await people.signInNewUser(),
      await people.signInNewUser(),
    ]
    for (const { accessToken } of [leaving, disabled, raised, demoted, ended])
      expect((await whoAmI(product.url, accessToken)).status).toBe(200)

    const out = await call(product.url, 'POST', '/auth/logout', {
      cookie: leaving.refreshToken,
      from: leaving.from,
      headers: { 'x-requested-with': 'fetch' },
    })
    expect(out.status).toBe(204)
    const after = await whoAmI(product.url, leaving.accessToken)
    expect([after.status, codeOf(after)]).toEqual([401, 'SESSION_ENDED'])
    expect((await refresh(product.url, leaving.refreshToken)).status).toBe(401)

    await people.db.update(user).set({ status: 'disabled' }).where(eq(user.id, disabled.id))
    await people.db.update(user).set({ tokenVersion: 2 }).where(eq(user.id, raised.id))
    await people.db.update(user).set({ role: 'viewer' }).where(eq(user.id, demoted.id))
    await people.db.update(session).set({ revokedAt: new Date() }).where(eq(session.userId, ended.id))
    await untilStandingIsRead()
    for (const { accessToken } of [disabled, raised, ended])
      expect((await whoAmI(product.url, accessToken)).status).toBe(401)
    const tried = await call(product.url, 'POST', '/credentials', {
      token: demoted.accessToken,
      body: validBodies['credentials.create'],
    })
    expect([tried.status, codeOf(tried)]).toEqual([403, 'FORBIDDEN'])
    expect((await refresh(product.url, disabled.refreshToken)).status).toBe(401)
    expect((await login(product.url, disabled.email, password)).status).toBe(401)
  })

  test('opens no door longer than its session: live events end with the sign-out', async () => {
    const someone = await people.signInNewUser()
    const events = await fetch(`${product.url}/api/events`, {
      headers: { authorization: `Bearer ${someone.accessToken}` },
    })
    const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader()
    if (reader === undefined) throw new Error('no stream')
    const first = randomUUID()
    const second = randomUUID()
    let text = ''
    const announce = (id: string) => people.db.transaction((tx) => publish(tx, { type: 'account', id }))
    await announce(first)
    while (!text.includes(first)) text += (await reader.read()).value ?? ''
    await call(product.url, 'POST', '/auth/logout', {
      cookie: someone.refreshToken,
      from: someone.from,
      headers: { 'x-requested-with': 'fetch' },
    })
    await announce(second)
    for (let next = await reader.read(); !next.done; next = await reader.read()) text += next.value
    expect(text).not.toContain(second)
  })
})
