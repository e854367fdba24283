import { setTimeout as delay } from 'node:timers/promises'

/**
 * Work that runs at most once in `everyMs`: whoever asks meanwhile waits for the next run, and all who wait share it. A
 * run that began before somebody asked does not count for them.
 */
export const spaced = (work: () => Promise<void>, everyMs: number): (() => Promise<void>) => {
  let begunAt = Number.NEGATIVE_INFINITY
  let next: Promise<void> | undefined
  const run = async (): Promise<void> => {
    const wait = begunAt + everyMs - performance.now()
    await (wait > 0 ? delay(wait) : undefined)
    begunAt = performance.now()
    next = undefined
    await work()
  }
  return () => {
    next ??= run()
    return next
  }
}
