import { useQuery } from '@tanstack/react-query'
import { api } from './api.ts'

export const useAccounts = () => useQuery(api.accounts.list.queryOptions({ input: { maxResults: 200 } }))

export const useAccount = (id: string) => useQuery(api.accounts.get.queryOptions({ input: { id } }))
