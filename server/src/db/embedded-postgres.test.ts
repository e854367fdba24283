import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.ts'

const isRoot = process.getuid?.() === 0
const nobody = { uid: 65_534, gid: 65_534 }
const ownerProgram = fileURLToPath(new URL('embedded-postgres.owner.ts', import.meta.url))
/** Where the whole clone lies under a private folder, no other user can run the owner program. */
const othersReachUs =
  isRoot &&
  spawnSync('/bin/sh', ['-c', `test -r '${ownerProgram}' && test -x '${process.execPath}'`], nobody).status === 0

let base: string
let running: EmbeddedPostgres[]
let owners: ChildProcess[]

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'embedded-postgres-'))
  await chmod(base, 0o711)
  running = []
  owners = []
})

const endOwner = async (owner: ChildProcess): Promise<void> => {
  if (owner.exitCode !== null || owner.signalCode !== null) return
  const ended = once(owner, 'exit')
  owner.stdin?.end()
  await ended
}

const sharedFolders = async (): Promise<string[]> => {
  const links = (await readdir(base, { recursive: true })).filter((name) => name.endsWith('postgres'))
  return Promise.all(links.map((name) => realpath(join(base, name)).catch(() => base)))
}

afterEach(async () => {
  await Promise.all([...running.map((server) => server.stop()), ...owners.map(endOwner)])
  for (const folder of [...(await sharedFolders()), base]) await rm(folder, { recursive: true, force: true })
})

const start = async (dataDir: string): Promise<EmbeddedPostgres> => {
  const server = await startEmbeddedPostgres({ dataDir, log: () => undefined })
  running.push(server)
  return server
}

interface Answer {
  url: string
  adopted: boolean
  message?: string
  code?: string
}

