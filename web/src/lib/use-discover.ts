import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, client } from './api.ts'
import type { DiscoverInput } from './discover-inputs.ts'
import { counted } from './format.ts'
import { notify } from './notice.ts'
import { problemOf } from './problem.ts'

/** Starts discoveries, usually one; the job tray and the title of the tab show how far they are. */
export const useDiscover = () => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (inputs: readonly DiscoverInput[]) => {
      let scopes = 0
      for (const input of inputs) scopes += (await client.resources.discover(input)).scopes
      return scopes
    },
    onSuccess: (scopes) => notify(`Discovery started: ${counted(scopes, 'scope')}. Press J to follow it.`),
    onError: (error) => notify(problemOf(error).message, 'bad'),
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: api.jobs.key() })
      void queries.invalidateQueries({ queryKey: api.scopes.key() })
    },
  })
}
