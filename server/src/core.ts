import { join } from 'node:path'
import { createBroker, type Broker } from './aws/broker.ts'
import { isHeld } from './accounts/held.ts'
import { createClientPool, type ClientPool } from './aws/client-pool.ts'
import { observeCalls } from './aws/observe-calls.ts'
import { createRequestHandler } from './aws/network.ts'
import { createOwnCredentials } from './aws/own-credentials.ts'
import { createReadGates, type ReadGates } from './aws/read-gates.ts'
import type { Config } from './config/config.ts'
import { currentVersionOf } from './credentials/store.ts'
import { openDatabase, type DatabaseConnection } from './db/database.ts'
import { ensureInstallation } from './db/installation.ts'
import type { Logger } from './log/log.ts'
import type { Meter } from './metrics/meter.ts'
import { keyDirectory } from './vault/key-directory.ts'
import { openLocalVault } from './vault/local.ts'
import type { Vault } from './vault/vault.ts'

/** What every process of the product stands on. */
export interface Core extends AsyncDisposable {
  database: DatabaseConnection
  /** This installation's id. */
  tenant: string
  vault: Vault
  pool: ClientPool
  gates: ReadGates
  broker: Broker
}

/** Opens database, vault and AWS access. The schema must be up to date. */
export const openCore = async (options: {
  config: Config
  databaseUrl: string
  log: Logger
  /** Told of each AWS call. */
  called?: Meter['called']
}): Promise<Core> => {
  const { config, databaseUrl, log, called = () => undefined } = options
  const database = openDatabase(databaseUrl, {
    max: 20,
    onError: (err) => log.warn({ err }, 'idle database connection lost'),
  })
  const tenant = await ensureInstallation(database.db)
  const vault = await openLocalVault({ db: database.db, keys: keyDirectory(join(config.dataDir, 'keys.d')), tenant })
  const { endpoint, network } = config.aws
  const clients = createClientPool({ endpoint, ...(network === undefined ? {} : { network }) })
  const pool = { ...clients, send: observeCalls(clients.send, { called, log }) }
  const currentVersion = (credentialId: string) => currentVersionOf(database.db, credentialId)
  const broker = createBroker({
    vault,
    send: pool.send,
    currentVersion,
    isHeld: (connectionId) => isHeld(database.db, connectionId),
    own: createOwnCredentials(network === undefined ? undefined : { requestHandler: createRequestHandler(network) }),
    log,
  })
  return {
    database,
    tenant,
    vault,
    pool,
    gates: createReadGates({ share: config.aws.quotaShare }),
    broker,
    [Symbol.asyncDispose]: async () => {
      pool.close()
      await database.close()
    },
  }
}
