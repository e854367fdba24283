import type { Organization } from '@dashboard/contract/organizations.ts'
import { Link, useNavigate } from '@tanstack/react-router'
import { AccountsTabs } from '../../components/accounts-tabs.tsx'
import { ButtonLink } from '../../components/button-link.tsx'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Loadable } from '../../components/loadable.tsx'
import { Page } from '../../components/page.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { formatNumber } from '../../lib/format.ts'
import { OrganizationStatus } from './organization-state.tsx'
import styles from './organizations.module.css'
import { useOrganizations } from './use-organization.ts'

const unconnected = ({ accounts }: Organization): number => Math.max(0, accounts.active - accounts.connected)

const columns: Column<Organization>[] = [
  {
    title: 'Read through',
    cell: ({ id, connectionName }) => (
      <Link to="/organizations/$id" params={{ id }} className={styles.name ?? ''}>
        {connectionName}
      </Link>
    ),
  },
  { title: 'Organization', cell: ({ organizationId }) => <span className="mono">{organizationId}</span> },
  {
    title: 'Management account',
    cell: ({ managementAccountId }) => <span className="mono">{managementAccountId}</span>,
  },
  { title: 'State', cell: (organization) => <OrganizationStatus organization={organization} /> },
  { title: 'Complete as of', cell: ({ lastComplete }) => <RelativeTime at={lastComplete} /> },
  {
    title: 'Members',
    align: 'right',
    cell: ({ id, accounts }) => (
      <Link to="/organizations/$id" params={{ id }}>
        {formatNumber(accounts.total)}
      </Link>
    ),
  },
  {
    title: 'Connected',
    align: 'right',
    cell: ({ id, accounts }) => (
      <Link to="/organizations/$id" params={{ id }} search={{ connected: 'true' }}>
        {formatNumber(accounts.connected)}
      </Link>
    ),
  },
  {
    title: 'Not connected',
    align: 'right',
    cell: (organization) => (
      <Link to="/organizations/$id" params={{ id: organization.id }} search={{ connected: 'false' }}>
        {formatNumber(unconnected(organization))}
      </Link>
    ),
  },
  {
    title: 'New accounts',
    cell: ({ enrolment }) => (enrolment?.enabled ? 'Connect by themselves' : <span className="muted">By hand</span>),
  },
]

/** The organizations that are read, each through one of the connected accounts. */
export const OrganizationsPage = () => {
  const query = useOrganizations()
  const navigate = useNavigate()
  const connect = (
    <ButtonLink to="/organizations/connect" variant="contained">
      Connect an organization
    </ButtonLink>
  )
  return (
    <Page
      title="Organizations"
      subtitle={<p className="muted">Units and member accounts, read every hour through a connected account.</p>}
      actions={query.data && query.data.items.length > 0 && connect}
    >
      <AccountsTabs />
      <Loadable query={query} what="The organizations could not be loaded">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="organization" title="No organization is read yet" action={connect}>
              With the management account connected, all its member accounts can be connected in one go, and new ones by
              themselves.
            </EmptyState>
          ) : (
            <DataTable
              label="Organizations"
              columns={columns}
              rows={items}
              keyOf={({ id }) => id}
              onRowClick={({ id }) => void navigate({ to: '/organizations/$id', params: { id } })}
            />
          )
        }
      </Loadable>
    </Page>
  )
}
