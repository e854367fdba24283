import Button from '@mui/material/Button'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Loadable } from '../../../components/loadable.tsx'
import { Page } from '../../../components/page.tsx'
import { StepFrame } from '../../../components/steps/step-frame.tsx'
import { Steps } from '../../../components/steps/steps.tsx'
import { api } from '../../../lib/api.ts'
import { connectSteps, type ConnectSearch, type ConnectStep, type Method } from '../account-search.ts'
import { AccountStep } from './account-step.tsx'
import styles from './connect.module.css'
import { DetectedIdentity, useIdentity } from './detected-identity.tsx'
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
  const { id, method, goal } = search
  const wanted = search.step ?? 'method'
  // The last two steps are about an account that exists.
  const step = id === undefined && (wanted === 'permissions' || wanted === 'validate') ? 'method' : wanted
  const go = (next: ConnectSearch) => void navigate({ search: { ...next, ...(goal ? { goal } : {}) } })
  return (
    <Page title="Connect an AWS account" crumb={<Link to="/accounts">Accounts</Link>}>
      <Steps steps={connectSteps.map((each) => ({ id: each, title: titles[each] }))} current={step} />
      <StepFrame step={step} isWide={step === 'method'}>
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
          <ValidateStep
            id={id}
            isForOrganization={goal === 'organization'}
            onBack={() => go({ step: 'permissions', id })}
          />
        )}
      </StepFrame>
    </Page>
  )
}

interface AccountDraftProps {
  id: string | undefined
  method: Method
  onSaved: (id: string) => void
  onBack: () => void
}

const AccountDraft = ({ id, ...rest }: AccountDraftProps) => {
  const query = useQuery({ ...api.accounts.get.queryOptions({ input: { id: id ?? '' } }), enabled: id !== undefined })
  if (id === undefined && rest.method === 'instance_profile') return <OwnAccount {...rest} />
  if (id === undefined) return <AccountStep account={null} {...rest} />
  return (
    <Loadable query={query} what="The account could not be loaded">
      {(account) => <AccountStep account={account} {...rest} />}
    </Loadable>
  )
}

/** The account is known by the identity; without one there is nothing to connect. */
const OwnAccount = (props: Omit<AccountDraftProps, 'id'>) => (
  <Loadable query={useIdentity()} what="The identity could not be asked for">
    {({ accountId }) => (
      <div className={styles.permissions}>
        <DetectedIdentity />
        {accountId === null ? (
          <div>
            <Button onClick={props.onBack}>Back</Button>
          </div>
        ) : (
          <AccountStep account={null} detected={accountId} {...props} />
        )}
      </div>
    )}
  </Loadable>
)
