import type { Credential } from '@dashboard/contract/credentials.ts'
import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import styles from './credentials.module.css'
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
  if (credential.usedBy.length > 0) return <InUse credential={credential} onClose={onClose} />
  return (
    <TypedDelete
      action="Delete credential"
      name={credential.name}
      problem={remove.error ? problemOf(remove.error) : null}
      busy={remove.isPending}
      onDelete={() => remove.mutate({ id: credential.id })}
      onClose={onClose}
    >
      <p>All versions of the secret are destroyed. The access key itself stays in AWS: deactivate it there.</p>
    </TypedDelete>
  )
}

const InUse = ({ credential: { name, usedBy }, onClose }: { credential: Credential; onClose: () => void }) => (
  <Dialog open onClose={onClose} aria-labelledby="credential-in-use" fullWidth maxWidth="xs">
    <div className={styles.inUse}>
      <h2 id="credential-in-use">{name} is in use</h2>
      <p>
        {usedBy.map((account) => account.name).join(', ')} use{usedBy.length === 1 ? 's' : ''} it. Give{' '}
        {usedBy.length === 1 ? 'that account' : 'those accounts'} another credential first.
      </p>
      <Button onClick={onClose}>Close</Button>
    </div>
  </Dialog>
)
