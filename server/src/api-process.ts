import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { createAccountChecks } from './accounts/account-checks.ts'
import { createAccounts } from './accounts/accounts.ts'
import { createOwnIdentity } from './accounts/own-identity.ts'
import { createPausing } from './accounts/pause.ts'
import { createAccessTokens } from './auth/access-tokens.ts'
import { createAuth } from './auth/auth.ts'
import { createSignInLimits } from './auth/sign-in-limits.ts'
import { openSigningKeys } from './auth/signing-keys.ts'
import type { Config } from './config/config.ts'
import type { Core } from './core.ts'
import { createCredentials } from './credentials/credentials.ts'
import { addNewScopes } from './discovery/ledger.ts'
import { createScopes } from './discovery/scopes.ts'
import { subscribe } from './events/bus.ts'
import { createLive } from './events/live.ts'
import { createApp } from './http/app.ts'
import { createJobs } from './jobs/jobs.ts'
import type { Logger } from './log/log.ts'
import { readFigures } from './metrics/figures.ts'
import type { Metrics } from './metrics/metrics.ts'
import { readOverview } from './overview/overview.ts'
import { createOrganizations } from './organizations/organizations.ts'
import { createResources } from './resources/resources.ts'
import { createViews } from './views/views.ts'

export interface ApiProcess extends AsyncDisposable {
  /** Where it listens. */
  url: string
}

const webDirectory = fileURLToPath(new URL('../../web/dist', import.meta.url))

const listen = (server: Server, port: number, host: string): Promise<AddressInfo> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve(server.address() as AddressInfo)
    })
  })

/** Serves the API and the web app. Discovery runs elsewhere. */
export const startApi = async (options: {
  core: Core
  config: Config
  databaseUrl: string
  metrics: Metrics
  log: Logger
}): Promise<ApiProcess> => {
  const { core, config, databaseUrl, metrics, log } = options
  const { db } = core.database
  const { send } = core.pool
  // A newer version has learnt types that existing accounts are to be scanned for.
  await db.transaction(addNewScopes)
  const jobs = createJobs({ db })
  const live = createLive({ getJob: jobs.get, log })
  metrics.watchPool(core.database.pool)
  metrics.watchListeners(() => live.listeners)
  const tokens = createAccessTokens({ db, keys: openSigningKeys(db, core.vault), issuer: core.tenant })
  const forget = (accountRowId: string): void => {
    core.broker.forget(accountRowId)
    core.pool.forget(accountRowId)
  }
  const ready = async (): Promise<void> => {
    await db.execute(sql`select 1`)
    await core.vault.check()
  }
  const ownIdentity = createOwnIdentity({ send, own: core.broker.own })
  const resources = createResources({ db, pool: core.database.pool })
  const app = createApp({
    capabilities: {
      auth: createAuth({ db, tokens, limits: createSignInLimits() }),
      accounts: createAccounts({ db, vault: core.vault }),
      accountChecks: createAccountChecks({
        db,
        send,
        broker: core.broker,
        forget,
        ownIdentity,
        validated: metrics.validated,
      }),
      pausing: createPausing({ db }),
      organizations: createOrganizations({ db, send, gates: core.gates, broker: core.broker, log, ownIdentity }),
      credentials: createCredentials({ db, vault: core.vault, send }),
      resources,
      views: createViews({ db }),
      scopes: createScopes({ db }),
      jobs,
      live,
      overview: () => readOverview({ db, ownIdentity }),
      ready,
    },
    tokens,
    metrics,
    readFigures: () => readFigures(db),
    metricsToken: config.metrics.token,
    trustProxy: config.http.trustProxy,
    webDirectory,
    log,
  })
  await using opened = new AsyncDisposableStack()
  const subscription = await subscribe(databaseUrl, {
    signal: (signal) => {
      if (signal.type === 'account') forget(signal.id)
      if (signal.type === 'account' || signal.type === 'resources') resources.changed()
      live.receive(signal)
    },
    gap: () => {
      core.broker.forgetAll()
      core.pool.forgetAll()
      resources.changed()
      live.gap()
    },
    log,
  })
  opened.defer(subscription.close)
  const server = createServer({ headersTimeout: 15_000, requestTimeout: 30_000, maxHeaderSize: 16_384 }, app)
  const address = await listen(server, config.http.port, config.http.host)
  opened.defer(() => closeServer(server))
  opened.defer(live.close)
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address
  // Kept open from here on; a start that failed before has closed what it had opened.
  const keep = opened.move()
  return { url: `http://${host}:${address.port}`, [Symbol.asyncDispose]: () => keep.disposeAsync() }
}

/** Lets answers under way end, for five seconds. */
const closeServer = async (server: Server): Promise<void> => {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const force = setTimeout(() => server.closeAllConnections(), 5_000)
  await closed
  clearTimeout(force)
}
