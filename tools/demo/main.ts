import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { readConfig } from '@dashboard/server/config/config.ts'
import { openCore } from '@dashboard/server/core.ts'
import { startEmbeddedPostgres } from '@dashboard/server/db/embedded-postgres.ts'
import { EmbeddedPostgresError } from '@dashboard/server/db/embedded-postgres/embedded-postgres-error.ts'
import { migrate } from '@dashboard/server/db/migrate.ts'
import { createLog } from '@dashboard/server/log/log.ts'
import { startGateway } from '../aws-gateway/gateway.ts'
import { buildDemoOrganisation } from '../demo-organisation/build-demo-organisation.ts'
import { demoFaults } from '../demo-organisation/demo-faults.ts'
import { openDemoDataDir, readDemoSecrets } from '../demo-organisation/demo-secrets.ts'
import { applyEnvironment, awsEnvironment } from './aws-environment.ts'
import { connectDemoAccounts } from './connect-accounts.ts'
import { startServer, stopServer } from './server-process.ts'
import { rememberedPort, rememberPort } from './stable-port.ts'

/** Apart from `npm start`'s own data: emulated accounts never mix with real ones. */
const dataDir = resolve(process.env['DATA_DIR'] || 'data/demo')
const gatewayDir = join(dataDir, 'gateway')
const portFile = join(gatewayDir, 'port')
const say = (message: string): void => void process.stdout.write(`  ${message}\n`)

const openPostgres = async () => {
  const given = process.env['DATABASE_URL']
  if (given) return { url: given, stop: () => Promise.resolve() }
  return startEmbeddedPostgres({ dataDir, log: () => undefined })
}

const run = async (): Promise<void> => {
  const log = createLog({ level: 'warn', process: 'demo' })
  const operatorKeys = await openDemoDataDir(gatewayDir)
  const gateway = await startGateway({
    port: await rememberedPort(portFile),
    dataDir: gatewayDir,
    python: process.env['GATEWAY_PYTHON'] ?? '.venv/bin/python',
    operatorKeys,
    faults: demoFaults,
    waitForReadyMs: 120_000,
    log,
  })
  await rememberPort(portFile, gateway.endpoint)
  const { endpoint } = gateway
  const postgres = await openPostgres()
  const known = await readDemoSecrets(gatewayDir)
  if (known === undefined) {
    say('Building the demo organisation: six accounts, four regions …')
    await gateway.ready
  }
  const secrets =
    known ?? (await buildDemoOrganisation({ endpoint, operatorKeys, dataDir: gatewayDir, log, now: new Date() }))
  const environment = {
    ...awsEnvironment(secrets.productIdentity, dataDir),
    AWS_ENDPOINT_URL: endpoint,
    DATA_DIR: dataDir,
    DATABASE_URL: postgres.url,
    LOG_LEVEL: process.env['LOG_LEVEL'] || 'warn',
  }
  const server = startServer(environment)
  const exited = once(server, 'exit')
  const stopped = new Promise<void>((stop) => {
    // A group that is signalled and a launcher that passes it on make two of one; the second must not cut the first short.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop())
  })
  applyEnvironment(environment)
  const connecting = connect(postgres.url).catch((error: unknown) =>
    log.error({ err: error }, 'the demo accounts could not all be connected; start again to go on'),
  )
  await Promise.race([exited, stopped])
  await stopServer(server)
  await Promise.race([connecting, new Promise((wait) => setTimeout(wait, 5_000).unref())])
  await gateway.close()
  await postgres.stop()
  process.exit(server.exitCode ?? 0)

  async function connect(databaseUrl: string): Promise<void> {
    await gateway.ready
    await migrate(databaseUrl)
    await using core = await openCore({ config: readConfig(process.env), databaseUrl, log })
    await connectDemoAccounts({ core, endpoint, operatorKeys, secrets, log: say })
  }
}

const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  // Addressed to whoever starts it: the message says all.
  return error instanceof EmbeddedPostgresError ? error.message : (error.stack ?? error.message)
}

run().catch((error: unknown) => {
  process.stderr.write(`The demo could not start.\n${explain(error)}\n`)
  process.exit(1)
})
