import type { Organization } from '@dashboard/contract/organizations.ts'
import Button from '@mui/material/Button'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ButtonLink } from '../../components/button-link.tsx'
import { CopyText } from '../../components/copy-text.tsx'
import { Loadable } from '../../components/loadable.tsx'
import { Page } from '../../components/page.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { Tabs } from '../../components/tabs.tsx'
import { api } from '../../lib/api.ts'
import { counted } from '../../lib/format.ts'
import { notify } from '../../lib/notice.ts'
import { problemOf } from '../../lib/problem.ts'
import { DeleteOrganization } from './delete-organization.tsx'
import { EnrolmentTab } from './enrolment-tab.tsx'
import { MembersTab } from './members-tab.tsx'
import { OrganizationArtefacts } from './organization-artefacts.tsx'
import { ReadingFailure } from './organization-state.tsx'
import styles from './organizations.module.css'
import type { OrganizationSearch } from './organizations-search.ts'
import { useOrganization } from './use-organization.ts'

const route = getRouteApi('/organizations/$id')

const tabs = [
  { id: 'members', title: 'Members' },
  { id: 'enrolment', title: 'New accounts' },
  { id: 'onboarding', title: 'Onboarding' },
] as const

/** One organization: who is in it, who of them is connected, and what happens to those that come. */
export const OrganizationPage = () => {
  const { id } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const query = useOrganization(id)
  const { tab = 'members' } = search
  const change = (part: OrganizationSearch) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true })
  return (
    <Page
      title={query.data?.connectionName ?? 'Organization'}
      crumb={
        <>
          <Link to="/accounts">Accounts</Link> / <Link to="/organizations">Organizations</Link>
        </>
      }
      subtitle={query.data && <Facts organization={query.data} />}
      actions={query.data && <Actions organization={query.data} />}
    >
      <Loadable query={query} what="The organization could not be loaded">
        {(organization) => (
          <div className={styles.parts}>
            <ReadingFailure organization={organization} />
            <div>
              <Tabs
                label={`About ${organization.connectionName}`}
                tabs={tabs}
                selected={tab}
                onSelect={(next) => change({ tab: next })}
              >
                <div className={styles.panel}>
                  {tab === 'members' && (
                    <MembersTab id={id} units={organization.units} search={search} onChange={change} />
                  )}
                  {tab === 'enrolment' && <EnrolmentTab organization={organization} units={organization.units} />}
                  {tab === 'onboarding' && (
                    <OrganizationArtefacts
                      id={id}
                      roleName={organization.enrolment?.roleName ?? 'AwsIntegrationDashboard'}
                      ouIds={[]}
                    />
                  )}
                </div>
              </Tabs>
            </div>
          </div>
        )}
      </Loadable>
    </Page>
  )
}

const Facts = ({ organization }: { organization: Organization }) => {
  const { organizationId, managementAccountId, accounts, lastComplete } = organization
  return (
    <p className={styles.subtitle}>
      <span>
        {accounts.connected} of {counted(accounts.active, 'active account')} connected, complete as of{' '}
        <RelativeTime at={lastComplete} />
      </span>
      <CopyText text={organizationId} what="organization id" />
      <span>
        management account <span className="mono">{managementAccountId}</span>
      </span>
    </p>
  )
}

const Actions = ({ organization }: { organization: Organization }) => {
  const [deleting, setDeleting] = useState(false)
  const queries = useQueryClient()
  const refresh = useMutation(
    api.organizations.refresh.mutationOptions({
      onSuccess: ({ reason, accounts }) =>
        reason === null ? notify(`Read: ${counted(accounts.total, 'account')}`) : notify(reason, 'bad'),
      onError: (error) => notify(problemOf(error).message, 'bad'),
      onSettled: () => {
        void queries.invalidateQueries({ queryKey: api.organizations.key() })
        void queries.invalidateQueries({ queryKey: api.accounts.key() })
      },
    }),
  )
  return (
    <>
      <ButtonLink
        to="/organizations/connect"
        search={{ step: 'accounts', id: organization.id }}
        variant={organization.accounts.connected < organization.accounts.active ? 'contained' : 'outlined'}
      >
        Connect accounts
      </ButtonLink>
      <Button disabled={refresh.isPending} onClick={() => refresh.mutate({ id: organization.id })}>
        {refresh.isPending ? 'Reading…' : 'Read again'}
      </Button>
      <Button color="error" onClick={() => setDeleting(true)}>
        Remove
      </Button>
      {deleting && <DeleteOrganization organization={organization} onClose={() => setDeleting(false)} />}
    </>
  )
}
