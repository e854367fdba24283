import { chmod, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { realpath } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { spawnServer, type ServerProcess } from '../testing/server-process.ts'

let dataDir: string
const started: ServerProcess[] = []

const start = (env: Record<string, string> = {}): ServerProcess => {
  const server = spawnServer(dataDir, env)
  started.push(server)
  return server
}

const stop = async (server: ServerProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> => {
  server.child.kill('SIGTERM')
  return server.exit
}

const passwordOf = (server: ServerProcess): string | undefined => /One-time password: (\S+)/.exec(server.printed())?.[1]

const post = async <Body>(
  url: string,
  path: string,
  body: unknown,
  token?: string,
): Promise<{ status: number; body: Body }> => {
  const response = await fetch(`${url}/api${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Body }
}

const signIn = (url: string, password: string | undefined) =>
  post<{ accessToken: string; code?: string }>(url, '/auth/login', { email: 'admin@example.com', password })

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const workerPids = (server: ServerProcess): number[] =>
  [...server.printed().matchAll(/"process":"worker","pid":(\d+),"msg":"worker ready"/g)].map((match) =>
    Number(match[1]),
  )

const until = async (test_: () => boolean | Promise<boolean>, what: string): Promise<void> => {
  const end = Date.now() + 20_000
  while (!(await test_())) {
    if (Date.now() > end) throw new Error(`never: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dashboard-test-process-'))
  await chmod(dataDir, 0o711)
})

afterAll(async () => {
  for (const server of started)
    if (server.child.exitCode === null && server.child.signalCode === null) await stop(server)
  const cluster = await realpath(join(dataDir, 'postgres')).catch(() => undefined)
  if (cluster !== undefined) await rm(cluster, { recursive: true, force: true })
  await rm(dataDir, { recursive: true, force: true })
})

describe('A start that cannot work says which variable is wrong', () => {
  test.each([
    ['HOST', { HOST: '0.0.0.0' }, 'TRUST_PROXY'],
    ['PORT', { PORT: 'http' }, 'PORT'],
    ['ADMIN_PASSWORD', { ADMIN_PASSWORD: 'long enough for this' }, 'ADMIN_EMAIL'],
    ['ROLE', { ROLE: 'worker' }, 'DATABASE_URL'],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://somewhere' }, 'DATABASE_URL'],
  ])('%s', async (_name, env, named) => {
    const server = start(env)
    expect((await server.exit).code).toBe(1)
    expect(server.printed()).toContain(named)
  })

  test('a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const server = start({ PORT: String((other.address() as AddressInfo).port) })
    expect((await server.exit).code).toBe(1)
    expect(server.printed()).toContain('set PORT to a free port')
    other.close()
  })
})

describe('Stopping, killing and starting again', () => {
  test('a one-time password works once, is replaced at the first sign-in, and restarts keep everything', async () => {
    const first = start()
    const url = await first.ready
    const password = passwordOf(first)
    expect(password).toBeDefined()
    const signedIn = await signIn(url, password)
    expect(signedIn.status).toBe(200)
    const replaced = await post(
      url,
      '/auth/password',
      { currentPassword: password, newPassword: 'seven green bottles' },
      signedIn.body.accessToken,
    )
    expect(replaced.status).toBe(200)
    const token = (await signIn(url, 'seven green bottles')).body.accessToken
    const added = await post(
      url,
      '/aws/accounts',
      { credentialType: 'iam_role', name: 'kept', accountId: '123456789012', regions: ['eu-west-1'] },
      token,
    )
    expect(added.status).toBe(201)
    await until(() => workerPids(first).length === 1, 'a worker')
    const [worker = 0] = workerPids(first)
    expect(await stop(first)).toEqual({ code: 0, signal: null })
    expect(isAlive(worker)).toBe(false)

    const second = start()
    const again = await second.ready
    expect(passwordOf(second)).toBeUndefined()
    const known = await fetch(`${again}/api/aws/accounts`, { headers: { authorization: `Bearer ${token}` } })
    expect(await known.json()).toMatchObject({ items: [{ name: 'kept' }] })
    await stop(second)
  })

  test('killed outright, the worker ends, and the next start takes over the running PostgreSQL with all data', async () => {
    const first = start()
    await first.ready
    await until(() => workerPids(first).length === 1, 'a worker')
    const [worker = 0] = workerPids(first)
    first.child.kill('SIGKILL')
    await first.exit
    await until(() => !isAlive(worker), 'the worker ends with its parent')
    const second = start()
    const url = await second.ready
    expect(second.printed()).toMatch(/adopt/i)
    const token = (await signIn(url, 'seven green bottles')).body.accessToken
    const known = await fetch(`${url}/api/aws/accounts`, { headers: { authorization: `Bearer ${token}` } })
    expect(await known.json()).toMatchObject({ items: [{ name: 'kept' }] })
    await stop(second)
  })

  // A group that is signalled reaches the process twice: the second one ended it before PostgreSQL was stopped.
  test('a signal that comes twice at once is one wish to stop', async () => {
    const server = start()
    await server.ready
    server.child.kill('SIGINT')
    server.child.kill('SIGINT')
    expect(await server.exit).toEqual({ code: 0, signal: null })
    const again = start()
    await again.ready
    expect(again.printed()).not.toMatch(/adopt/i)
    await stop(again)
  })

  test('a worker that dies is started again', async () => {
    const server = start()
    await server.ready
    await until(() => workerPids(server).length === 1, 'a worker')
    const [worker = 0] = workerPids(server)
    process.kill(worker, 'SIGKILL')
    await until(() => workerPids(server).length === 2, 'another worker')
    expect(await stop(server)).toEqual({ code: 0, signal: null })
  })

  test('a second process on the same data is refused and told who has it', async () => {
    const first = start()
    await first.ready
    const second = start()
    expect((await second.exit).code).toBe(1)
    expect(second.printed()).toContain(String(first.child.pid))
    expect((await fetch(`${await first.ready}/api/health/ready`)).status).toBe(200)
    await stop(first)
  })

  test('without the key of its secrets it refuses to start, names the version and makes no other key', async () => {
    const keys = join(dataDir, 'keys.d')
    await rename(join(keys, '1.key'), join(dataDir, 'kept.key'))
    const missing = start()
    expect((await missing.exit).code).toBe(1)
    expect(missing.printed()).toContain('Key version 1')
    expect(await readdir(keys)).toEqual([])
    await writeFile(join(keys, '1.key'), `${Buffer.alloc(32, 7).toString('base64')}\n`, { mode: 0o400 })
    const wrong = start()
    expect((await wrong.exit).code).toBe(1)
    expect(wrong.printed()).toContain('Key version 1')
    await rename(join(dataDir, 'kept.key'), join(keys, '1.key'))
    const right = start()
    await right.ready
    await stop(right)
  })
})
