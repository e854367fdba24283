import { resolve } from 'node:path'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const refusal = (env: Record<string, string>): string => {
  try {
    readConfig(env)
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return (error as Error).message
  }
  throw new Error(`accepted: ${JSON.stringify(env)}`)
}

describe('the configuration', () => {
  test('of nothing at all serves this machine alone, with an embedded database and a one-time password', () => {
    expect(readConfig({})).toEqual({
      role: 'all',
      http: { port: 8080, host: '127.0.0.1', trustProxy: 0 },
      dataDir: resolve('./data'),
      database: { kind: 'embedded' },
      firstAdmin: { kind: 'one-time-password', email: 'admin@example.com' },
      aws: { endpoint: undefined, quotaShare: 0.5 },
      metrics: { token: undefined },
      workers: 1,
      logLevel: 'info',
    })
  })

  test('treats an empty or blank variable as one that is not set', () => {
    const names = [
      'ROLE',
      'PORT',
      'HOST',
      'DATA_DIR',
      'DATABASE_URL',
      'ADMIN_EMAIL',
      'ADMIN_PASSWORD',
      'AWS_ENDPOINT_URL',
      'AWS_QUOTA_SHARE',
      'TRUST_PROXY',
      'LOG_LEVEL',
      'METRICS_TOKEN',
      'WORKERS',
    ]
    for (const blank of ['', ' ', '\t'])
      expect(readConfig(Object.fromEntries(names.map((name) => [name, blank])))).toEqual(readConfig({}))
  })

  test('that is impossible stops the start with the name of the variable', () => {
    const wrong: [string, string[]][] = [
      ['ROLE', ['web', 'ALL']],
      ['PORT', ['-1', '65536', '80.5', 'http', 'NaN', 'Infinity']],
      ['DATABASE_URL', ['localhost', 'mysql://h/x', 'http://h/x', 'postgres//h']],
      ['ADMIN_EMAIL', ['admin', 'a@', '@b', 'a b@example.com']],
      ['AWS_ENDPOINT_URL', ['127.0.0.1:5000', 'file:///etc/passwd', 'ftp://h', 'javascript:alert(1)']],
      ['TRUST_PROXY', ['true', '-1', '11', '1.5', 'loopback', '*']],
      ['AWS_QUOTA_SHARE', ['0', '-1', '1001', 'half']],
      ['LOG_LEVEL', ['verbose', 'INFO', '30']],
      ['METRICS_TOKEN', ['short', 'x'.repeat(15)]],
      ['WORKERS', ['0', '-1', '65', '1.5', 'many']],
    ]
    for (const [name, values] of wrong)
      for (const value of values) expect(refusal({ [name]: value }), `${name}=${value}`).toContain(name)
    const several = refusal({ PORT: 'x', WORKERS: 'x' })
    expect(several).toContain('PORT')
    expect(several).toContain('WORKERS')
  })

  test('asks for an email beside a password, and for a password of twelve characters', () => {
    expect(refusal({ ADMIN_PASSWORD: 'seven green bottles' })).toContain('ADMIN_EMAIL')
    expect(refusal({ ADMIN_EMAIL: 'a@example.com', ADMIN_PASSWORD: 'elevenchars' })).toContain('ADMIN_PASSWORD')
    expect(readConfig({ ADMIN_EMAIL: 'a@example.com' }).firstAdmin).toEqual({
      kind: 'one-time-password',
      email: 'a@example.com',
    })
    expect(
      readConfig({ ADMIN_EMAIL: 'a@example.com', ADMIN_PASSWORD: 'seven green bottles' }).firstAdmin,
    ).toMatchObject({ kind: 'given', email: 'a@example.com' })
  })

  test('serves other machines only behind a declared proxy', () => {
    for (const host of [
      '0.0.0.0',
      '::',
      '192.0.2.1',
      'dashboard.example',
      '127.0.0.1.evil.example',
      '127.evil.example',
      '10.127.0.1',
      '::ffff:192.0.2.1',
      'localhost.example',
    ]) {
      const message = refusal({ HOST: host })
      expect(message, host).toContain(`HOST=${host}`)
      expect(message, host).toContain('TRUST_PROXY')
      // Broke: zero was no number of proxies at all.
      expect(refusal({ HOST: host, TRUST_PROXY: '0' }), host).toBe(message)
      expect(readConfig({ HOST: host, TRUST_PROXY: '1' }).http).toMatchObject({ host, trustProxy: 1 })
    }
    expect(readConfig({ TRUST_PROXY: '0' })).toEqual(readConfig({}))
    for (const host of ['127.0.0.1', '127.8.8.8', '::1', 'localhost'])
      expect(readConfig({ HOST: host }).http.host).toBe(host)
  })

  test('gives a worker a port for its metrics, with a token and only where it has no other', () => {
    const worker = { ROLE: 'worker', METRICS_TOKEN: 'sixteen characters', METRICS_PORT: '9464' }
    expect(readConfig(worker).metrics.served).toEqual({ host: '127.0.0.1', port: 9464 })
    expect(readConfig({ ...worker, HOST: '0.0.0.0', TRUST_PROXY: '1' }).metrics.served?.host).toBe('0.0.0.0')
    expect(readConfig({ ROLE: 'worker' }).metrics.served).toBeUndefined()
    expect(refusal({ ...worker, METRICS_TOKEN: ' ' })).toContain('METRICS_TOKEN')
    for (const role of ['all', 'api', ''])
      expect(refusal({ ...worker, ROLE: role }), role).toMatch(/^METRICS_PORT is for ROLE=worker/)
  })

  test('never shows a password or token, neither where it is kept nor where it is refused', () => {
    const env = {
      DATABASE_URL: 'postgres://u:canary@h/x',
      ADMIN_EMAIL: 'a@example.com',
      ADMIN_PASSWORD: 'canary canary',
      METRICS_TOKEN: 'canary-canary-canary',
    }
    const config = readConfig(env)
    expect(`${JSON.stringify(config)}${inspect(config, { depth: 9, showHidden: true })}`).not.toContain('canary')
    for (const bad of [
      { DATABASE_URL: 'mysql://u:canary@h/x' },
      { ADMIN_EMAIL: 'a@example.com', ADMIN_PASSWORD: 'canary' },
      { METRICS_TOKEN: 'canary' },
      { ...env, PORT: 'x' },
    ])
      expect(refusal(bad)).not.toContain('canary')
  })
})
