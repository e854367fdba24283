import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { startEmbeddedPostgres } from '@dashboard/server/db/embedded-postgres.ts'
import { EmbeddedPostgresError } from '@dashboard/server/db/embedded-postgres/embedded-postgres-error.ts'
import { createLog } from '@dashboard/server/log/log.ts'
import { startGateway } from '../aws-gateway/gateway.ts'
import { demoFaults } from '../demo-organisation/demo-faults.ts'
import { type DemoSecrets, openDemoDataDir, readDemoSecrets } from '../demo-organisation/demo-secrets.ts'
import { awsEnvironment } from './aws-environment.ts'
import { startFirstStart, startServer, stopChild } from './child-process.ts'
import { knownInstallation } from './known-installation.ts'
import { gatewayDirectory, say } from './places.ts'
import { rememberedPort, rememberPort } from './stable-port.ts'

/** Apart from `npm start`'s own data: emulated accounts never mix with real ones. */
const dataDir = resolve(process.env['DATA_DIR'] || 'data/demo')
const gatewayDir = gatewayDirectory(dataDir)
const portFile = join(gatewayDir, 'port')

/** The first start did not come to its end; what it has left is taken away by the next one. */
class FirstStartFailed extends Error {
  override readonly name = 'FirstStartFailed'
}

const openPostgres = async () => {
  const given = process.env['DATABASE_URL']
  if (given) return { url: given, stop: () => Promise.resolve() }
  return startEmbeddedPostgres({ dataDir, log: () => undefined })
}

/** Keys of a past that is complete, and of this database. */
const knownSecrets = async (databaseUrl: string): Promise<DemoSecrets | undefined> => {
  const known = await readDemoSecrets(gatewayDir)
  if (known?.installation === undefined) return known
  return known.installation === (await knownInstallation(databaseUrl)) ? known : undefined
}

/** Undefined when somebody stopped it. @throws FirstStartFailed */
const makePast = async (
  environment: Record<string, string | undefined>,
  stopped: Promise<'stopped'>,
): Promise<DemoSecrets | undefined> => {
  say('The first start lives through three months of the demo organisation: six accounts, four regions.')
  const child = startFirstStart(environment)
  const ended = await Promise.race([once(child, 'exit'), stopped])
  await stopChild(child)
  // Ctrl-C reaches the child as well, and its end may be heard of first.
  if (ended === 'stopped' || child.signalCode === 'SIGINT' || child.signalCode === 'SIGTERM') return undefined
  if (child.exitCode !== 0) throw new FirstStartFailed('Its past could not be made; the next start begins anew.')
  return readDemoSecrets(gatewayDir)
}

/** A group that is signalled and a launcher that passes it on make two of one; the second must not cut the first short. */
const untilSignalled = (): Promise<'stopped'> =>
  new Promise((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop('stopped'))
  })

const run = async (): Promise<number> => {
  const log = createLog({ level: 'warn', process: 'demo' })
  const stopped = untilSignalled()
  await using opened = new AsyncDisposableStack()
  const postgres = await openPostgres()
  opened.defer(() => postgres.stop())
  const known = await knownSecrets(postgres.url)
  const operatorKeys = await openDemoDataDir(gatewayDir, { keep: known !== undefined })
  const gateway = await startGateway({
    port: await rememberedPort(portFile),
    dataDir: gatewayDir,
    python: process.env['GATEWAY_PYTHON'] ?? '.venv/bin/python',
    operatorKeys,
    faults: demoFaults,
    waitForReadyMs: 120_000,
    log,
  })
  opened.defer(() => gateway.close())
  await rememberPort(portFile, gateway.endpoint)
  const environment = {
    ...awsEnvironment(known?.productIdentity, dataDir),
    AWS_ENDPOINT_URL: gateway.endpoint,
    DATA_DIR: dataDir,
    DATABASE_URL: postgres.url,
    LOG_LEVEL: process.env['LOG_LEVEL'] || 'warn',
  }
  const secrets = known ?? (await makePast(environment, stopped))
  if (secrets === undefined) {
    say('Stopped in its past: the next start begins anew.')
    return 0
  }
  const server = startServer({ ...environment, ...awsEnvironment(secrets.productIdentity, dataDir) })
  await Promise.race([once(server, 'exit'), stopped])
  await stopChild(server)
  return server.exitCode ?? 0
}

const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  // Addressed to whoever starts it: the message says all.
  const addressed = error instanceof EmbeddedPostgresError || error instanceof FirstStartFailed
  return addressed ? error.message : (error.stack ?? error.message)
}

run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`The demo could not start.\n${explain(error)}\n`)
    process.exit(1)
  },
)
