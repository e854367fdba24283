import { useQuery } from '@tanstack/react-query'
import { api } from '../../lib/api.ts'
import { liveState } from '../../lib/live.ts'
import { isUnderWay } from './job-words.ts'

/** Only a fallback: while the stream is live, events patch the list. */
const pollMs = 5_000

/** The recent jobs, newest first. */
export const useJobs = () =>
  useQuery(
    api.jobs.list.queryOptions({
      input: { maxResults: 50 },
      refetchInterval: ({ state }) =>
        liveState.get().phase !== 'live' && state.data?.items.some(isUnderWay) ? pollMs : false,
    }),
  )
