import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { z } from 'zod'
import { courtesyShare } from '../aws/limiter.ts'
import { Secret } from '../secret.ts'

const Port = z.coerce.number().int().min(0).max(65_535)
const blank = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value)
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blank, schema.optional())

const Environment = z.object({
  ROLE: optional(z.enum(['all', 'api', 'worker'])),
  PORT: optional(Port),
  HOST: optional(z.string()),
  DATA_DIR: optional(z.string()),
  DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/ })),
  ADMIN_EMAIL: optional(z.email()),
  ADMIN_PASSWORD: optional(z.string().min(12, 'must have at least 12 characters')),
  AWS_QUOTA_SHARE: optional(z.coerce.number().min(0.01).max(1_000)),
  AWS_ENDPOINT_URL: optional(z.url({ protocol: /^https?$/ })),
  /** Zero says that there is none, as leaving it out does. */
  TRUST_PROXY: optional(z.coerce.number().int().min(0).max(10)),
  LOG_LEVEL: optional(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])),
  METRICS_TOKEN: optional(z.string().min(16, 'must have at least 16 characters')),
  WORKERS: optional(z.coerce.number().int().min(1).max(64)),
})

export interface Config {
  role: 'all' | 'api' | 'worker'
  http: { port: number; host: string; trustProxy: number }
  dataDir: string
  database: { kind: 'embedded' } | { kind: 'external'; url: Secret }
  firstAdmin: { kind: 'one-time-password'; email: string } | { kind: 'given'; email: string; password: Secret }
  /** `quotaShare`: part of AWS's request quotas that discovery takes at most; above 1 only before an emulator. */
  aws: { endpoint: string | undefined; quotaShare: number }
  metrics: { token: Secret | undefined }
  workers: number
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
}

/** An impossible configuration; the message names the variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

const firstAdminOf = (email: string | undefined, password: string | undefined): Config['firstAdmin'] => {
  if (password !== undefined && email === undefined)
    throw new ConfigError('ADMIN_PASSWORD is set without ADMIN_EMAIL: set both or neither.')
  if (password !== undefined && email !== undefined) return { kind: 'given', email, password: new Secret(password) }
  return { kind: 'one-time-password', email: email ?? 'admin@example.com' }
}

/** Reads the environment once. @throws ConfigError naming the variable that stops the start. */
export const readConfig = (env: Record<string, string | undefined>): Config => {
  const parsed = Environment.safeParse(env)
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'))
  }
  const value = parsed.data
  const host = value.HOST ?? '127.0.0.1'
  const trustProxy = value.TRUST_PROXY ?? 0
  if (!isLoopback(host) && trustProxy === 0) {
    throw new ConfigError(
      `HOST=${host} is reachable from other machines, over plain HTTP: put a TLS proxy in front and set TRUST_PROXY to the number of proxies, or keep HOST on 127.0.0.1.`,
    )
  }
  return {
    role: value.ROLE ?? 'all',
    http: { port: value.PORT ?? 8080, host, trustProxy },
    dataDir: resolve(value.DATA_DIR ?? './data'),
    database:
      value.DATABASE_URL === undefined
        ? { kind: 'embedded' }
        : { kind: 'external', url: new Secret(value.DATABASE_URL) },
    firstAdmin: firstAdminOf(value.ADMIN_EMAIL, value.ADMIN_PASSWORD),
    aws: { endpoint: value.AWS_ENDPOINT_URL, quotaShare: value.AWS_QUOTA_SHARE ?? courtesyShare },
    metrics: { token: value.METRICS_TOKEN === undefined ? undefined : new Secret(value.METRICS_TOKEN) },
    workers: value.WORKERS ?? 1,
    logLevel: value.LOG_LEVEL ?? 'info',
  }
}
