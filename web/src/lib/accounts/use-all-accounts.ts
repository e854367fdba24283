import { useQuery } from '@tanstack/react-query'
import { api, client } from '../api.ts'
import { allPages } from './all-pages.ts'

const mostAPage = 200

/** Every connected account, with the coverage of them all; an organization can bring a thousand. */
export const useAllAccounts = () =>
  useQuery({
    queryKey: [...api.accounts.list.key(), 'all'],
    queryFn: async ({ signal }) => {
      const first = await client.accounts.list({ maxResults: mostAPage }, { signal })
      const items = await allPages((nextToken) =>
        nextToken === undefined
          ? Promise.resolve(first)
          : client.accounts.list({ maxResults: mostAPage, nextToken }, { signal }),
      )
      return { items, coverage: first.coverage }
    },
  })
