import type { SavedView } from '@dashboard/contract/views.ts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../api.ts'
import { notify, notifyUndo } from '../notice.ts'
import { problemOf } from '../problem.ts'

/** The saved views of a page, or of all: one's own first, then those that others share. */
export const useViews = (page?: SavedView['page']) =>
  useQuery(
    api.views.list.queryOptions({
      input: page ? { page } : {},
      select: ({ items }) => items.toSorted((a, b) => Number(b.own) - Number(a.own) || a.name.localeCompare(b.name)),
    }),
  )

const fail = (error: unknown) => notify(problemOf(error).message, 'bad')

/** Saves, changes and deletes views; deleting is taken back by saving it again. */
export const useViewChanges = () => {
  const queries = useQueryClient()
  const onSettled = () => void queries.invalidateQueries({ queryKey: api.views.key() })
  const add = useMutation(api.views.add.mutationOptions({ onSettled }))
  const update = useMutation(api.views.update.mutationOptions({ onSettled }))
  const remove = useMutation(api.views.delete.mutationOptions({ onSettled, onError: fail }))
  return {
    add,
    update,
    // Promises, since callbacks given to `mutate` are dropped when the list closes before the answer is there.
    remove: ({ id, page, name, search, shared }: SavedView) => {
      const undo = () => void add.mutateAsync({ page, name, search, shared }).catch(fail)
      void remove.mutateAsync({ id }).then(
        () => notifyUndo(`Deleted the view ${name}`, undo),
        () => undefined,
      )
    },
  }
}
