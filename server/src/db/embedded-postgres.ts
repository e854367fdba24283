import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openArea } from './embedded-postgres/area.ts'
import { findBinaries, usableBinaries } from './embedded-postgres/binaries.ts'
import { databaseName, openCluster, superuser } from './embedded-postgres/cluster.ts'
import { takeOwnership } from './embedded-postgres/ownership.ts'
import { openServer, stopServer, type Installation, type RunningServer } from './embedded-postgres/postmaster.ts'
import { openSettings, saveSettings } from './embedded-postgres/settings.ts'

type Log = (message: string, fields?: Record<string, unknown>) => void

export interface EmbeddedPostgres {
  /** Of the database `dashboard`, by TCP on 127.0.0.1; stays the same while the process lives. */
  url: string
  /** The server of a killed process was found running and taken over. */
  adopted: boolean
  /** Fast shutdown; answers when the server is gone. */
  stop(): Promise<void>
}

const install = async (dataDir: string, password: string, log: Log): Promise<Installation> => {
  const packaged = await findBinaries()
  const area = await openArea({ dataDir, beforeLeftover: (folder) => stopServer(`${folder}/cluster`), log })
  const binaries = await usableBinaries(packaged, area.user, area.binariesHome)
  const cluster = await openCluster(area, binaries, password)
  return { area, binaries, cluster, password, log }
}

const open = async (installation: Installation, dataDir: string, port: number | undefined, portFixed = false) => {
  const server = await openServer(installation, port, portFixed)
  try {
    await takeOwnership(server.client, dataDir)
  } catch (error) {
    await server.client.end()
    throw error
  }
  return server
}

const createDatabase = async ({ client }: RunningServer): Promise<void> => {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [databaseName])
  if (rowCount === 0) await client.query(`create database ${databaseName}`)
}

/** The owner's session must not keep the process alive. (pg has the method, its types do not.) */
const unref = (client: object & { unref?: () => void }): void => client.unref?.()

/** Starts the server again whenever it dies under us, until `stop`. The owner's own session tells of its death. */
const supervise = (first: RunningServer, reopen: () => Promise<RunningServer>, log: Log): { end(): Promise<void> } => {
  let ending = false
  let recovery = Promise.resolve()
  const recover = async (): Promise<void> => {
    while (!ending) {
      log('PostgreSQL ended; starting it again')
      try {
        watch(await reopen())
        return
      } catch (error) {
        log('PostgreSQL could not be started again', { error: error instanceof Error ? error.message : String(error) })
        await sleep(1000, undefined, { ref: false })
      }
    }
  }
  const watch = ({ client }: RunningServer): void => {
    client.once('end', () => {
      if (!ending) recovery = recover()
    })
    unref(client)
  }
  watch(first)
  return {
    end: () => {
      ending = true
      return recovery
    },
  }
}

/**
 * A real PostgreSQL in `DATA_DIR`, from the binaries of `@embedded-postgres/<platform>`: made at first use, adopted when
 * the process that started it was killed, started again when it dies.
 *
 * @throws EmbeddedPostgresError with a `code` and what to do, e.g. `DATA_DIR_IN_USE` naming the other process.
 */
export async function startEmbeddedPostgres(options: { dataDir: string; log: Log }): Promise<EmbeddedPostgres> {
  const { log } = options
  const dataDir = resolve(options.dataDir)
  await mkdir(dataDir, { recursive: true, mode: 0o711 })
  const settings = await openSettings(dataDir)
  const installation = await install(dataDir, settings.password, log)
  const server = await open(installation, dataDir, settings.port)
  const { port, adopted } = server
  await createDatabase(server)
  if (port !== settings.port) await saveSettings(dataDir, { ...settings, port })
  const supervision = supervise(server, () => open(installation, dataDir, port, true), log)
  log(adopted ? 'Adopted a running PostgreSQL' : 'Started PostgreSQL', { port, folder: installation.area.folder })
  return {
    url: `postgresql://${superuser}:${settings.password}@127.0.0.1:${port}/${databaseName}`,
    adopted,
    stop: async () => {
      await supervision.end()
      await stopServer(installation.cluster)
    },
  }
}
