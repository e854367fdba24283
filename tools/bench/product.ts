import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '@dashboard/server/db/embedded-postgres.ts'
import { migrate } from '@dashboard/server/db/migrate.ts'
import { spawnServer, type ServerProcess } from '../testing/server-process.ts'
import { fillLargeInventory } from './large-inventory.ts'

export const email = 'bench@example.com'
export const password = 'a long bench password'

export interface BenchProduct {
  url: string
  databaseUrl: string
  /** How many resources the inventory has. */
  resources: number
  /** Calls a path below `/api` and answers the body and the milliseconds until it was read. */
  timed<Body>(method: string, path: string, body?: unknown): Promise<{ body: Body; ms: number }>
  /** Ends the server and starts it again on the same port; resolves when it listens. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** As root the cluster lies behind a link. */
const removeData = async (dataDir: string): Promise<void> => {
  const cluster = await realpath(join(dataDir, 'postgres')).catch(() => undefined)
  if (cluster) await rm(cluster, { recursive: true, force: true })
  await rm(dataDir, { recursive: true, force: true })
}

/** The product in processes of its own, as `npm start` runs it, over a large inventory. Nothing is discovered. */
export const startBenchProduct = async (total: number): Promise<BenchProduct> => {
  await using opened = new AsyncDisposableStack()
  const dataDir = await mkdtemp(join(tmpdir(), 'dashboard-bench-'))
  opened.defer(() => removeData(dataDir))
  await chmod(dataDir, 0o711)
  const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined })
  opened.defer(() => postgres.stop())
  await migrate(postgres.url)
  console.log(`Filling the inventory with ${total} resources …`)
  const resources = await fillLargeInventory(postgres.url, total)
  const keys = join(dataDir, 'product')
  const environment = {
    DATABASE_URL: postgres.url,
    ROLE: 'api',
    ADMIN_EMAIL: email,
    ADMIN_PASSWORD: password,
    LOG_LEVEL: 'warn',
  }
  let server: ServerProcess = spawnServer(keys, environment)
  const stop = async (): Promise<void> => {
    server.child.kill('SIGTERM')
    await server.exit
  }
  opened.defer(stop)
  const url = await server.ready
  let token: { text: string; until: number } | undefined

  const request = async (method: string, path: string, body: unknown, bearer: string | undefined): Promise<string> => {
    const response = await fetch(`${url}/api${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return text
  }

  const bearer = async (): Promise<string> => {
    if (token !== undefined && token.until > Date.now()) return token.text
    const answer = await request('POST', '/auth/login', { email, password }, undefined)
    token = { text: (JSON.parse(answer) as { accessToken: string }).accessToken, until: Date.now() + 4 * 60_000 }
    return token.text
  }

  // Kept open from here on; a start that failed before has closed what it had opened.
  const keep = opened.move()
  return {
    url,
    databaseUrl: postgres.url,
    resources,
    timed: async <Body>(method: string, path: string, body?: unknown) => {
      const key = await bearer()
      const started = performance.now()
      const text = await request(method, path, body, key)
      const ms = performance.now() - started
      return { body: (text === '' ? undefined : JSON.parse(text)) as Body, ms }
    },
    restart: async () => {
      await stop()
      server = spawnServer(keys, { ...environment, PORT: new URL(url).port })
      await server.ready
    },
    close: () => keep.disposeAsync(),
  }
}
