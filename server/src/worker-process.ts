import type { Core } from './core.ts'
import type { WorkerMetrics } from './discovery/scan-claim.ts'
import { startWorker } from './discovery/worker.ts'
import { subscribe } from './events/bus.ts'
import type { Logger } from './log/log.ts'

/** Scans under way get this long to finish before they are aborted and given back. */
const graceMs = 10_000

/** Discovers due scopes until disposed. */
export const startWorkerProcess = async (options: {
  core: Core
  databaseUrl: string
  metrics: WorkerMetrics
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
  const subscription = await subscribe(databaseUrl, {
    signal: (signal) => {
      if (signal.type === 'account') {
        core.broker.forget(signal.id)
        core.pool.forget(signal.id)
      }
      if (signal.type === 'work') worker.wake()
    },
    // A changed access among the signals that were lost would otherwise never be heard of.
    gap: () => {
      core.broker.forgetAll()
      core.pool.forgetAll()
      worker.wake()
    },
    log,
  })
  return {
    [Symbol.asyncDispose]: async () => {
      await subscription.close()
      await worker.drain(graceMs)
    },
  }
}
