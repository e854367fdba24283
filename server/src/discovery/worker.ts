import { hostname } from 'node:os'
import { findResourceType } from '@dashboard/catalog/catalog.ts'
import { connectionOf, getAccountRow } from '../accounts/accounts.ts'
import type { Broker } from '../aws/broker.ts'
import type { Send } from '../aws/client-pool.ts'
import type { ReadGates } from '../aws/read-gates.ts'
import { homeRegionOf } from '../aws/partition.ts'
import { readsOf } from '../aws/reads.ts'
import type { Database } from '../db/database.ts'
import { AppError } from '../errors.ts'
import type { Logger } from '../log/log.ts'
import { closeWithoutScan, LeaseLost } from './closing.ts'
import { bindAllEdges, bindEdges } from './edges.ts'
import { claimScopes, extendLeases, releaseLeases, type Claim } from './queue.ts'
import { scanScope } from './scan.ts'
import { sweep } from './sweep.ts'
import { storeScan } from './store.ts'

export interface Worker {
  /** There may be work: look now rather than at the next poll. */
  wake(): void
  /** Stops claiming, lets scans under way finish for `graceMs`, then aborts and gives them back. */
  drain(graceMs: number): Promise<void>
}

/** Scopes at once: each has at most eight calls in flight, and 64 sockets saturate one core. */
const slots = 8
const pollMs = 5_000
const heartbeatMs = 15_000
const sweepMs = 60 * 60_000

export interface WorkerMetrics {
  scanned(outcome: { status: string; seconds: number; calls: number; throttles: number }): void
}

interface Options {
  db: Database
  send: Send
  gates: ReadGates
  broker: Broker
  log: Logger
  metrics: WorkerMetrics
}

const scanOne = async (
  { db, send, gates, broker, log, metrics }: Options,
  claim: Claim,
  signal: AbortSignal,
): Promise<void> => {
  const type = findResourceType(claim.resourceType)
  if (type === undefined) {
    // A newer version wrote it and an older one reads it.
    return closeWithoutScan(db, claim, { status: 'NOT_SUPPORTED', reason: 'This version does not discover this type.' })
  }
  const account = await getAccountRow(db, claim.connectionId)
  const connection = await connectionOf(db, account)
  const place = {
    partition: account.partition,
    accountId: account.accountId,
    region: claim.region,
    homeRegion: homeRegionOf(account.partition),
  }
  const count = { calls: 0, throttles: 0 }
  const started = performance.now()
  const scan = await scanScope(type, place, readsOf({ send, gates, broker, connection, count, signal }), count, signal)
  const { touched, created, changed, deleted } = await storeScan(db, claim, type, place, { ...scan, ...count })
  await bindEdges(db, touched)
  metrics.scanned({ status: scan.status, seconds: (performance.now() - started) / 1000, ...count })
  const { accountId, region } = place
  const level = scan.status === 'SUCCEEDED' ? 'debug' : 'info'
  log[level](
    {
      accountId,
      region,
      resourceType: type.resourceType,
      status: scan.status,
      reason: scan.reason,
      seen: scan.found.length,
      created,
      changed,
      deleted,
      ...count,
    },
    'scope scanned',
  )
}

/** Scans due scopes until drained. Several workers, on several machines, share one ledger. */
export const startWorker = (options: Options): Worker => {
  const { db, log } = options
  const owner = `${hostname()}/${process.pid}/${crypto.randomUUID()}`
  const abort = new AbortController()
  const running = new Map<number, Promise<void>>()
  let draining = false
  let wakeUp: (() => void) | undefined
  let woken = false

  const scanClaim = async (claim: Claim): Promise<void> => {
    try {
      await scanOne(options, claim, abort.signal)
    } catch (err) {
      if (abort.signal.aborted) return
      if (err instanceof LeaseLost || (err instanceof AppError && err.code === 'NOT_FOUND')) {
        log.info({ scopeId: claim.scopeId }, 'scan dropped: the scope went to another worker or away')
        return
      }
      // The cause is ours, not AWS's: the scope says so, and who waits for it is answered.
      await closeWithoutScan(db, claim, {
        status: 'FAILED',
        reason: 'The answer could not be stored; the log of this installation says why.',
      }).catch((closing: unknown) => log.warn({ err: closing, scopeId: claim.scopeId }, 'scope stays leased'))
      log.error({ err, scopeId: claim.scopeId, resourceType: claim.resourceType, region: claim.region }, 'scan failed')
    }
  }

  const fill = async (): Promise<boolean> => {
    const claims = await claimScopes(db, owner, slots - running.size)
    for (const claim of claims) {
      const scan = scanClaim(claim).finally(() => {
        // Stored and due again, the scope may be under way anew before this one has bound its edges.
        if (running.get(claim.scopeId) === scan) running.delete(claim.scopeId)
        wake()
      })
      running.set(claim.scopeId, scan)
    }
    return claims.length > 0
  }

  const wake = (): void => {
    woken = true
    wakeUp?.()
  }

  const rest = async (): Promise<void> => {
    if (woken) return
    await new Promise<void>((resolve) => {
      wakeUp = resolve
      setTimeout(resolve, pollMs).unref()
    })
  }

  const loop = async (): Promise<void> => {
    let busy = true
    while (!draining) {
      woken = false
      try {
        if (running.size < slots) {
          const claimed = await fill()
          if (claimed) busy = true
          else if (running.size === 0 && busy) {
            await bindAllEdges(db)
            busy = false
          }
        }
      } catch (err) {
        log.warn({ err }, 'looking for work failed; trying again')
      }
      await rest()
    }
  }

  const tidy = () => void sweep(db).catch((err: unknown) => log.warn({ err }, 'sweeping failed'))
  const sweeping = setInterval(tidy, sweepMs)
  const heartbeat = setInterval(() => {
    extendLeases(db, owner, [...running.keys()]).catch((err: unknown) => log.warn({ err }, 'extending leases failed'))
  }, heartbeatMs)
  const looping = loop()

  return {
    wake,
    drain: async (graceMs) => {
      draining = true
      wake()
      await looping
      const finished = Promise.allSettled(running.values())
      const grace = new Promise((resolve) => setTimeout(resolve, graceMs).unref())
      await Promise.race([finished, grace])
      abort.abort(new Error('draining'))
      await finished
      clearInterval(heartbeat)
      clearInterval(sweeping)
      await releaseLeases(db, owner)
    },
  }
}
