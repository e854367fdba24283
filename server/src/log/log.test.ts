import { PassThrough } from 'node:stream'
import { DrizzleQueryError } from 'drizzle-orm/errors'
import { expect, describe, test } from 'vitest'
import { AppError } from '../errors.ts'
import { Secret } from '../secret.ts'
import { createLog, type Logger } from './log.ts'

const secretKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const canaries = {
  'access key id': 'AKIAIOSFODNN7EXAMPLE',
  'session key id': 'ASIAIOSFODNN7EXAMPLE',
  'secret access key': secretKey,
  'session token': `IQoJb3JpZ2luX2Vj${'Ab1/'.repeat(40)}==`,
  'access token': `eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIxIn0.${'aB3_'.repeat(20)}`,
  'refresh token': `rt_${'aB3-'.repeat(10)}xyz`,
  'vault token': `hvs.${'CAESIJ'.repeat(5)}`,
  'password hash': '$argon2id$v=19$m=47104,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo',
  'private key': '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIGNhbmFyeQ\n-----END PRIVATE KEY-----',
  'private key cut short': '-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEAcanary',
}

/** What must be gone of each; the word PRIVATE KEY itself may stay. */
const heart = (text: string): string => (text.startsWith('-----') ? (text.split('\n')[1] ?? '') : text)

const logOf = (write: (log: Logger) => void): string => {
  const output = new PassThrough()
  write(createLog({ level: 'trace', process: 'test', output }))
  return String(output.read() ?? '')
}

