import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startApi } from './api-process.ts'
import { ensureFirstAdmin, type FirstAdmin, resetAdminPassword } from './auth/first-admin.ts'
import { ConfigError, readConfig, type Config } from './config/config.ts'
import { helpText } from './config/help.ts'
import { openCore } from './core.ts'
import type { Database } from './db/database.ts'
import { startEmbeddedPostgres } from './db/embedded-postgres.ts'
import { migrate } from './db/migrate.ts'
import { EmbeddedPostgresError } from './db/embedded-postgres/embedded-postgres-error.ts'
import { createLog, type Logger } from './log/log.ts'
import { errorText } from './log/describe-error.ts'
import { redactText } from './log/redact.ts'
import { both, relay, replay } from './metrics/meter.ts'
import { serveMetrics } from './metrics/metrics-server.ts'
import { createMetrics, type Metrics } from './metrics/metrics.ts'
import { KeyMissing } from './vault/key-source.ts'
import { superviseWorkers, type WorkerMessage } from './supervisor.ts'
import { startWorkerProcess } from './worker-process.ts'

/** What an error means for whoever reads the terminal. */
let phase = 'The start failed.'

const openPostgres = async (config: Config, log: Logger): Promise<{ url: string; stop: () => Promise<void> }> => {
  if (config.database.kind === 'external') return { url: config.database.url.reveal(), stop: () => Promise.resolve() }
  return startEmbeddedPostgres({ dataDir: config.dataDir, log: (message, fields) => log.info(fields ?? {}, message) })
}

const linesOf = (admin: FirstAdmin): string[] => [
  `  Sign in as ${admin.email}`,
  ...(admin.oneTimePassword === undefined
    ? []
    : [
        `  One-time password: ${admin.oneTimePassword.reveal()}`,
        '  You choose your own at the first sign-in; until then each start prints a new one.',
      ]),
  ...(admin.note === undefined ? [] : [`  ${admin.note}`]),
]

const print = (lines: string[]): void => {
  process.stdout.write(`${['', ...lines].join('\n')}\n\n`)
}

/** A password that was reset is printed at once: what comes after may fail, and the old one no longer works. */
const firstAdminOf = async (db: Database, config: Config, reset: boolean): Promise<FirstAdmin> => {
  if (!reset) return ensureFirstAdmin(db, config.firstAdmin)
  const admin = await resetAdminPassword(db, config.firstAdmin)
  print(['  The password was reset, and what was signed in with it is signed out.', ...linesOf(admin)])
  return admin
}

/**
 * Resolves at the first SIGTERM or SIGINT, or when the parent process is gone. In a terminal Ctrl-C reaches every
 * process at once: a supervised worker leaves it to its parent, and a second one ends the parent without waiting.
 */
const untilStopped = (log: Logger): Promise<void> =>
  new Promise((resolve) => {
    phase = 'It failed while it was stopping.'
    const supervised = process.send !== undefined
    let asked: number | undefined
    const stop = (reason: string): void => {
      // Signalled as a group, this process hears of it from its launcher as well: that is one wish, not two.
      if (asked !== undefined && !supervised && performance.now() - asked > 1_000) process.exit(1)
      if (asked === undefined) log.info({ reason }, 'stopping')
      asked ??= performance.now()
      resolve()
    }
    process.on('SIGTERM', () => stop('SIGTERM'))
    // The terminal was closed.
    process.on('SIGHUP', () => stop('SIGHUP'))
    process.on('SIGINT', () => {
      if (!supervised) stop('SIGINT')
    })
    process.once('disconnect', () => stop('parent gone'))
  })

/** A worker's own endpoint, where one is asked for. */
const openMetrics = async (config: Config, metrics: Metrics, log: Logger): Promise<AsyncDisposable | null> => {
  const { served, token } = config.metrics
  if (served === undefined || token === undefined) return null
  const server = await serveMetrics({ metrics, token, ...served })
  log.info({ url: server.url }, 'metrics served')
  return server
}

