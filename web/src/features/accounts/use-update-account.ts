import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../lib/api.ts'
import { notify } from '../../lib/notice.ts'

export const useUpdateAccount = () => {
  const queries = useQueryClient()
  return useMutation(
    api.accounts.update.mutationOptions({
      onSuccess: (account) => {
        queries.setQueryData(api.accounts.get.queryKey({ input: { id: account.id } }), account)
        notify(`Saved ${account.name}`)
        return queries.invalidateQueries({ queryKey: api.accounts.key() })
      },
    }),
  )
}
