import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signingKey } from '@dashboard/server/db/schema.ts'
import { adminEmail, adminPassword, type Product, startProduct } from '../testing/product.ts'
import { cookieOf } from './sign-in/browser.ts'
import { json, send, type WireAnswer } from './edge/wire.ts'

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const capitals = (length: number): string =>
  Array.from(randomBytes(length), (byte) => letters[byte % letters.length]).join('')
/** 40 characters that surely have all three kinds in them. */
const secretKey = (): string => `cA9/${randomBytes(27).toString('base64').replaceAll('=', 'x')}`.slice(0, 40)
const accessKey = () => ({ accessKeyId: `AKIA${capitals(16)}`, secretAccessKey: secretKey() })

interface Canary {
  name: string
  text: string
}

let product: Product
const received: WireAnswer[] = []
const canaries: Canary[] = []
/** Tokens are meant to be received, by the one who signs in; they must not be anywhere else. */
const tokens: Canary[] = []

const plant = (name: string, text: string): string => {
  canaries.push({ name, text })
  return text
}

const exchange = async (
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<WireAnswer> => {
  const given = body === undefined ? {} : json(body)
  const answer = await send(product.url, method, `/api${path}`, { ...given, headers: { ...given.headers, ...headers } })
  received.push(answer)
  return answer
}

const bodyOf = (answer: WireAnswer): Record<string, string> => JSON.parse(answer.text) as Record<string, string>

/** Everything that touches secrets, as a user would do it; no AWS answers. */
const runMainFlow = async (): Promise<void> => {
  const wrong = plant('wrong password', `wrong-${capitals(20)}`)
  await exchange('POST', '/auth/login', { email: adminEmail, password: wrong })
  await exchange('POST', '/auth/login', { email: `nobody@example.com`, password: wrong })
  await exchange(
    'POST',
    '/auth/login',
    `{"email":"${adminEmail}","password":"${plant('password in broken JSON', capitals(20))}`,
  )
  canaries.push({ name: 'administrator’s password', text: adminPassword })
  const signedIn = await exchange('POST', '/auth/login', { email: adminEmail, password: adminPassword })
  tokens.push(
    { name: 'access token', text: bodyOf(signedIn)['accessToken'] ?? '' },
    { name: 'refresh token', text: cookieOf(signedIn) ?? '' },
  )
  const refreshed = await exchange('POST', '/auth/refresh', undefined, {
    cookie: `dashboard_refresh=${cookieOf(signedIn)}`,
    'x-requested-with': 'fetch',
  })
  tokens.push(
    { name: 'second access token', text: bodyOf(refreshed)['accessToken'] ?? '' },
    { name: 'second refresh token', text: cookieOf(refreshed) ?? '' },
  )
  const next = plant('new password', `new-${capitals(20)}`)
  const bearer = (answer: WireAnswer) => ({ authorization: `Bearer ${bodyOf(answer)['accessToken']}` })
  await exchange(
    'POST',
    '/auth/password',
    { currentPassword: plant('wrong current password', capitals(20)), newPassword: next },
    bearer(refreshed),
  )
  await exchange('POST', '/auth/password', { currentPassword: adminPassword, newPassword: 'weak' }, bearer(refreshed))
  const changed = await exchange(
    'POST',
    '/auth/password',
    { currentPassword: adminPassword, newPassword: next },
    bearer(refreshed),
  )
  tokens.push(
    { name: 'third access token', text: bodyOf(changed)['accessToken'] ?? '' },
    { name: 'third refresh token', text: cookieOf(changed) ?? '' },
  )
  const auth = bearer(changed)

  const keys = Array.from({ length: 6 }, accessKey)
  for (const [index, key] of keys.entries()) {
    plant(`access key id ${index}`, key.accessKeyId)
    plant(`secret access key ${index}`, key.secretAccessKey)
  }
  const [first, second, third, fourth, fifth, sixth] = keys
  const created = await exchange('POST', '/credentials', { name: 'Canary', ...first }, auth)
  expect(created.status).toBe(201)
  const { id } = bodyOf(created)
  await exchange('PUT', `/credentials/${id}`, { accessKey: second }, auth)
  await exchange('POST', `/credentials/${id}/test`, undefined, auth)
  await exchange('GET', '/credentials', undefined, auth)
  const account = { credentialType: 'access_key', name: 'Canary', accountId: '123456789012', regions: ['eu-west-1'] }
  const added = await exchange('POST', '/aws/accounts', { ...account, accessKey: third }, auth)
  expect(added.status).toBe(201)
  // Refused in every way there is: the key is in the request, and must not be in what is said of it.
  expect((await exchange('POST', '/aws/accounts', { ...account, accessKey: fourth }, auth)).status).toBe(409)
  await exchange('POST', '/aws/accounts', { ...account, accountId: 'x', accessKey: fourth }, auth)
  await exchange('POST', '/credentials', { name: 'x', ...fifth, secretAccessKey: `${fifth?.secretAccessKey}x` }, auth)
  await exchange(
    'POST',
    '/credentials',
    { name: 'x', accessKeyId: fifth?.secretAccessKey, secretAccessKey: fifth?.accessKeyId },
    auth,
  )
  await exchange('POST', '/credentials', { name: 'x\u0000', ...fifth }, auth)
  await exchange('POST', '/credentials', { [sixth?.secretAccessKey ?? '']: 1, ...sixth }, auth)
  await exchange('POST', '/credentials', `{"secretAccessKey":"${sixth?.secretAccessKey}",`, auth)
  await exchange(
    'GET',
    `/credentials?${sixth?.accessKeyId}=${encodeURIComponent(sixth?.secretAccessKey ?? '')}`,
    undefined,
    auth,
  )
  await exchange('POST', `/aws/accounts/${bodyOf(added)['id']}/validate`, undefined, auth)
  await exchange('GET', `/aws/accounts/${bodyOf(added)['id']}/regions`, undefined, auth)
  await exchange('GET', '/aws/accounts', undefined, auth)
  await exchange('GET', '/overview', undefined, auth)
  // Stays, so that its envelope is among what is searched.
  await exchange('DELETE', `/credentials/${bodyOf(added)['credentialId']}`, undefined, auth)
  await exchange('POST', '/auth/logout', undefined, {
    cookie: `dashboard_refresh=${cookieOf(changed)}`,
    'x-requested-with': 'fetch',
  })
}

const plantStoredSecrets = async (): Promise<void> => {
  const [key] = await product.core.database.db.select().from(signingKey)
  const pem = (await product.core.vault.read({ owner: key?.kid ?? '', kind: 'signing-key', version: 1 })).reveal()
  plant('signing key', pem.split('\n')[1] ?? '')
  const directory = join(product.dataDir, 'keys.d')
  for (const name of await readdir(directory))
    plant('key-encryption key', (await readFile(join(directory, name), 'utf8')).trim())
  plant('database address', product.database.url.replace(/^.*:\/\/([^@]*)@.*$/, '$1'))
}

/** Every way a text may be written down without being hidden. */
const spellings = (text: string): Buffer[] => {
  const bytes = Buffer.from(text)
  const raw = /^[A-Za-z0-9+/]+=*$/.test(text) && text.length % 4 === 0 ? [Buffer.from(text, 'base64')] : []
  // Base64 of a text inside another one depends on where it starts: the middle of each of the three shifts is fixed.
  const shifted = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .slice(4, -4),
  )
  const written = [
    text,
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    ...shifted,
  ]
  return [...written.map((spelling) => Buffer.from(spelling)), ...raw]
}

