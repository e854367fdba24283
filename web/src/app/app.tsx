import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Notices } from '../components/notices.tsx'
import { queryClient } from '../lib/query-client.ts'
import { followUpdates } from './live-updates.ts'
import { router } from './router.tsx'

/** The application behind the gate: data, routes, live events. */
export const App = () => {
  useEffect(() => {
    const stop = new AbortController()
    followUpdates(stop.signal)
    return () => {
      stop.abort()
      // The next to sign in may be someone else.
      queryClient.clear()
    }
  }, [])
  return (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <Notices />
    </QueryClientProvider>
  )
}