const linesOf = (text: string): Record<string, unknown>[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

describe('the log', () => {
  test('never shows a secret, wherever in a line it stands and whatever stands around it', () => {
    const around = [
      '',
      ' ',
      '"',
      "'",
      '\n',
      '\t',
      '\\',
      '(',
      '<',
      ',',
      ';',
      ':',
      '=',
      '\u0000',
      '\u2028',
      'é',
      'key=',
      'header: ',
    ]
    let written = 0
    for (const [name, text] of Object.entries(canaries)) {
      for (const before of around) {
        for (const after of ['', ' ', '"', '\n', '\\n', ',', ')', "'"]) {
          const value = `${before}${text}${after}`
          const failure = new Error(value, {
            cause: new AppError('INTERNAL', { message: value, cause: new Error(value) }),
          })
          const shown = logOf((log) => {
            log.info({}, value)
            log.info({ field: value, deep: { list: [value, { [value]: value }] } }, 'fixed')
            log.error({ err: failure }, 'fixed')
            log.child({ bound: value }).warn('a %s b %j', value, { value })
          })
          expect(shown, `${name} after ${JSON.stringify(before)}, before ${JSON.stringify(after)}`).not.toContain(
            JSON.stringify(heart(text)).slice(1, -1),
          )
          expect(linesOf(shown)).toHaveLength(4)
          written += 1
        }
      }
    }
    expect(written).toBe(10 * 18 * 8)
  })

  test('shows no value of a field named for a secret, in any spelling of the name', () => {
    const names = [
      'password',
      'Password',
      'newPassword',
      'oneTimePassword',
      'ADMIN_PASSWORD',
      'admin-password',
      'secret',
      'clientSecret',
      'client_secret',
      'secretAccessKey',
      'secret_access_key',
      'SecretAccessKey',
      'sessionToken',
      'session_token',
      'accessToken',
      'refreshToken',
      'METRICS_TOKEN',
      'authorization',
      'proxy-authorization',
      'Cookie',
      'set-cookie',
      'privateKey',
      'wrappedDek',
      'kek',
    ]
    for (const name of names) {
      const shown = logOf((log) => log.info({ [name]: 'canary', deep: [{ [name]: { inner: 'canary' } }] }, 'fixed'))
      expect(shown, name).not.toContain('canary')
    }
    const kept = logOf((log) =>
      log.info(
        {
          credentialId: 'kept',
          kekVersion: 1,
          tokenVersion: 2,
          accountId: '123456789012',
          operation: 'auth.changePassword',
        },
        'fixed',
      ),
    )
    expect(linesOf(kept)[0]).toMatchObject({
      credentialId: 'kept',
      kekVersion: 1,
      tokenVersion: 2,
      accountId: '123456789012',
      operation: 'auth.changePassword',
    })
  })

  test('shows no secret object, no bytes, and no password inside an address', () => {
    const bytes = Buffer.from('canary')
    const shown = logOf((log) => {
      log.info({ secret: new Secret('canary'), other: { deep: [new Secret('canary')] } }, 'fixed')
      log.info({ value: new Secret('canary') }, `said ${String(new Secret('canary'))}`)
      log.info('%s %o %j', new Secret('canary'), { a: new Secret('canary') }, new Secret('canary'))
      log.info({ bytes, array: new Uint8Array(bytes), nested: [bytes] }, 'fixed')
      log.info(
        {
          url: 'postgres://dashboard:canary@db.example:5432/x',
          redis: 'redis://:canary@cache.example',
          raw: 'https://u:can@ary@h.example/p?q=1',
        },
        'fixed',
      )
      log.error(
        {
          err: new Error(
            'connect postgresql://dashboard:canary@db.example/x failed; password=canary PGPASSWORD=canary',
          ),
        },
        'fixed',
      )
    })
    expect(shown).not.toContain('canary')
    expect(shown).not.toContain('can@ary')
    expect(shown).not.toContain([...bytes].join(','))
    expect(shown).toContain('postgres://dashboard:[redacted]@db.example:5432/x')
    expect(shown).toContain('https://u:[redacted]@h.example/p?q=1')
  })

  test('shows which statement failed and why, but none of its parameters', () => {
    const err = new DrizzleQueryError(
      'insert into "user" values ($1, $2)',
      ['canary@example.com', 'canary\n    two lines'],
      new Error('duplicate key'),
    )
    const shown = logOf(
      (log) => log.error({ err: new AppError('INTERNAL', { cause: err }) }, 'fixed') ?? log.error({ err }, 'fixed'),
    )
    expect(shown).not.toContain('canary')
    expect(shown).toContain('insert into')
    expect(shown).toContain('duplicate key')
    expect(linesOf(shown)[1]).toMatchObject({ err: { stack: expect.stringContaining('log.test.ts') } })
  })

  test('keeps what only looks like a secret: hashes, ids, ARNs and long words', () => {
    const kept = [
      'da39a3ee5e6b4b0d3255bfef95601890afd80709',
      'arn:aws:iam::123456789012:role/AwsIntegrationDashboard',
      '01977d3e-0000-7000-8000-000000000000',
      'a'.repeat(40),
      'http://127.0.0.1:8080/api/events?x=a@b',
      'AKIA…MPLE',
      'i-0123456789abcdef0',
    ]
    for (const value of kept)
      expect(linesOf(logOf((log) => log.info({ value }, value)))[0]).toMatchObject({ value, msg: value })
  })

  test('lets nobody forge a line or command a terminal: one event is one line of plain JSON', () => {
    const forged = [
      'a\n{"level":"info","msg":"forged"}',
      'a\r\nforged',
      'a\u2028forged',
      '\u001b[2Jforged',
      '\u009b2Jforged',
      '\u202egnp.exe',
      '\u0000',
      '\u0085forged',
      '\u007f',
      '","msg":"forged","x":"',
    ]
    for (const value of forged) {
      const shown = logOf((log) => log.warn({ value, [value.slice(0, 100)]: 1, err: new Error(value) }, value))
      expect(linesOf(shown)).toHaveLength(1)
      expect(linesOf(shown)[0]).toMatchObject({ level: 'warn', msg: value, value })
      // eslint-disable-next-line no-control-regex
      expect(shown.trimEnd()).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/)
    }
  })

  // Broke: a line was scanned and written whole, however long the text somebody sent.
  test('cuts a text that is too long and says how long it was', () => {
    const value = 'a'.repeat(1_000_000)
    const shown = logOf((log) => log.warn({ value, deep: [value] }, value))
    expect(shown.length).toBeLessThan(60_000)
    expect(linesOf(shown)[0]).toMatchObject({ value: `${'a'.repeat(16_384)}… [1000000 characters]` })
  })

  test('shows an error’s causes, but nothing that hangs on it', () => {
    const err = Object.assign(
      new Error('outer', { cause: Object.assign(new Error('inner', { cause: 'a word' }), { code: 'ECONNREFUSED' }) }),
      {
        $response: { headers: { authorization: 'canary' } },
        request: { body: 'canary' },
        config: { password: 'canary' },
      },
    )
    const shown = logOf((log) => log.error({ err }, 'fixed'))
    expect(shown).not.toContain('canary')
    expect(linesOf(shown)[0]).toMatchObject({
      err: { message: 'outer', cause: { message: 'inner', code: 'ECONNREFUSED', cause: 'a word' } },
    })
  })
})
