import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Area } from './area.ts'
import type { Binaries } from './binaries.ts'
import { serverEnvironment } from './cluster.ts'
import { connect } from './connect.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { freePort } from './free-port.ts'
import { disownPostmasterFile, findPostmaster, readPostmasterFile, removeSocketLocks } from './postmaster-file.ts'
import { isRunning } from './processes.ts'

/** All it takes to run the server of one cluster. */
export interface Installation {
  area: Area
  binaries: Binaries
  cluster: string
  password: string
  log: (message: string, fields?: Record<string, unknown>) => void
}

/** A server that answers; `client` is connected to its database `postgres`. */
export interface RunningServer {
  pid: number
  port: number
  /** It ran before we came. */
  adopted: boolean
  client: pg.Client
}

/** Recovery after a crash replays the log; at 5 minutes something else is wrong. */
const startTimeout = 5 * 60_000
/** A living postmaster that does not listen for this long will not. */
const listenTimeout = 30_000

/** A socket's path is cut at 107 bytes; the name is `.s.PGSQL.<port>`. */
const socketFolder = (folder: string): string =>
  Buffer.byteLength(folder) + '/.s.PGSQL.65535'.length <= 107 ? folder : ''

const settingsFor = (area: Area, port: number): Record<string, string | number> => ({
  listen_addresses: '127.0.0.1',
  port,
  unix_socket_directories: process.platform === 'win32' ? '' : socketFolder(area.folder),
  unix_socket_permissions: '0700',
  max_connections: 100,
  shared_buffers: '128MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // The product logs its own failed statements; texts and values stay out of this file.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
})

const logPath = (area: Area): string => join(area.folder, 'postgres.log')
const logLimit = 5 * 1024 * 1024

const rotateLog = async (area: Area): Promise<void> => {
  const facts = await stat(logPath(area)).catch(() => undefined)
  if (facts && facts.size > logLimit) await rename(logPath(area), `${logPath(area)}.1`)
}

const logSince = async (area: Area, start: number): Promise<string> =>
  (await readFile(logPath(area))).subarray(start).toString('utf8').trim().split('\n').slice(-15).join('\n')

/**
 * In a session of its own: Ctrl-C must reach the product first, which drains and then stops the database.
 */
const spawnServer = ({ area, binaries, cluster }: Installation, port: number): ChildProcess => {
  const options = Object.entries(settingsFor(area, port)).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const output = openSync(logPath(area), 'a', 0o600)
  try {
    const child = spawn(join(binaries.native, 'bin', 'postgres'), ['-D', cluster, ...options], {
      ...area.user,
      cwd: area.folder,
      env: serverEnvironment(area),
      stdio: ['ignore', output, output],
      detached: true,
    })
    // It outlives us if we are killed; then the next start adopts it.
    child.unref()
    return child
  } finally {
    closeSync(output)
  }
}

const notListed = { kind: 'refused', error: new Error('postmaster.pid names no port yet') } as const

const name = `owner:${process.pid}`

/** Waits for a living postmaster to answer. Undefined: it died meanwhile. @throws when it does not answer in time. */
const awaitServer = async (
  { cluster, password, log }: Installation,
  isAlive: () => boolean | Promise<boolean>,
  portOf: () => Promise<number | undefined>,
): Promise<{ client: pg.Client; port: number } | undefined> => {
  const begin = Date.now()
  let told = false
  while (await isAlive()) {
    const port = await portOf()
    const attempt = port ? await connect({ port, password, name }) : notListed
    if (attempt.kind === 'connected') return { client: attempt.client, port: attempt.port }
    if (attempt.kind === 'failed')
      throw new EmbeddedPostgresError('START_FAILED', attempt.error.message, { cause: attempt.error })
    const waited = Date.now() - begin
    if (waited > (attempt.kind === 'starting' ? startTimeout : listenTimeout)) {
      throw new EmbeddedPostgresError('START_FAILED', `PostgreSQL in ${cluster} runs but does not answer`, {
        cause: attempt.error,
      })
    }
    if (waited > 3000 && !told) {
      told = true
      log('Waiting for PostgreSQL to recover', { cluster })
    }
    await sleep(20)
  }
  return undefined
}