const startOwner = async (dataDir: string, user = {}): Promise<{ owner: ChildProcess; answer: Answer }> => {
  const owner = spawn(process.execPath, [ownerProgram, dataDir], {
    ...user,
    cwd: '/',
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  owners.push(owner)
  for await (const line of createInterface({ input: owner.stdout }))
    return { owner, answer: JSON.parse(line) as Answer }
  throw new Error('The owner said nothing')
}

const kill = async (owner: ChildProcess): Promise<void> => {
  const ended = once(owner, 'exit')
  owner.kill('SIGKILL')
  await ended
}

const query = async (url: string, text: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

const writeKeepsake = (url: string) => query(url, 'create table keepsake as select 42 as value')
const readKeepsake = (url: string) => query(url, 'select value from keepsake')
const keepsake = [{ value: 42 }]

const postmasterPid = async (dataDir: string): Promise<number> =>
  Number((await readFile(join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0])

test('A restart keeps the data and the address', async () => {
  const first = await start(base)
  await writeKeepsake(first.url)
  await first.stop()
  const second = await start(base)
  expect(second).toMatchObject({ url: first.url, adopted: false })
  expect(await readKeepsake(second.url)).toEqual(keepsake)
})

test('The database speaks UTF-8, keeps UTC and writes through to the disk', async () => {
  const { url } = await start(base)
  const facts = `select current_setting('server_encoding') as encoding, current_setting('timezone') as zone,
    current_setting('fsync') as fsync, current_setting('listen_addresses') as addresses`
  expect(await query(url, facts)).toEqual([{ encoding: 'UTF8', zone: 'UTC', fsync: 'on', addresses: '127.0.0.1' }])
})

test('Nobody is let in without the password, and only our user can read it', async () => {
  const { url } = await start(base)
  await expect(query(Object.assign(new URL(url), { password: 'guess' }).href, 'select 1')).rejects.toMatchObject({
    code: '28P01',
  })
  expect((await stat(join(base, 'postgres.json'))).mode & 0o777).toBe(0o600)
  expect(await readFile(join(base, 'postgres', 'cluster', 'pg_hba.conf'), 'utf8')).not.toMatch(/^[^#]*trust/m)
})

test('The orphaned server of a killed process is adopted with its data', async () => {
  const { owner, answer } = await startOwner(base)
  await writeKeepsake(answer.url)
  const pid = await postmasterPid(base)
  await kill(owner)
  const server = await start(base)
  expect(server).toMatchObject({ url: answer.url, adopted: true })
  expect(await postmasterPid(base)).toBe(pid)
  expect(await readKeepsake(server.url)).toEqual(keepsake)
})

test('A second process on the same DATA_DIR is refused and told which process has it', async () => {
  const { owner, answer } = await startOwner(base)
  await expect(startEmbeddedPostgres({ dataDir: base, log: () => undefined })).rejects.toMatchObject({
    code: 'DATA_DIR_IN_USE',
    message: expect.stringContaining(`process ${owner.pid}`) as unknown,
  })
  expect(await query(answer.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('Of two processes that start at once on an empty DATA_DIR, one serves and the other is refused', async () => {
  const answers = await Promise.all([startOwner(base), startOwner(base)])
  const codes = answers.map(({ answer }) => answer.code ?? 'serves').toSorted()
  expect(codes).toEqual(['DATA_DIR_IN_USE', 'serves'])
})

test('A killed PostgreSQL is started again under the same address with its data', async () => {
  const server = await start(base)
  await writeKeepsake(server.url)
  process.kill(await postmasterPid(base), 'SIGKILL')
  await vi.waitFor(async () => expect(await readKeepsake(server.url)).toEqual(keepsake), {
    timeout: 20_000,
    interval: 50,
  })
})

test('When the process and its PostgreSQL are both killed, the next start recovers the data', async () => {
  const { owner, answer } = await startOwner(base)
  await writeKeepsake(answer.url)
  const pid = await postmasterPid(base)
  await kill(owner)
  process.kill(pid, 'SIGKILL')
  const server = await start(base)
  expect(server.adopted).toBe(false)
  expect(await readKeepsake(server.url)).toEqual(keepsake)
})

test('A postmaster.pid whose number now belongs to another process does not stop the start', async () => {
  const first = await start(base)
  await writeKeepsake(first.url)
  const file = join(base, 'postgres', 'cluster', 'postmaster.pid')
  const left = await readFile(file, 'utf8')
  await first.stop()
  const stranger = spawn('sleep', ['60'], isRoot ? nobody : {})
  try {
    await writeFile(file, left.replace(/^\d+/, String(stranger.pid)))
    if (isRoot) await chown(file, nobody.uid, nobody.gid)
    const second = await start(base)
    expect(await readKeepsake(second.url)).toEqual(keepsake)
  } finally {
    stranger.kill()
  }
})

test('A start after an initdb that was cut short begins afresh', async () => {
  const { answer, owner } = await startOwner(base)
  expect(answer.adopted).toBe(false)
  await endOwner(owner)
  const area = join(base, 'postgres')
  await rm(join(area, 'cluster'), { recursive: true })
  // What a killed initdb leaves: its folder with a part of the files, under the number of a process that is gone.
  await mkdir(join(area, `new-cluster.${owner.pid}`, 'base'), { recursive: true })
  await writeFile(join(area, `password.${owner.pid}`), 'left behind')
  const server = await start(base)
  expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
  expect((await readdir(area)).filter((name) => name.includes(String(owner.pid)))).toEqual([])
})

test('A path too long for a Unix socket serves all the same', async () => {
  const dataDir = join(base, 'x'.repeat(120))
  expect(await query((await start(dataDir)).url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('A DATA_DIR with blanks in its path serves', async () => {
  expect(await query((await start(join(base, 'my data'))).url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('A DATA_DIR whose database is gone is refused rather than begun afresh', async () => {
  await symlink(join(base, 'nowhere'), join(base, 'postgres'))
  await expect(start(base)).rejects.toMatchObject({ code: 'DATA_DIR_UNUSABLE' })
})

describe.runIf(isRoot)('As root', () => {
  test('PostgreSQL runs as nobody', async () => {
    await start(base)
    expect(await stat(`/proc/${await postmasterPid(base)}`)).toMatchObject(nobody)
  })

  test('Under a private folder the cluster lies elsewhere, linked from DATA_DIR, and keeps its data', async () => {
    const dataDir = join(base, 'private', 'data')
    await mkdir(join(base, 'private'), { mode: 0o700 })
    const first = await start(dataDir)
    await writeKeepsake(first.url)
    await first.stop()
    expect((await lstat(join(dataDir, 'postgres'))).isSymbolicLink()).toBe(true)
    expect(await realpath(join(dataDir, 'postgres'))).toMatch(/^\/var\/lib\/aws-integration-dashboard\//)
    expect(await readKeepsake((await start(dataDir)).url)).toEqual(keepsake)
  })

  test('An emptied DATA_DIR begins with an empty database', async () => {
    const dataDir = join(base, 'private', 'data')
    await mkdir(join(base, 'private'), { mode: 0o700 })
    const first = await start(dataDir)
    await writeKeepsake(first.url)
    await first.stop()
    const folder = await realpath(join(dataDir, 'postgres'))
    await rm(dataDir, { recursive: true })
    await expect(readKeepsake((await start(dataDir)).url)).rejects.toThrow('keepsake')
    const aside = (await readdir(join(folder, '..'))).filter((name) =>
      join(folder, '..', name).startsWith(`${folder}-left-`),
    )
    expect(aside).toHaveLength(1)
    for (const name of aside) await rm(join(folder, '..', name), { recursive: true })
  })

  test.runIf(othersReachUs)('A database made by another user is served as that user', async () => {
    await chown(base, 4711, 4711)
    await start(join(base, 'roots'))
    const dataDir = join(base, 'nobodys')
    await mkdir(dataDir)
    await chown(dataDir, nobody.uid, nobody.gid)
    const { owner, answer } = await startOwner(dataDir, nobody)
    await writeKeepsake(answer.url)
    await endOwner(owner)
    expect(await readKeepsake((await start(dataDir)).url)).toEqual(keepsake)
  })

  test.runIf(othersReachUs)('Another user is told whose database it is', async () => {
    const server = await start(base)
    await server.stop()
    await chmod(join(base, 'postgres.json'), 0o644)
    const { answer } = await startOwner(base, { uid: 4711, gid: 4711 })
    expect(answer).toMatchObject({
      code: 'DATA_DIR_UNUSABLE',
      message: expect.stringContaining('belongs to user 65534') as unknown,
    })
  })
})
