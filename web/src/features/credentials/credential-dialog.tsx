import type { Credential } from '@dashboard/contract/credentials.ts'
import Button from '@mui/material/Button'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { AccessKeyFields } from '../../components/access-key-fields.tsx'
import { FormDialog } from '../../components/form-dialog.tsx'
import { Field } from '../../components/field.tsx'
import { api, client } from '../../lib/api.ts'
import { notify } from '../../lib/notice.ts'
import { issueFor, problemOf } from '../../lib/problem.ts'

interface Values {
  name: string
  accessKeyId: string
  secretAccessKey: string
}

/** Stores a new access key, or replaces the secret of one that exists with a new version. */
export const CredentialDialog = ({ credential, onClose }: { credential: Credential | null; onClose: () => void }) => {
  const queries = useQueryClient()
  const { register, handleSubmit, formState } = useForm<Values>({ defaultValues: { name: credential?.name ?? '' } })
  const save = useMutation({
    mutationFn: ({ name, ...accessKey }: Values) =>
      credential
        ? client.credentials.update({ id: credential.id, name, accessKey })
        : client.credentials.create({ name, ...accessKey }),
    onSuccess: ({ name, version }) => {
      notify(credential ? `${name} is now at version ${version}` : `Stored ${name}`)
      onClose()
      return queries.invalidateQueries({ queryKey: api.credentials.key() })
    },
  })
  const problem = save.error ? problemOf(save.error) : null
  return (
    <FormDialog
      title={credential ? `Replace the secret of ${credential.name}` : 'Store a credential'}
      problem={problem}
      onClose={onClose}
      onSubmit={handleSubmit((values) => save.mutate(values))}
      submit={
        <Button type="submit" variant="contained" disabled={save.isPending}>
          {credential ? 'Replace secret' : 'Store credential'}
        </Button>
      }
    >
      {credential && (
        <p className="muted">
          Accounts that use it go on with the new version. The version before cannot be read back.
        </p>
      )}
      <Field
        label="Name"
        required
        maxLength={128}
        autoFocus={!credential}
        error={issueFor(problem, 'name')}
        {...register('name')}
      />
      <AccessKeyFields
        accessKeyId={register('accessKeyId')}
        secretAccessKey={register('secretAccessKey')}
        errors={{
          accessKeyId:
            issueFor(problem, 'accessKeyId') ??
            issueFor(problem, 'accessKey.accessKeyId') ??
            formState.errors.accessKeyId?.message,
          secretAccessKey:
            issueFor(problem, 'secretAccessKey') ??
            issueFor(problem, 'accessKey.secretAccessKey') ??
            formState.errors.secretAccessKey?.message,
        }}
      />
    </FormDialog>
  )
}
