import type { Job, LiveEvent } from '@dashboard/contract/jobs.ts'
import { AsyncQueue } from '../async-queue.ts'
import type { Logger } from '../log/log.ts'
import type { Signal } from './bus.ts'

export interface StoredEvent {
  id: string
  event: LiveEvent
}

export interface Live {
  /** Takes a signal from the bus and tells every listener. */
  receive(signal: Signal): void
  /** Signals were lost: every listener fetches again. */
  gap(): void
  /** Events after `lastEventId`; a `resync` first when those are no longer held. Ends with `signal`. */
  listen(lastEventId: string | undefined, signal: AbortSignal): AsyncIterable<StoredEvent>
  /** Ends every stream, before the process stops. */
  close(): void
  readonly listeners: number
}

/** Events held for those who come back after a broken connection. */
const held = 1_000
/** A listener that reads too slowly is told to fetch again rather than held in memory. */
const backlog = 1_000
/** A job's progress is told at most this often. */
const jobEveryMs = 250

/** Fans signals out to the browsers of this process. */
export const createLive = (options: { getJob: (id: string) => Promise<Job>; log: Logger }): Live => {
  const era = crypto.randomUUID()
  const recent: { number: number; event: LiveEvent }[] = []
  const queues = new Set<AsyncQueue<StoredEvent>>()
  const waitingJobs = new Map<string, NodeJS.Timeout>()
  let counter = 0

  const tell = (event: LiveEvent): void => {
    counter += 1
    recent.push({ number: counter, event })
    if (recent.length > held) recent.shift()
    const stored = { id: `${era}.${counter}`, event }
    for (const queue of queues) {
      if (queue.size < backlog) queue.push(stored)
      else {
        queue.push({ id: stored.id, event: { type: 'resync' } })
        queue.end()
      }
    }
  }

  const tellJob = (id: string): void => {
    if (waitingJobs.has(id)) return
    const timer = setTimeout(() => {
      waitingJobs.delete(id)
      options.getJob(id).then(
        (job) => tell({ type: 'job', job }),
        (err: unknown) => options.log.warn({ err, jobId: id }, 'job could not be read for its listeners'),
      )
    }, jobEveryMs)
    waitingJobs.set(id, timer)
  }

  const missedSince = (lastEventId: string | undefined): StoredEvent[] => {
    if (lastEventId === undefined) return []
    const [itsEra, number] = lastEventId.split('.')
    const last = Number(number)
    const oldest = recent[0]?.number ?? counter + 1
    if (itsEra !== era || !Number.isSafeInteger(last) || last + 1 < oldest)
      return [{ id: `${era}.${counter}`, event: { type: 'resync' } }]
    return recent
      .filter((item) => item.number > last)
      .map((item) => ({ id: `${era}.${item.number}`, event: item.event }))
  }

  return {
    receive: (signal) => {
      if (signal.type === 'job') tellJob(signal.id)
      else if (signal.type === 'account' || signal.type === 'resources') tell(signal)
    },
    gap: () => tell({ type: 'resync' }),
    listen: (lastEventId, signal) => {
      const queue = new AsyncQueue<StoredEvent>()
      for (const event of missedSince(lastEventId)) queue.push(event)
      queues.add(queue)
      const stop = () => {
        queues.delete(queue)
        queue.end()
      }
      if (signal.aborted) stop()
      signal.addEventListener('abort', stop, { once: true })
      return queue
    },
    close: () => {
      for (const timer of waitingJobs.values()) clearTimeout(timer)
      for (const queue of queues) queue.end()
    },
    get listeners() {
      return queues.size
    },
  }
}
