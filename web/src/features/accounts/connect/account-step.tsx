import { AccessKey } from '@dashboard/contract/credentials.ts'
import { AccountId } from '@dashboard/contract/vocabulary.ts'
import type { AddAccount, AWSAccount } from '@dashboard/contract/accounts.ts'
import Button from '@mui/material/Button'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useForm, useWatch } from 'react-hook-form'
import { AccessKeyFields } from '../../../components/access-key-fields.tsx'
import { EnvironmentField } from '../../../components/environment/environment-field.tsx'
import { ErrorPanel } from '../../../components/error-panel.tsx'
import { Field } from '../../../components/field.tsx'
import { api, client } from '../../../lib/api.ts'
import { issueFor, problemOf } from '../../../lib/problem.ts'
import type { Method } from '../account-search.ts'
import { commonRegions } from '../../../components/regions/common-regions.ts'
import { RegionPicker } from '../../../components/regions/region-picker.tsx'
import styles from './connect.module.css'

interface Values {
  name: string
  accountId: string
  regions: string[]
  environment: string
  accessKeyId: string
  secretAccessKey: string
}

interface AccountStepProps {
  /** The row made before, when coming back to this step. */
  account: AWSAccount | null
  method: Method
  /** Where the account is known before it is typed: that of the installation's own identity. */
  detected?: string | undefined
  onSaved: (id: string) => void
  onBack: () => void
}

/** The contract's own rule, as react-hook-form wants it. */
const rule = (schema: {
  safeParse: (value: unknown) => { success: boolean; error?: { issues: { message: string }[] } | undefined }
}) => ({
  validate: (value: string) => schema.safeParse(value.trim()).error?.issues[0]?.message ?? true,
})

/** As the console writes it, `1234-5678-9012`, it is copied here. */
const digitsOf = (accountId: string): string => accountId.replace(/[\s-]/g, '')

const environmentOf = ({ environment }: Values): string | null => environment.trim().toLowerCase() || null

const added = (method: Method, values: Values): AddAccount => {
  const { name, accountId, regions, accessKeyId, secretAccessKey } = values
  const environment = environmentOf(values)
  const common = { name: name.trim(), accountId: digitsOf(accountId), regions, ...(environment ? { environment } : {}) }
  if (method !== 'access_key') return { credentialType: method, ...common }
  return {
    credentialType: 'access_key',
    ...common,
    accessKey: { accessKeyId: accessKeyId.trim(), secretAccessKey: secretAccessKey.trim() },
  }
}

/** Name, account and regions; saving makes the connection, not yet active, and with it the external id. */
export const AccountStep = ({ account, method: wanted, detected, onSaved, onBack }: AccountStepProps) => {
  const method = account ? account.credentialType : wanted
  const queries = useQueryClient()
  const { control, register, handleSubmit, formState, setValue } = useForm<Values>({
    defaultValues: {
      name: account?.name ?? '',
      accountId: account?.accountId ?? detected ?? '',
      regions: account?.regions ?? ['us-east-1', 'eu-west-1'],
      environment: account?.environmentSource === 'account' ? (account.environment ?? '') : '',
    },
  })
  const save = useMutation({
    mutationFn: (values: Values) =>
      account
        ? client.accounts.update({
            id: account.id,
            name: values.name.trim(),
            regions: values.regions,
            environment: environmentOf(values),
          })
        : client.accounts.add(added(wanted, values)),
    onSuccess: (saved) => {
      queries.setQueryData(api.accounts.get.queryKey({ input: { id: saved.id } }), saved)
      void queries.invalidateQueries({ queryKey: api.accounts.list.key() })
      onSaved(saved.id)
    },
  })
  const problem = save.error ? problemOf(save.error) : null
  const regions = useWatch({ control, name: 'regions' })
  const errors = formState.errors
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => void handleSubmit((values) => regions.length && save.mutate(values))(event)}
    >
      <Field
        label="Name"
        required
        autoFocus
        maxLength={128}
        help="What you call this account, for example payments-prod."
        error={errors.name?.message ?? issueFor(problem, 'name')}
        {...register('name', { validate: (value) => value.trim() !== '' || 'Give the account a name.' })}
      />
      <Field
        label="Account id"
        required
        inputMode="numeric"
        autoComplete="off"
        readOnly={account !== null || detected !== undefined}
        help={
          detected === undefined
            ? '12 digits. It stands at the upper right of the AWS console.'
            : 'The account of the identity that this installation has.'
        }
        error={errors.accountId?.message ?? issueFor(problem, 'accountId')}
        {...register('accountId', {
          validate: (value) => rule(AccountId).validate(digitsOf(value)),
        })}
      />
      {method === 'access_key' && !account && (
        <>
          <p className={styles.warning}>
            Use a key of an IAM user that has only the permission policy of the next step. Never use a key of the root
            user.
          </p>
          <AccessKeyFields
            accessKeyId={register('accessKeyId', rule(AccessKey.shape.accessKeyId))}
            secretAccessKey={register('secretAccessKey', rule(AccessKey.shape.secretAccessKey))}
            errors={{
              accessKeyId: errors.accessKeyId?.message ?? issueFor(problem, 'accessKey.accessKeyId'),
              secretAccessKey: errors.secretAccessKey?.message ?? issueFor(problem, 'accessKey.secretAccessKey'),
            }}
          />
        </>
      )}
      <EnvironmentField
        help="Optional: what the account is for. Resources with a tag of their own keep theirs."
        error={errors.environment?.message ?? issueFor(problem, 'environment')}
        {...register('environment')}
      />
      <RegionPicker
        choices={commonRegions(regions)}
        chosen={regions}
        onChange={(next) => setValue('regions', next, { shouldDirty: true })}
        error={regions.length ? issueFor(problem, 'regions') : 'Choose at least one region.'}
      />
      <p className="muted">More regions, also opt-in ones, can be added after the account is validated.</p>
      {problem && <ErrorPanel problem={problem} what="The connection could not be saved" />}
      <div className={styles.actions}>
        {!account && <Button onClick={onBack}>Back</Button>}
        <Button type="submit" variant="contained" disabled={save.isPending}>
          {account ? 'Save and go on' : 'Create connection'}
        </Button>
      </div>
    </form>
  )
}