const hits = (where: string, haystack: Buffer, needles: Canary[]): string[] =>
  needles
    .filter(({ text }) => spellings(text).some((spelling) => haystack.includes(spelling)))
    .map(({ name }) => `${name} in ${where}`)

/** Every value of every table: as text, and where it is bytes, also as those bytes. */
const readDatabase = async (): Promise<{ where: string; bytes: Buffer }[]> => {
  const client = new pg.Client({ connectionString: product.database.url })
  await client.connect()
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
    )
    const found: { where: string; bytes: Buffer }[] = []
    for (const { name } of tables) {
      const { rows } = await client.query<Record<string, unknown>>(`select t.*, t::text as "whole row" from ${name} t`)
      for (const row of rows) {
        for (const [column, value] of Object.entries(row)) {
          if (value === null) continue
          found.push({
            where: `${name}.${column}`,
            bytes: Buffer.isBuffer(value)
              ? value
              : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
          })
        }
      }
    }
    return found
  } finally {
    await client.end()
  }
}

beforeAll(async () => {
  product = await startProduct({ endpoint: 'http://127.0.0.1:9' })
  await runMainFlow()
  await plantStoredSecrets()
})

afterAll(async () => {
  await product?.close()
})

test('the search itself finds a secret in every spelling', () => {
  const needle = { name: 'needle', text: secretKey() }
  const writings = [
    needle.text,
    `x${JSON.stringify({ a: needle.text })}`,
    Buffer.from(`xy${needle.text}z`).toString('base64'),
    Buffer.from(needle.text).toString('hex'),
    encodeURIComponent(needle.text),
  ]
  for (const writing of writings) expect(hits('here', Buffer.from(writing), [needle]), writing).toHaveLength(1)
  expect(hits('here', Buffer.from(secretKey()), [needle])).toEqual([])
})

