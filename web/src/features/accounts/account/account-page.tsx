import type { AWSAccount } from '@dashboard/contract/accounts.ts'
import Button from '@mui/material/Button'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ButtonLink } from '../../../components/button-link.tsx'
import { CoverageLine } from '../../../components/coverage-line.tsx'
import { DiscoverButton } from '../../../components/discover-button.tsx'
import { Loadable } from '../../../components/loadable.tsx'
import { Page } from '../../../components/page.tsx'
import { Tabs } from '../../../components/tabs.tsx'
import { AccountRegions } from './account-regions.tsx'
import { AccountSummary } from './account-summary.tsx'
import styles from '../accounts.module.css'
import { Artefacts } from '../artefacts.tsx'
import { canPause, isPaused, useAccountActions } from '../use-account-actions.ts'
import { AccessTab } from './access-tab.tsx'
import { DeleteAccount } from './delete-account.tsx'
import { EditAccount } from './edit-account.tsx'
import { HistoryTab } from './history-tab.tsx'
import { useAccount } from '../../../lib/use-accounts.ts'
import { useValidation, type Validation } from '../use-validation.ts'

const route = getRouteApi('/accounts/$id')

const tabs = [
  { id: 'summary', title: 'Summary' },
  { id: 'access', title: 'Access' },
  { id: 'history', title: 'History' },
  { id: 'regions', title: 'Regions' },
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
      crumb={<Link to="/accounts">Accounts</Link>}
      subtitle={<CoverageLine coverage={query.data?.coverage} />}
      actions={
        query.data && (
          <Actions
            account={query.data}
            validation={validation}
            onValidate={() => {
              select('access')
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
                {tab === 'access' && <AccessTab account={account} validation={validation} />}
                {tab === 'history' && <HistoryTab id={account.id} />}
                {tab === 'regions' && <AccountRegions key={account.updatedAt} account={account} />}
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
  const { pause, resume, underway } = useAccountActions()
  return (
    <>
      {account.phase === 'PENDING' && (
        <ButtonLink to="/accounts/connect" search={{ step: 'permissions', id: account.id }} variant="contained">
          Finish connecting
        </ButtonLink>
      )}
      {isPaused(account) && (
        <Button variant="contained" disabled={underway !== null} onClick={() => void resume([account])}>
          Resume
        </Button>
      )}
      {canPause(account) && (
        <>
          <Button disabled={validation.phase === 'running'} onClick={onValidate}>
            Validate
          </Button>
          <DiscoverButton inputs={[{ accountIds: [account.accountId] }]} />
          <Button disabled={underway !== null} onClick={() => void pause([account])}>
            Pause
          </Button>
        </>
      )}
      <Button color="error" onClick={() => setDeleting(true)}>
        Delete
      </Button>
      {deleting && <DeleteAccount account={account} onClose={() => setDeleting(false)} />}
    </>
  )
}
