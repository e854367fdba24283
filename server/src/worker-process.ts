import { createOwnIdentity } from './accounts/own-identity.ts'
import { startRevalidator } from './accounts/validation/revalidator.ts'
import type { Core } from './core.ts'
import { startWorker } from './discovery/worker.ts'
import { subscribe } from './events/bus.ts'
import type { Logger } from './log/log.ts'
import type { Meter } from './metrics/meter.ts'
import { refreshDueOrganizations } from './organizations/refresh.ts'

/** Scans under way get this long to finish before they are aborted and given back. */
const graceMs = 10_000

/** How often it is looked whether an organization is due. */
const organizationsMs = 60_000

/** Calls `work` again and again, never two at once; answers how to stop, which waits for the one under way. */
const repeat = (everyMs: number, work: () => Promise<void>): (() => Promise<void>) => {
  let running = Promise.resolve()
  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    running = work().finally(() => {
      busy = false
    })
  }, everyMs)
  return async () => {
    clearInterval(timer)
    await running
  }
}

/** Discovers due scopes until disposed. */
export const startWorkerProcess = async (options: {
  core: Core
  databaseUrl: string
  metrics: Pick<Meter, 'scanned'> & Partial<Pick<Meter, 'validated'>>
  log: Logger
}): Promise<AsyncDisposable> => {
  const { core, databaseUrl, metrics, log } = options
  const worker = startWorker({
    db: core.database.db,
    send: core.pool.send,
    gates: core.gates,
    broker: core.broker,
    log,
    metrics,
  })
  const forget = (connectionId: string): void => {
    core.broker.forget(connectionId)
    core.pool.forget(connectionId)
  }
  const revalidator = startRevalidator({
    db: core.database.db,
    send: core.pool.send,
    gates: core.gates,
    broker: core.broker,
    forget,
    ownIdentity: createOwnIdentity({ send: core.pool.send, own: core.broker.own }),
    validated: metrics.validated,
    log,
  })
  const subscription = await subscribe(databaseUrl, {
    signal: (signal) => {
      if (signal.type === 'account') forget(signal.id)
      if (signal.type !== 'work') return
      worker.wake()
      revalidator.wake()
    },
    // A changed access among the signals that were lost would otherwise never be heard of.
    gap: () => {
      core.broker.forgetAll()
      core.pool.forgetAll()
      worker.wake()
      revalidator.wake()
    },
    log,
  })
  const { send } = core.pool
  const refreshing = { db: core.database.db, send, gates: core.gates, broker: core.broker, log }
  const stopOrganizations = repeat(organizationsMs, () =>
    refreshDueOrganizations(refreshing).catch((err: unknown) => log.warn({ err }, 'reading organizations failed')),
  )
  return {
    [Symbol.asyncDispose]: async () => {
      // At once: while a large organization is read to its end, no new scan may begin, and what is held is given back.
      await Promise.all([stopOrganizations(), revalidator.stop(), worker.drain(graceMs)])
      await subscription.close()
    },
  }
}
