import type { Job, LiveEvent } from '@dashboard/contract/jobs.ts'
import type { QueryKey } from '@tanstack/react-query'
import { api } from '../lib/api.ts'
import { followLive, liveState, onLiveEvent } from '../lib/live.ts'
import { queryClient } from '../lib/query-client.ts'

/** At most this often are the same queries asked again, however many events arrive. The first of them does not wait. */
const coalesceMs = 1_000
/** What one transaction told comes in a burst. */
const burstMs = 30

const due = new Map<string, QueryKey>()
let timer: ReturnType<typeof setTimeout> | undefined
let flushedAt = Number.NEGATIVE_INFINITY

const flush = () => {
  timer = undefined
  flushedAt = performance.now()
  const keys = [...due.values()]
  due.clear()
  for (const queryKey of keys) void queryClient.invalidateQueries({ queryKey })
}

const refresh = (...keys: QueryKey[]) => {
  for (const key of keys) due.set(JSON.stringify(key), key)
  timer ??= setTimeout(flush, Math.max(burstMs, flushedAt + coalesceMs - performance.now()))
}

type JobPage = { items: Job[]; nextToken?: string }

const patchJob = (job: Job) => {
  queryClient.setQueryData(api.jobs.get.queryKey({ input: { id: job.id } }), job)
  const isListed = queryClient
    .getQueriesData<JobPage>({ queryKey: api.jobs.list.key() })
    .every(([, page]) => page?.items.some(({ id }) => id === job.id) ?? true)
  queryClient.setQueriesData<JobPage>({ queryKey: api.jobs.list.key() }, (page) =>
    page ? { ...page, items: page.items.map((item) => (item.id === job.id ? job : item)) } : page,
  )
  if (!isListed) refresh(api.jobs.list.key())
  refresh(api.jobs.scopes.key({ input: { id: job.id } }), api.scopes.key())
  if (job.status !== 'running' && job.status !== 'queued')
    refresh(api.overview.key(), api.accounts.key(), api.resources.key())
}

const apply = (event: LiveEvent) => {
  switch (event.type) {
    case 'job':
      return patchJob(event.job)
    case 'resources':
      return refresh(api.overview.key(), api.accounts.list.key())
    case 'account':
      return refresh(api.accounts.key(), api.organizations.key(), api.overview.key())
    case 'resync':
      return void queryClient.invalidateQueries()
  }
}

/** What failed while the server was away is asked again as soon as it is back. */
const mendFailures = () => {
  if (liveState.get().phase === 'live')
    void queryClient.refetchQueries({ type: 'active', predicate: ({ state }) => state.error !== null })
}

/** Keeps what is on the screen in step with the server until `signal` aborts. The resources list decides for itself. */
export const followUpdates = (signal: AbortSignal) => {
  signal.addEventListener('abort', onLiveEvent(apply), { once: true })
  signal.addEventListener('abort', liveState.subscribe(mendFailures), { once: true })
  followLive(signal)
}
