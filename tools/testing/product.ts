import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { ensureFirstAdmin } from '@dashboard/server/auth/first-admin.ts'
import { readConfig } from '@dashboard/server/config/config.ts'
import { type Core, openCore } from '@dashboard/server/core.ts'
import { createLog } from '@dashboard/server/log/log.ts'
import { createMetrics } from '@dashboard/server/metrics/metrics.ts'
import { startApi } from '@dashboard/server/api-process.ts'
import { startWorkerProcess } from '@dashboard/server/worker-process.ts'
import { applyEnvironment, awsEnvironment } from '../demo/aws-environment.ts'
import { createDatabase, type TestDatabase } from './database.ts'

export const adminEmail = 'admin@example.com'
export const adminPassword = 'seven green bottles'

export interface Answer<Body> {
  status: number
  headers: Headers
  body: Body
}

export interface Product {
  url: string
  dataDir: string
  database: TestDatabase
  core: Core
  /** Everything the product has logged so far. */
  logged(): string
  /** Calls a path below `/api` as the signed-in admin; `token: null` calls it anonymously. */
  call<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    options?: { token?: string | null; headers?: Record<string, string> },
  ): Promise<Answer<Body>>
  close(): Promise<void>
}

interface Options {
  /** Of the gateway; without it every AWS call fails. */
  endpoint?: string
  /** Identity of the installation; without it there is none. */
  identity?: { accessKeyId: string; secretAccessKey: string }
  /** Also discover. Default: no worker. */
  worker?: boolean
  env?: Record<string, string>
}

const readBody = async (response: Response): Promise<unknown> => {
  const text = await response.text()
  return response.headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : text
}

/** The product in this process, over a database of its own: call it in `beforeAll`, and `close` in `afterAll`. */
export const startProduct = async (options: Options = {}): Promise<Product> => {
  const database = await createDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'dashboard-test-data-'))
  await chmod(dataDir, 0o700)
  // The SDK's default chain reads the process.
  applyEnvironment(awsEnvironment(options.identity, dataDir))
  const config = readConfig({
    PORT: '0',
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    ADMIN_EMAIL: adminEmail,
    ADMIN_PASSWORD: adminPassword,
    LOG_LEVEL: 'trace',
    ...(options.endpoint === undefined ? {} : { AWS_ENDPOINT_URL: options.endpoint }),
    ...options.env,
  })
  const output = new PassThrough()
  let logged = ''
  output.on('data', (chunk) => {
    logged += String(chunk)
  })
  const log = createLog({ level: config.logLevel, process: 'test', output })
  const metrics = createMetrics()
  const core = await openCore({ config, databaseUrl: database.url, log, called: metrics.called })
  await ensureFirstAdmin(core.database.db, config.firstAdmin)
  const api = await startApi({ core, config, databaseUrl: database.url, metrics, log })
  const worker = options.worker
    ? await startWorkerProcess({ core, databaseUrl: database.url, metrics, log })
    : undefined
  let token: { text: string; until: number } | undefined

  const call: Product['call'] = async <Body>(
    method: string,
    path: string,
    body?: unknown,
    given: { token?: string | null; headers?: Record<string, string> } = {},
  ) => {
    // An access token lives for five minutes, a long test for more.
    if (given.token === undefined && (token === undefined || token.until < Date.now())) token = await signIn()
    const bearer = given.token === undefined ? token?.text : given.token
    const response = await fetch(`${api.url}/api${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
        ...given.headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return { status: response.status, headers: response.headers, body: (await readBody(response)) as Body }
  }

  const signIn = async () => {
    const answer = await call<{ accessToken: string }>(
      'POST',
      '/auth/login',
      { email: adminEmail, password: adminPassword },
      { token: null },
    )
    return { text: answer.body.accessToken, until: Date.now() + 4 * 60_000 }
  }

  return {
    url: api.url,
    dataDir,
    database,
    core,
    logged: () => logged,
    call,
    close: async () => {
      await worker?.[Symbol.asyncDispose]()
      await api[Symbol.asyncDispose]()
      await core[Symbol.asyncDispose]()
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