const runWorker = async (config: Config, databaseUrl: string, log: Logger): Promise<void> => {
  const metrics = createMetrics()
  // Told to the parent as well, whose figures outlive this process.
  const relayed = relay((batch) => process.send?.({ type: 'measured', batch } satisfies WorkerMessage))
  const meter = both(metrics, relayed)
  await using core = await openCore({ config, databaseUrl, log, called: meter.called })
  metrics.watchPool(core.database.pool)
  await using _served = await openMetrics(config, metrics, log)
  await using stack = new AsyncDisposableStack()
  stack.defer(relayed.flush)
  stack.use(await startWorkerProcess({ core, databaseUrl, metrics: meter, log }))
  const stopped = untilStopped(log)
  log.info({}, 'worker ready')
  await stopped
}

const runApi = async (config: Config, databaseUrl: string, reset: boolean, log: Logger): Promise<void> => {
  await migrate(databaseUrl)
  const metrics = createMetrics()
  await using core = await openCore({ config, databaseUrl, log, called: metrics.called })
  const admin = await firstAdminOf(core.database.db, config, reset)
  await using api = await startApi({ core, config, databaseUrl, metrics, log })
  await using _workers = superviseWorkers({
    count: config.role === 'all' ? config.workers : 0,
    module: fileURLToPath(import.meta.url),
    env: { ...process.env, DATABASE_URL: databaseUrl, ADMIN_EMAIL: undefined, ADMIN_PASSWORD: undefined },
    onMeasured: (measured) => replay(metrics, measured),
    log,
  })
  // Listened for before it is announced: whoever reads the announcement may stop us at once.
  const stopped = untilStopped(log)
  print([`  AWS Integration Dashboard is ready: ${api.url}`, ...linesOf(admin)])
  await stopped
}

/** @throws ConfigError naming the option that there is not */
const readOptions = (): { reset: boolean; help: boolean } => {
  const flag = { type: 'boolean', default: false } as const
  try {
    const { values } = parseArgs({ options: { 'reset-admin-password': flag, help: { ...flag, short: 'h' } } })
    return { reset: values['reset-admin-password'], help: values.help }
  } catch (error) {
    throw new ConfigError(`${(error as Error).message} There are two: --reset-admin-password and --help.`)
  }
}

const main = async (): Promise<void> => {
  const { reset, help } = readOptions()
  if (help) {
    process.stdout.write(helpText())
    return
  }
  const config = readConfig(process.env)
  const log = createLog({ level: config.logLevel, process: config.role === 'worker' ? 'worker' : 'api' })
  if (config.role === 'worker') {
    if (config.database.kind !== 'external')
      throw new ConfigError('ROLE=worker needs DATABASE_URL: the embedded database belongs to ROLE=all.')
    return runWorker(config, config.database.url.reveal(), log)
  }
  const postgres = await openPostgres(config, log)
  try {
    await runApi(config, postgres.url, reset, log)
  } finally {
    await postgres.stop()
  }
}

/** Errors that are addressed to whoever starts the process: their message says all. */
const addressed = [ConfigError, KeyMissing, EmbeddedPostgresError]

/** What went wrong, in words for whoever started it. It goes to the terminal past the log, so it is scanned here. */
const explain = (error: unknown): string => {
  if (addressed.some((kind) => error instanceof kind)) return redactText((error as Error).message)
  const { code, message } = (error ?? {}) as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return `${message}\nAnother process listens there: stop it, or set PORT to a free port.`
  return errorText(error)
}

const fail = (error: unknown): void => {
  process.stderr.write(`${phase}\n${explain(error)}\n`)
  process.exitCode = 1
  // What a failed start has opened may hold the process; its end must not wait for idle connections.
  setTimeout(() => process.exit(), 1_000).unref()
}

// Node would print everything that hangs on the error, a failed statement's parameters among it.
process.on('uncaughtException', (error) => {
  phase = 'It failed.'
  fail(error)
  process.exit()
})

main()
  .catch(fail)
  // An open channel to the parent would keep a finished worker alive.
  .finally(() => process.connected && process.disconnect())
