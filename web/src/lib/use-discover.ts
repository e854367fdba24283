import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from './api.ts'
import { counted } from './format.ts'
import { notify } from './notice.ts'
import { problemOf } from './problem.ts'

/** Starts a discovery; the job tray and the title of the tab show how far it is. */
export const useDiscover = () => {
  const queries = useQueryClient()
  return useMutation(
    api.resources.discover.mutationOptions({
      onSuccess: ({ scopes }) => {
        notify(`Discovery started: ${counted(scopes, 'scope')}. Press J to follow it.`)
        return queries.invalidateQueries({ queryKey: api.jobs.key() })
      },
      onError: (error) => notify(problemOf(error).message, 'bad'),
    }),
  )
}
