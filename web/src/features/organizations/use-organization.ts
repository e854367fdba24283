import { useQuery } from '@tanstack/react-query'
import { allPages } from '../../lib/accounts/all-pages.ts'
import { api, client } from '../../lib/api.ts'

export const useOrganizations = () => useQuery(api.organizations.list.queryOptions())

export const useOrganization = (id: string) => useQuery(api.organizations.get.queryOptions({ input: { id } }))

/** All members, for the tree, which needs them at once. */
export const useMembers = (id: string) =>
  useQuery({
    queryKey: [...api.organizations.accounts.key(), 'all', id],
    queryFn: ({ signal }) =>
      allPages((nextToken) =>
        client.organizations.accounts({ id, maxResults: 200, ...(nextToken ? { nextToken } : {}) }, { signal }),
      ),
  })
