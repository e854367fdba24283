import type { LiveEvent } from '@dashboard/contract/jobs.ts'
import { getEventMeta } from '@orpc/client'
import { client } from './api.ts'
import { createStore } from './store.ts'

export type LiveState = { phase: 'live' } | { phase: 'catching-up' } | { phase: 'stale'; since: string }

type Message =
  | { type: 'event'; event: LiveEvent; id: string | undefined }
  | { type: 'state'; state: LiveState }
  | { type: 'hello' }
type Listener = (event: LiveEvent) => void

/** Also after a stream that ended in order, so that a server which closes at once is not asked in a tight loop. */
const leastWaitMs = 250
const longestWaitMs = 15_000
/** A gap shorter than this is not worth a word: the stream closes at each token's expiry and comes back at once. */
const staleAfterMs = 3_000

export const liveState = createStore<LiveState>({ phase: 'catching-up' })

const listeners = new Set<Listener>()
let lastEventId: string | undefined

export const onLiveEvent = (listener: Listener): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const deliver = (event: LiveEvent, id: string | undefined) => {
  lastEventId = id ?? lastEventId
  for (const listener of listeners) listener(event)
}

const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })

const read = async (tabs: BroadcastChannel, signal: AbortSignal, opened: () => void) => {
  const events = await client.jobs.events(undefined, { signal, ...(lastEventId === undefined ? {} : { lastEventId }) })
  opened()
  for await (const received of events) {
    const id = getEventMeta(received)?.id
    // What arrives is a proxy that carries its id; only a plain object can be sent to other tabs.
    const event: LiveEvent = { ...received }
    deliver(event, id)
    tabs.postMessage({ type: 'event', event, id } satisfies Message)
  }
}

/** Holds the browser's one stream open: HTTP/1.1 allows six connections a host, so a stream per tab would starve them. */
const lead = async (tabs: BroadcastChannel, signal: AbortSignal) => {
  let wait = leastWaitMs
  let staleTimer: ReturnType<typeof setTimeout> | undefined
  const say = (state: LiveState) => {
    liveState.set(state)
    tabs.postMessage({ type: 'state', state } satisfies Message)
  }
  const opened = () => {
    clearTimeout(staleTimer)
    staleTimer = undefined
    wait = leastWaitMs
    say({ phase: 'live' })
  }
  const broke = () => {
    if (staleTimer !== undefined) return
    const since = new Date().toISOString()
    say({ phase: 'catching-up' })
    staleTimer = setTimeout(() => say({ phase: 'stale', since }), staleAfterMs)
  }
  tabs.addEventListener('message', ({ data }: MessageEvent<Message>) => data.type === 'hello' && say(liveState.get()), {
    signal,
  })
  // A server that never answers breaks nothing, so the time runs from the start.
  broke()
  while (!signal.aborted) {
    await read(tabs, signal, opened).catch(() => undefined)
    if (signal.aborted) break
    broke()
    await sleep(wait, signal)
    wait = Math.min(wait * 2, longestWaitMs)
  }
  clearTimeout(staleTimer)
}

const follow = (tabs: BroadcastChannel, signal: AbortSignal) => {
  tabs.addEventListener(
    'message',
    ({ data }: MessageEvent<Message>) => {
      if (data.type === 'event') deliver(data.event, data.id)
      if (data.type === 'state') liveState.set(data.state)
    },
    { signal },
  )
  tabs.postMessage({ type: 'hello' } satisfies Message)
}

/** Follows live events until `signal` aborts; the first tab to hold the lock reads the stream for all of them. */
export const followLive = (signal: AbortSignal) => {
  const tabs = new BroadcastChannel('dashboard-live')
  signal.addEventListener('abort', () => tabs.close(), { once: true })
  follow(tabs, signal)
  if (!('locks' in navigator)) return void lead(tabs, signal)
  navigator.locks.request('dashboard-live', { signal }, () => lead(tabs, signal)).catch(() => undefined)
}
