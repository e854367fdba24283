import type { AWSAccount } from '@dashboard/contract/accounts.ts'
import Button from '@mui/material/Button'
import { useQuery } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { ErrorPanel } from '../../../components/error-panel.tsx'
import { EnvironmentField } from '../../../components/environment/environment-field.tsx'
import { Field } from '../../../components/field.tsx'
import { SelectField } from '../../../components/select-field.tsx'
import { api } from '../../../lib/api.ts'
import { issueFor, problemOf } from '../../../lib/problem.ts'
import styles from '../accounts.module.css'
import { useUpdateAccount } from '../use-update-account.ts'

interface Values {
  name: string
  defaultRegion: string
  roleArn: string
  credentialId: string
  environment: string
}

/** What may change about a connection; the account id and the external id never do. */
export const EditAccount = ({ account }: { account: AWSAccount }) => {
  const update = useUpdateAccount()
  const { register, handleSubmit, formState } = useForm<Values>({
    defaultValues: {
      name: account.name,
      defaultRegion: account.defaultRegion,
      roleArn: account.roleArn ?? '',
      credentialId: account.credentialId ?? '',
      environment: account.environmentSource === 'account' ? (account.environment ?? '') : '',
    },
  })
  const problem = update.error ? problemOf(update.error) : null
  const save = ({ name, defaultRegion, roleArn, credentialId, environment }: Values) =>
    update.mutate({
      id: account.id,
      name,
      defaultRegion,
      environment: environment.trim().toLowerCase() || null,
      ...(account.credentialType === 'iam_role' ? { roleArn } : {}),
      ...(account.credentialType === 'access_key' && credentialId ? { credentialId } : {}),
    })
  return (
    <form className={styles.form} onSubmit={(event) => void handleSubmit(save)(event)}>
      <Field label="Name" required maxLength={128} error={issueFor(problem, 'name')} {...register('name')} />
      <SelectField
        label="Default region"
        options={account.regions.map((region) => ({ value: region, label: region }))}
        {...register('defaultRegion')}
      />
      <EnvironmentField
        error={issueFor(problem, 'environment')}
        help={
          account.environmentSource === 'ou'
            ? `Empty: its organizational unit says ${account.environment}.`
            : 'Empty: a tag of the account or its organizational unit decides.'
        }
        {...register('environment')}
      />
      {account.credentialType === 'iam_role' && (
        <Field
          label="Role ARN"
          required
          error={issueFor(problem, 'roleArn')}
          help="Validate again after a change."
          {...register('roleArn')}
        />
      )}
      {account.credentialType === 'access_key' && <CredentialChoice field={register('credentialId')} />}
      {problem && <ErrorPanel problem={problem} what="The account could not be saved" />}
      <Button type="submit" variant="contained" disabled={!formState.isDirty || update.isPending}>
        Save account
      </Button>
    </form>
  )
}

const CredentialChoice = ({ field }: { field: ReturnType<ReturnType<typeof useForm<Values>>['register']> }) => {
  const query = useQuery(api.credentials.list.queryOptions({ input: { maxResults: 200 } }))
  const options = (query.data?.items ?? []).map(({ id, name, accessKeyIdHint }) => ({
    value: id,
    label: `${name} (${accessKeyIdHint})`,
  }))
  return <SelectField key={options.length} label="Credential" options={options} {...field} />
}
