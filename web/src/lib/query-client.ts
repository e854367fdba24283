import { QueryClient } from '@tanstack/react-query'

const mostRetries = 2

const statusOf = (error: unknown): number | null =>
  typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number'
    ? error.status
    : null

/** What the user must mend is not asked again; what the server or the network must mend is, twice. */
export const isWorthRetrying = (failures: number, error: unknown): boolean => {
  const status = statusOf(error)
  return failures < mostRetries && (status === null || status >= 500)
}

/** Live events keep the data fresh, so focus alone fetches nothing. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 30_000, retry: isWorthRetrying, refetchOnWindowFocus: false },
    mutations: { retry: false },
  },
})
