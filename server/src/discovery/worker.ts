import { hostname } from 'node:os'
import { bindAllEdges } from './edges.ts'
import { claimScopes, extendLeases, releaseLeases } from './queue.ts'
import { scanClaim, type ScanOptions } from './scan-claim.ts'
import { sweep } from './sweep.ts'

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

/** Scans due scopes until drained. Several workers, on several machines, share one ledger. */
export const startWorker = (options: ScanOptions): Worker => {
  const { db, log } = options
  const owner = `${hostname()}/${process.pid}/${crypto.randomUUID()}`
  const abort = new AbortController()
  const running = new Map<number, Promise<void>>()
  let draining = false
  let wakeUp: (() => void) | undefined
  let woken = false

  const fill = async (): Promise<boolean> => {
    const claims = await claimScopes(db, owner, slots - running.size)
    for (const claim of claims) {
      const scan = scanClaim(options, claim, abort.signal).finally(() => {
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
