import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../lib/api.ts'
import { notify } from '../../lib/notice.ts'
import { problemOf } from '../../lib/problem.ts'

export const useCancelJob = () => {
  const queries = useQueryClient()
  return useMutation(
    api.jobs.cancel.mutationOptions({
      onSuccess: (job) => {
        queries.setQueryData(api.jobs.get.queryKey({ input: { id: job.id } }), job)
        void queries.invalidateQueries({ queryKey: api.jobs.key() })
        notify('Discovery cancelled. Scopes under way finish; the rest stay due.')
      },
      onError: (error) => notify(problemOf(error).message, 'bad'),
    }),
  )
}
