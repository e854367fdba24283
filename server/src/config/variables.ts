import { z } from 'zod'
import { courtesyShare } from '../aws/limiter.ts'

/** One environment variable. Blank counts as not set. */
export interface Variable {
  schema: z.ZodType
  /** What holds when it is not set, as a person would write it; null: nothing does. */
  default: string | null
  /** What it does, in a sentence or two. */
  says: string
  /** What is refused beside values that the schema refuses. */
  refused?: string
  example: string
}

/** A whole number; what is no number is named as such rather than as `NaN`. */
const whole = (min: number, max: number) =>
  z
    .string()
    .trim()
    .regex(/^-?\d+$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`))

/** As the AWS SDK reads it. */
const flag = z.enum(['true', 'false'], { error: 'must be true or false' }).transform((value) => value === 'true')

/** Every variable that the product reads, in the order of the reference page. Secrets are never logged. */
export const variables = {
  PORT: {
    schema: whole(0, 65_535),
    default: '8080',
    says: 'Port to listen on; `0` takes any free one.',
    example: '8443',
  },
  HOST: {
    schema: z.string(),
    default: '127.0.0.1',
    says: 'Address to listen on.',
    refused: 'Any other address than loopback without `TRUST_PROXY`: other machines would reach it over plain HTTP.',
    example: '0.0.0.0',
  },
  TRUST_PROXY: {
    schema: whole(0, 10),
    default: '0',
    says: 'Number of proxies in front, 0 to 10: whose `X-Forwarded-…` headers count.',
    example: '1',
  },
  DATA_DIR: {
    schema: z.string(),
    default: './data',
    says: 'Keys, and the embedded database (as root it may lie behind a link, under `/var/lib/aws-integration-dashboard`). The demo has its own, `data/demo`.',
    example: '/srv/aws-integration-dashboard',
  },
  DATABASE_URL: {
    schema: z.url({ protocol: /^postgres(ql)?$/, error: 'must be an address like postgres://user@host:5432/database' }),
    default: null,
    says: 'A PostgreSQL of yours; without it the embedded one is used.',
    example: 'postgres://dashboard@db.internal:5432/dashboard',
  },
  ADMIN_EMAIL: {
    schema: z.email({ error: 'must be an e-mail address' }),
    default: 'admin@example.com',
    says: 'The first administrator.',
    example: 'platform@example.com',
  },
  ADMIN_PASSWORD: {
    schema: z.string().min(12, 'must have at least 12 characters'),
    default: null,
    says: 'Their password, at least 12 characters, used while that user does not exist or still has a one-time password. Without it a one-time password is printed.',
    refused: 'Without `ADMIN_EMAIL`.',
    example: 'twelve characters or more',
  },
  ROLE: {
    schema: z.enum(['all', 'api', 'worker'], { error: 'must be all, api or worker' }),
    default: 'all',
    says: '`all` is an API process with its workers, `api` serves only, `worker` discovers only.',
    refused: '`worker` without `DATABASE_URL`: the embedded database belongs to `all`.',
    example: 'worker',
  },
  WORKERS: {
    schema: whole(1, 64),
    default: '1',
    says: 'Worker processes of `ROLE=all`, 1 to 64. Each scans 8 scopes at once.',
    example: '4',
  },
  LOG_LEVEL: {
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be fatal, error, warn, info, debug, trace or silent',
    }),
    default: 'info',
    says: '`fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent`. The demo has `warn`.',
    example: 'debug',
  },
  METRICS_TOKEN: {
    schema: z.string().min(16, 'must have at least 16 characters'),
    default: null,
    says: 'Token for `/metrics`, at least 16 characters. A signed-in user’s access token works as well.',
    example: 'sixteen-characters-or-more',
  },
  METRICS_PORT: {
    schema: whole(0, 65_535),
    default: null,
    says: 'Port at which `ROLE=worker` serves its own `/metrics`, on `HOST`; `0` takes any free one. The other roles serve it on `PORT`.',
    refused: 'Without `METRICS_TOKEN`, and with another `ROLE`.',
    example: '9464',
  },
  AWS_QUOTA_SHARE: {
    schema: z.coerce
      .number({ error: 'must be a number from 0.01 to 1000' })
      .min(0.01, 'must be at least 0.01')
      .max(1_000, 'must be at most 1000'),
    default: String(courtesyShare),
    says: 'The part of AWS’s request quotas that discovery takes at most; the rest is left to what runs in the accounts. Above 1 only before an emulator.',
    example: '0.25',
  },
  AWS_ENDPOINT_URL: {
    schema: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }),
    default: null,
    says: 'Sends every AWS call there instead. For emulators.',
    example: 'http://127.0.0.1:5000',
  },
  AWS_USE_FIPS_ENDPOINT: {
    schema: flag,
    default: 'false',
    says: '`true` calls AWS by its FIPS 140 endpoints. A service that a region has without one cannot be read there: its scopes fail.',
    refused: 'Together with `AWS_ENDPOINT_URL`.',
    example: 'true',
  },
  AWS_USE_DUALSTACK_ENDPOINT: {
    schema: flag,
    default: 'false',
    says: '`true` calls AWS by its dual-stack endpoints, which have IPv6 addresses too.',
    refused: 'Together with `AWS_ENDPOINT_URL`.',
    example: 'true',
  },
  HTTPS_PROXY: {
    schema: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }),
    default: null,
    says: 'Proxy for calls to AWS, also in lower case. The metadata of instance, task or pod are asked without it.',
    example: 'http://proxy.internal:3128',
  },
  NO_PROXY: {
    schema: z.string(),
    default: null,
    says: 'Hosts that are called without the proxy, comma-separated; `.example.com` means all below it. Also in lower case.',
    example: '.amazonaws.com.cn,10.0.0.0-10.0.255.255',
  },
  AWS_CA_BUNDLE: {
    schema: z.string(),
    default: null,
    says: 'File of certificates (PEM) that are trusted for calls to AWS beside the usual ones, for a proxy that looks into TLS. `NODE_EXTRA_CA_CERTS` works as well.',
    refused: 'A file that cannot be read.',
    example: '/etc/ssl/certs/company-ca.pem',
  },
} as const satisfies Record<string, Variable>

export type VariableName = keyof typeof variables
