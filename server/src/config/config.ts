import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { z } from 'zod'
import { courtesyShare } from '../aws/limiter.ts'
import type { AwsNetwork } from '../aws/network.ts'
import { Secret } from '../secret.ts'
import { type VariableName, variables } from './variables.ts'

const blank = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value)
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blank, schema.optional())

type Values = { [Name in VariableName]: z.output<(typeof variables)[Name]['schema']> | undefined }

const Environment = z.object(
  Object.fromEntries(Object.entries(variables).map(([name, variable]) => [name, optional<z.ZodType>(variable.schema)])),
  // What a schema per name gives, the table's own types say better than a mapped one.
) as unknown as z.ZodType<Values>

export interface Config {
  role: 'all' | 'api' | 'worker'
  http: { port: number; host: string; trustProxy: number }
  dataDir: string
  database: { kind: 'embedded' } | { kind: 'external'; url: Secret }
  firstAdmin: { kind: 'one-time-password'; email: string } | { kind: 'given'; email: string; password: Secret }
  /** `quotaShare`: part of AWS's request quotas that discovery takes at most; above 1 only before an emulator. */
  aws: { endpoint: string | undefined; quotaShare: number; network: AwsNetwork | undefined }
  /** `served`: where a worker, which has no other port, shows its own. */
  metrics: { token: Secret | undefined; served: { host: string; port: number } | undefined }
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

const readCertificates = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new ConfigError(`AWS_CA_BUNDLE: ${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
}

const networkOf = (value: Values): AwsNetwork | undefined => {
  const { AWS_USE_FIPS_ENDPOINT: fips, AWS_USE_DUALSTACK_ENDPOINT: dualstack, AWS_CA_BUNDLE: bundle } = value
  const { HTTPS_PROXY: proxy, NO_PROXY: except, AWS_ENDPOINT_URL: endpoint } = value
  if (endpoint !== undefined && (fips || dualstack)) {
    const name = fips ? 'AWS_USE_FIPS_ENDPOINT' : 'AWS_USE_DUALSTACK_ENDPOINT'
    throw new ConfigError(`${name} is set with AWS_ENDPOINT_URL, which leaves no endpoint to choose: set one of them.`)
  }
  if (!fips && !dualstack && bundle === undefined && proxy === undefined) return undefined
  return {
    useFipsEndpoint: fips ?? false,
    useDualstackEndpoint: dualstack ?? false,
    proxy: proxy === undefined ? undefined : { url: new Secret(proxy), except },
    ca: bundle === undefined ? undefined : readCertificates(bundle),
  }
}

/** Programs agree on no case for these two. */
const withProxies = (env: Record<string, string | undefined>) => ({
  ...env,
  HTTPS_PROXY: env['HTTPS_PROXY'] ?? env['https_proxy'],
  NO_PROXY: env['NO_PROXY'] ?? env['no_proxy'],
})

const servedMetricsOf = (value: Values, host: string): Config['metrics']['served'] => {
  const { METRICS_PORT: port, METRICS_TOKEN: token, ROLE: role = 'all' } = value
  if (port === undefined) return undefined
  if (role !== 'worker')
    throw new ConfigError(`METRICS_PORT is for ROLE=worker: with ROLE=${role} the metrics are at /metrics of PORT.`)
  if (token === undefined)
    throw new ConfigError('METRICS_PORT is set without METRICS_TOKEN: nobody could read the metrics.')
  return { host, port }
}

/** Reads the environment once. @throws ConfigError naming the variable that stops the start. */
export const readConfig = (env: Record<string, string | undefined>): Config => {
  const parsed = Environment.safeParse(withProxies(env))
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
    aws: {
      endpoint: value.AWS_ENDPOINT_URL,
      quotaShare: value.AWS_QUOTA_SHARE ?? courtesyShare,
      network: networkOf(value),
    },
    metrics: {
      token: value.METRICS_TOKEN === undefined ? undefined : new Secret(value.METRICS_TOKEN),
      served: servedMetricsOf(value, host),
    },
    workers: value.WORKERS ?? 1,
    logLevel: value.LOG_LEVEL ?? 'info',
  }
}
