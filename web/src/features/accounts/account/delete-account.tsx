import type { AWSAccount } from '@dashboard/contract/accounts.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { TypedDelete } from '../../../components/typed-delete.tsx'
import { api } from '../../../lib/api.ts'
import { counted } from '../../../lib/format.ts'
import { notify } from '../../../lib/notice.ts'
import { problemOf } from '../../../lib/problem.ts'

export const DeleteAccount = ({ account, onClose }: { account: AWSAccount; onClose: () => void }) => {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const remove = useMutation(
    api.accounts.delete.mutationOptions({
      onSuccess: async () => {
        notify(`Deleted ${account.name}`)
        queries.setQueriesData<{ items: AWSAccount[] }>({ queryKey: api.accounts.list.key() }, (page) =>
          page ? { ...page, items: page.items.filter(({ id }) => id !== account.id) } : page,
        )
        await navigate({ to: '/accounts', replace: true })
        queries.removeQueries({ queryKey: api.accounts.get.key({ input: { id: account.id } }) })
        await queries.invalidateQueries()
      },
    }),
  )
  return (
    <TypedDelete
      action="Delete account"
      name={account.name}
      problem={remove.error ? problemOf(remove.error) : null}
      busy={remove.isPending}
      onDelete={() => remove.mutate({ id: account.id })}
      onClose={onClose}
    >
      <p>
        {counted(account.resourceCount, 'resource')} with all versions and relationships leave the inventory
        {account.credentialType === 'access_key' ? ', and the stored access key goes if no other account uses it' : ''}.
        Nothing changes in AWS
        {account.roleArn ? `: delete the role ${account.roleArn.split('/').at(-1) ?? ''} there yourself` : ''}.
      </p>
    </TypedDelete>
  )
}
