import { useId, type ComponentProps } from 'react'
import { useAllAccounts } from '../../lib/accounts/use-all-accounts.ts'
import { Field } from '../field.tsx'

const usual = ['production', 'staging', 'development', 'test', 'sandbox']

/** What the resources of an account are for: one of the usual words, one already used, or another. */
export const EnvironmentField = (props: Omit<ComponentProps<typeof Field>, 'label'>) => {
  const list = useId()
  const used = useAllAccounts().data?.items.flatMap(({ environment }) => environment ?? []) ?? []
  return (
    <>
      <Field label="Environment" list={list} autoComplete="off" placeholder="production" {...props} />
      <datalist id={list}>
        {[...new Set([...usual, ...used])].map((environment) => (
          <option key={environment} value={environment} aria-label={environment} />
        ))}
      </datalist>
    </>
  )
}
