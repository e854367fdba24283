import type { Credential } from '@dashboard/contract/credentials.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { TypedDelete } from '../../components/typed-delete.tsx'
import { api } from '../../lib/api.ts'
import { notify } from '../../lib/notice.ts'
import { problemOf } from '../../lib/problem.ts'

export const DeleteCredential = ({ credential, onClose }: { credential: Credential; onClose: () => void }) => {
  const queries = useQueryClient()
  const remove = useMutation(
    api.credentials.delete.mutationOptions({
      onSuccess: () => {
        notify(`Deleted ${credential.name}`)
        onClose()
        return queries.invalidateQueries({ queryKey: api.credentials.key() })
      },
    }),
  )
  return (
    <TypedDelete
      action="Delete credential"
      name={credential.name}
      problem={remove.error ? problemOf(remove.error) : null}
      busy={remove.isPending}
      onDelete={() => remove.mutate({ id: credential.id })}
      onClose={onClose}
    >
      {credential.usedBy.length > 0 ? (
        <p>
          {credential.usedBy.map(({ name }) => name).join(', ')} use{credential.usedBy.length === 1 ? 's' : ''} it. Give{' '}
          {credential.usedBy.length === 1 ? 'that account' : 'those accounts'} another credential first.
        </p>
      ) : (
        <p>All versions of the secret are destroyed. The access key itself stays in AWS: deactivate it there.</p>
      )}
    </TypedDelete>
  )
}
