import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Loadable } from '../../../components/loadable.tsx'
import { Page } from '../../../components/page.tsx'
import { api } from '../../../lib/api.ts'
import { connectSteps, type ConnectSearch, type ConnectStep, type Method } from '../account-search.ts'
import { AccountStep } from './account-step.tsx'
import styles from './connect.module.css'
import { MethodStep } from './method-step.tsx'
import { PermissionsStep } from './permissions-step.tsx'
import { ValidateStep } from './validate-step.tsx'

const route = getRouteApi('/accounts/connect')

const titles: Record<ConnectStep, string> = {
  method: 'Method',
  account: 'Account',
  permissions: 'Permissions',
  validate: 'Validate',
}

/** Connects an account, step by step. The account row itself is the draft, so a reload loses nothing. */
export const ConnectPage = () => {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { id, method } = search
  const wanted = search.step ?? 'method'
  // The last two steps are about an account that exists.
  const step = id === undefined && (wanted === 'permissions' || wanted === 'validate') ? 'method' : wanted
  const go = (next: ConnectSearch) => void navigate({ search: next })
  return (
    <Page title="Connect an AWS account">
      <Steps current={step} />
      <div className={styles.step}>
        {step === 'method' && <MethodStep chosen={method} onChoose={(next) => go({ step: 'account', method: next })} />}
        {step === 'account' && (
          <AccountDraft
            id={id}
            method={method ?? 'iam_role'}
            onSaved={(saved) => go({ step: 'permissions', id: saved })}
            onBack={() => go({ step: 'method', method: method ?? 'iam_role' })}
          />
        )}
        {id !== undefined && step === 'permissions' && (
          <PermissionsStep
            id={id}
            onBack={() => go({ step: 'account', id })}
            onNext={() => go({ step: 'validate', id })}
          />
        )}
        {id !== undefined && step === 'validate' && (
          <ValidateStep id={id} onBack={() => go({ step: 'permissions', id })} />
        )}
      </div>
    </Page>
  )
}

const Steps = ({ current }: { current: ConnectStep }) => (
  <ol className={styles.steps} aria-label="Steps">
    {connectSteps.map((step, index) => (
      <li
        key={step}
        aria-current={step === current ? 'step' : undefined}
        data-done={index < connectSteps.indexOf(current)}
      >
        <span aria-hidden="true">{index + 1}</span>
        {titles[step]}
      </li>
    ))}
  </ol>
)

interface AccountDraftProps {
  id: string | undefined
  method: Method
  onSaved: (id: string) => void
  onBack: () => void
}

const AccountDraft = ({ id, ...rest }: AccountDraftProps) => {
  const query = useQuery({ ...api.accounts.get.queryOptions({ input: { id: id ?? '' } }), enabled: id !== undefined })
  if (id === undefined) return <AccountStep account={null} {...rest} />
  return (
    <Loadable query={query} what="The account could not be loaded">
      {(account) => <AccountStep account={account} {...rest} />}
    </Loadable>
  )
}