const adopt = async (installation: Installation): Promise<RunningServer | undefined> => {
  const found = await findPostmaster(installation.cluster)
  if (!found) return undefined
  const isAlive = async () => (await findPostmaster(installation.cluster))?.pid === found.pid
  const portOf = async () => (await readPostmasterFile(installation.cluster))?.port
  const server = await awaitServer(installation, isAlive, portOf)
  return server && { ...server, pid: found.pid, adopted: true }
}

/** Another postmaster was faster, or a killed one (or its orphans) is not quite gone: both pass within about a second. */
const passes = /lock file "|shared memory block|could not bind|could not create any TCP|is in use/

type Start = { server: RunningServer } | { refusal: string }

const start = async (installation: Installation, port: number): Promise<Start> => {
  const { area } = installation
  await rotateLog(area)
  const { size } = await stat(logPath(area)).catch(() => ({ size: 0 }))
  const child = spawnServer(installation, port)
  let failure: Error | undefined
  child.on('error', (error) => (failure = error))
  const isAlive = () => !failure && child.exitCode === null && child.signalCode === null
  const answered = await awaitServer(installation, isAlive, () => Promise.resolve(port))
  // Whoever answers on the port must be the child: a stranger may have taken it in between, and the child gone.
  if (answered && child.pid && isAlive()) return { server: { ...answered, pid: child.pid, adopted: false } }
  await answered?.client.end()
  return { refusal: failure?.message ?? (await logSince(area, size)) }
}

/** A file whose process is alive but is no postmaster of this cluster, or is dead and unreaped, keeps PostgreSQL from starting. */
const clearStaleFiles = async ({ area, cluster, log }: Installation): Promise<void> => {
  const file = await readPostmasterFile(cluster)
  if (!file || (await findPostmaster(cluster))) return
  log('The last PostgreSQL was killed; starting it again', { pid: file.pid, alive: await isRunning(file.pid) })
  await disownPostmasterFile(cluster)
  await removeSocketLocks(area.folder, file.pid)
}

/**
 * The running server: an orphan of a killed process is adopted, else one is started.
 * @param portWanted kept if possible; with `portFixed`, waited for.
 */
export const openServer = async (
  installation: Installation,
  portWanted: number | undefined,
  portFixed = false,
): Promise<RunningServer> => {
  for (let tries = 1; ; tries += 1) {
    const adopted = await adopt(installation)
    if (adopted) return adopted
    await clearStaleFiles(installation)
    const port = portFixed && portWanted ? portWanted : await freePort(portWanted)
    const started = await start(installation, port)
    if ('server' in started) return started.server
    if (tries === 20 || !passes.test(started.refusal)) {
      throw new EmbeddedPostgresError(
        'START_FAILED',
        `PostgreSQL does not start in ${installation.cluster}:\n${started.refusal}`,
      )
    }
    await sleep(300)
  }
}

/** Longest a fast shutdown may take: it writes a checkpoint. Then the crash-safe immediate one. */
const stopTimeout = 60_000

/** Fast shutdown (SIGINT): sessions end, a checkpoint is written. Answers when the process is gone. */
export const stopServer = async (cluster: string): Promise<void> => {
  const begin = Date.now()
  const found = await findPostmaster(cluster)
  if (found) process.kill(found.pid, 'SIGINT')
  let hurried = false
  while (found && (await findPostmaster(cluster))?.pid === found.pid) {
    if (Date.now() - begin > stopTimeout && !hurried) {
      hurried = true
      process.kill(found.pid, 'SIGQUIT')
    }
    await sleep(20)
  }
}
