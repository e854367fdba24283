import { fileURLToPath } from 'node:url'
import { startApi } from './api-process.ts'
import { ensureFirstAdmin } from './auth/first-admin.ts'
import { ConfigError, readConfig, type Config } from './config/config.ts'
import { openCore } from './core.ts'
import { startEmbeddedPostgres } from './db/embedded-postgres.ts'
import { migrate } from './db/migrate.ts'
import { EmbeddedPostgresError } from './db/embedded-postgres/embedded-postgres-error.ts'
import { createLog, type Logger } from './log/log.ts'
import { redactText } from './log/redact.ts'
import { KeyMissing } from './vault/key-source.ts'
import { superviseWorkers, type WorkerMessage } from './supervisor.ts'
import { startWorkerProcess } from './worker-process.ts'

const openPostgres = async (config: Config, log: Logger): Promise<{ url: string; stop: () => Promise<void> }> => {
  if (config.database.kind === 'external') return { url: config.database.url.reveal(), stop: () => Promise.resolve() }
  return startEmbeddedPostgres({ dataDir: config.dataDir, log: (message, fields) => log.info(fields ?? {}, message) })
}

const announce = (url: string, admin: Awaited<ReturnType<typeof ensureFirstAdmin>>): void => {
  const lines = ['', `  AWS Integration Dashboard is ready: ${url}`, `  Sign in as ${admin.email}`]
  if (admin.oneTimePassword !== undefined) {
    lines.push(
      `  One-time password: ${admin.oneTimePassword.reveal()}`,
      '  You choose your own at the first sign-in; until then each start prints a new one.',
    )
  }
  process.stdout.write(`${lines.join('\n')}\n\n`)
}

/**
 * Resolves at the first SIGTERM or SIGINT, or when the parent process is gone. In a terminal Ctrl-C reaches every
 * process at once: a supervised worker leaves it to its parent, and a second one ends the parent without waiting.
 */
const untilStopped = (log: Logger): Promise<void> =>
  new Promise((resolve) => {
    const supervised = process.send !== undefined
    let asked = false
    const stop = (reason: string): void => {
      if (asked && !supervised) process.exit(1)
      if (!asked) log.info({ reason }, 'stopping')
      asked = true
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

const runWorker = async (config: Config, databaseUrl: string, log: Logger): Promise<void> => {
  await using core = await openCore({ config, databaseUrl, log })
  const scanned = (facts: WorkerMessage['facts']): void => {
    process.send?.({ type: 'scanned', facts } satisfies WorkerMessage)
  }
  await using _worker = await startWorkerProcess({ core, databaseUrl, metrics: { scanned }, log })
  log.info({}, 'worker ready')
  await untilStopped(log)
}

const runApi = async (config: Config, databaseUrl: string, log: Logger): Promise<void> => {
  await migrate(databaseUrl)
  await using core = await openCore({ config, databaseUrl, log })
  const admin = await ensureFirstAdmin(core.database.db, config.firstAdmin)
  await using api = await startApi({ core, config, databaseUrl, log })
  await using _workers = superviseWorkers({
    count: config.role === 'all' ? config.workers : 0,
    module: fileURLToPath(import.meta.url),
    env: { ...process.env, DATABASE_URL: databaseUrl, ADMIN_EMAIL: undefined, ADMIN_PASSWORD: undefined },
    onScan: api.metrics.scanned,
    log,
  })
  announce(api.url, admin)
  await untilStopped(log)
}

const main = async (): Promise<void> => {
  const config = readConfig(process.env)
  const log = createLog({ level: config.logLevel, process: config.role === 'worker' ? 'worker' : 'api' })
  if (config.role === 'worker') {
    if (config.database.kind !== 'external')
      throw new ConfigError('ROLE=worker needs DATABASE_URL: the embedded database belongs to ROLE=all.')
    return runWorker(config, config.database.url.reveal(), log)
  }
  const postgres = await openPostgres(config, log)
  try {
    await runApi(config, postgres.url, log)
  } finally {
    await postgres.stop()
  }
}

/** Errors that are addressed to whoever starts the process: their message says all. */
const addressed = [ConfigError, KeyMissing, EmbeddedPostgresError]

/** What stops a start, in words for whoever started it. It goes to the terminal past the log, so it is scanned here. */
const explain = (error: unknown): string => {
  if (addressed.some((kind) => error instanceof kind)) return (error as Error).message
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') {
    return `${message}\nAnother process listens there: stop it, or set PORT to a free port.`
  }
  if (!(error instanceof Error)) return redactText(String(error))
  const cause = error.cause instanceof Error ? `\n${error.cause.message}` : ''
  return redactText(`${error.stack ?? error.message}${cause}`)
}

main()
  .catch((error: unknown) => {
    process.stderr.write(`The start failed.\n${explain(error)}\n`)
    process.exitCode = 1
  })
  // An open channel to the parent would keep a finished worker alive.
  .finally(() => process.connected && process.disconnect())
