import { fork, type ChildProcess } from 'node:child_process'
import type { Logger } from './log/log.ts'
import type { Measured } from './metrics/meter.ts'

/** What a worker process tells its parent. */
export interface WorkerMessage {
  type: 'measured'
  batch: Measured[]
}

const firstDelay = 500
const longestDelay = 30_000
/** Longer than a worker's own grace: what it holds is leased and comes back by itself. */
const longestStop = 20_000

/**
 * Keeps worker processes running: one that ends is started again, later each time it dies young. Workers end when this
 * process does, even when it is killed, because their channel to it closes.
 */
export const superviseWorkers = (options: {
  count: number
  module: string
  env: Record<string, string | undefined>
  onMeasured: (measured: Measured) => void
  log: Logger
}): AsyncDisposable => {
  const { count, module, env, onMeasured, log } = options
  const children = new Set<ChildProcess>()
  let stopping = false

  const start = (delay: number): void => {
    if (stopping) return
    const startedAt = Date.now()
    const child = fork(module, [], { env: { ...env, ROLE: 'worker' }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    children.add(child)
    child.on('message', ({ batch }: WorkerMessage) => batch.forEach(onMeasured))
    child.on('error', (err) => log.error({ err }, 'worker process could not be started'))
    child.once('exit', (code, signal) => {
      children.delete(child)
      if (stopping) return
      const next = Date.now() - startedAt > 60_000 ? firstDelay : Math.min(longestDelay, delay * 2)
      log.warn({ code, signal, restartInMs: next }, 'worker process ended; starting another')
      setTimeout(() => start(next), next).unref()
    })
  }

  for (let started = 0; started < count; started += 1) start(firstDelay)
  return {
    [Symbol.asyncDispose]: async () => {
      stopping = true
      const exits = [...children].map(
        (child) => new Promise<void>((resolve) => void child.once('exit', () => resolve())),
      )
      for (const child of children) child.kill('SIGTERM')
      const force = setTimeout(() => children.forEach((child) => child.kill('SIGKILL')), longestStop)
      await Promise.all(exits)
      clearTimeout(force)
    },
  }
}
