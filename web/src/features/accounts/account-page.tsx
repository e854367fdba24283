import type { AWSAccount } from '@dashboard/contract/accounts.ts'
import Button from '@mui/material/Button'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { ButtonLink } from '../../components/button-link.tsx'
import { CoverageLine } from '../../components/coverage-line.tsx'
import { DiscoverButton } from '../../components/discover-button.tsx'
import { Loadable } from '../../components/loadable.tsx'
import { Page } from '../../components/page.tsx'
import { Tabs } from '../../components/tabs.tsx'
import { AccountRegions } from './account-regions.tsx'
import { AccountSummary } from './account-summary.tsx'
import styles from './accounts.module.css'
import { Artefacts } from './artefacts.tsx'
import { DeleteAccount } from './delete-account.tsx'
import { EditAccount } from './edit-account.tsx'
import { Permissions } from './permissions.tsx'
import { useAccount } from '../../lib/use-accounts.ts'
import { useValidation, type Validation } from './use-validation.ts'
import { ValidationTab } from './validation-tab.tsx'

const route = getRouteApi('/accounts/$id')

const tabs = [
  { id: 'summary', title: 'Summary' },
  { id: 'validation', title: 'Validation' },
  { id: 'regions', title: 'Regions' },
  { id: 'permissions', title: 'Permissions' },
  { id: 'onboarding', title: 'Onboarding' },
  { id: 'edit', title: 'Edit' },
] as const

/** One connected account. */
export const AccountPage = () => {
  const { id } = route.useParams()
  return <Account key={id} id={id} />
}

const Account = ({ id }: { id: string }) => {
  const { tab = 'summary' } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useAccount(id)
  const validation = useValidation(id)
  const select = (next: typeof tab) => void navigate({ search: { tab: next }, replace: true })
  return (
    <Page
      title={query.data?.name ?? 'Account'}
      subtitle={<CoverageLine coverage={query.data?.coverage} />}
      actions={
        query.data && (
          <Actions
            account={query.data}
            validation={validation}
            onValidate={() => {
              select('validation')
              validation.start()
            }}
          />
        )
      }
    >
      <Loadable query={query} what="The account could not be loaded">
        {(account) => (
          <div>
            <Tabs label={`About ${account.name}`} tabs={tabs} selected={tab} onSelect={select}>
              <div className={styles.panel}>
                {tab === 'summary' && <AccountSummary account={account} />}
                {tab === 'validation' && <ValidationTab account={account} validation={validation} />}
                {tab === 'regions' && <AccountRegions key={account.updatedAt} account={account} />}
                {tab === 'permissions' && <Permissions permissions={account.permissions} />}
                {tab === 'onboarding' && <Artefacts id={account.id} />}
                {tab === 'edit' && <EditAccount key={account.updatedAt} account={account} />}
              </div>
            </Tabs>
          </div>
        )}
      </Loadable>
    </Page>
  )
}

interface ActionsProps {
  account: AWSAccount
  validation: Validation
  onValidate: () => void
}

const Actions = ({ account, validation, onValidate }: ActionsProps) => {
  const [deleting, setDeleting] = useState(false)
  return (
    <>
      {account.phase === 'PENDING' && (
        <ButtonLink to="/accounts/connect" search={{ step: 'permissions', id: account.id }} variant="contained">
          Finish connecting
        </ButtonLink>
      )}
      <Button disabled={validation.phase === 'running'} onClick={onValidate}>
        Validate
      </Button>
      <DiscoverButton inputs={[{ accountIds: [account.accountId] }]} />
      <Button color="error" onClick={() => setDeleting(true)}>
        Delete
      </Button>
      {deleting && <DeleteAccount account={account} onClose={() => setDeleting(false)} />}
    </>
  )
}