test('no password, key or token is anywhere in the database', async () => {
  const values = await readDatabase()
  expect(new Set(values.map(({ where }) => where.split('.')[1])).size).toBeGreaterThanOrEqual(8)
  expect(values.some(({ where }) => where === 'public.secret_version.body')).toBe(true)
  expect(canaries.length).toBeGreaterThanOrEqual(20)
  expect(tokens.every(({ text }) => text.length > 40)).toBe(true)
  expect(values.flatMap(({ where, bytes }) => hits(where, bytes, [...canaries, ...tokens]))).toEqual([])
})

test('no password, key or token is anywhere in the log', () => {
  const log = product.logged()
  expect(log.split('\n').length).toBeGreaterThan(20)
  expect(hits('the log', Buffer.from(log), [...canaries, ...tokens])).toEqual([])
  for (const line of log.trim().split('\n')) expect(() => JSON.parse(line) as unknown, line).not.toThrow()
})

test('no answer of the API gives back a password or a key, not even in the words of a refusal', () => {
  expect(received.length).toBeGreaterThanOrEqual(24)
  const spoken = received.map(({ status, headers, text }) => `${status}\n${JSON.stringify(headers)}\n${text}`)
  expect(spoken.flatMap((text, index) => hits(`answer ${index}`, Buffer.from(text), canaries))).toEqual([])
  // A refresh token travels in the cookie alone.
  const refreshTokens = tokens.filter(({ name }) => name.includes('refresh'))
  expect(
    received.flatMap(({ text }, index) => hits(`body of answer ${index}`, Buffer.from(text), refreshTokens)),
  ).toEqual([])
})

test('metrics and the API document hold none of them either', async () => {
  const admin = await send(
    product.url,
    'POST',
    '/api/auth/login',
    json({ email: adminEmail, password: canaries.find(({ name }) => name === 'new password')?.text }),
  )
  const authorization = `Bearer ${bodyOf(admin)['accessToken']}`
  for (const path of ['/metrics', '/api/openapi.json', '/api/health/ready']) {
    const answer = await send(product.url, 'GET', path, { headers: { authorization } })
    expect(answer.status, path).toBe(200)
    expect(
      hits(path, Buffer.from(`${JSON.stringify(answer.headers)}${answer.text}`), [...canaries, ...tokens]),
    ).toEqual([])
  }
})
