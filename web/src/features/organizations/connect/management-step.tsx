import type { AWSAccountSummary } from '@dashboard/contract/accounts.ts'
import type { Organization } from '@dashboard/contract/organizations.ts'
import Button from '@mui/material/Button'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ButtonLink } from '../../../components/button-link.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { ErrorPanel } from '../../../components/error-panel.tsx'
import { Loadable } from '../../../components/loadable.tsx'
import { Section } from '../../../components/page.tsx'
import { RelativeTime } from '../../../components/relative-time.tsx'
import { useAllAccounts } from '../../../lib/accounts/use-all-accounts.ts'
import { api } from '../../../lib/api.ts'
import { counted } from '../../../lib/format.ts'
import { problemOf } from '../../../lib/problem.ts'
import { useOrganizations } from '../use-organization.ts'
import styles from './connect.module.css'

/** The wizard of one account, which comes back here. */
const toConnect = { step: 'account', method: 'iam_role', goal: 'organization' } as const

interface ManagementStepProps {
  /** The connection that was made for this. */
  chosen: string | undefined
  onRead: (id: string) => void
}

/** Which connection reads the organization: one that was read before, or a connected account that can. */
export const ManagementStep = ({ chosen, onRead }: ManagementStepProps) => {
  const organizations = useOrganizations()
  return (
    <div className={styles.parts}>
      <Loadable query={organizations} what="The organizations could not be loaded">
        {({ items }) => <Known organizations={items} onGo={onRead} />}
      </Loadable>
      <Loadable query={useAllAccounts()} what="The accounts could not be loaded">
        {({ items }) => (
          <Candidates
            accounts={items.filter(({ status }) => status === 'active')}
            read={new Set(organizations.data?.items.map(({ id }) => id))}
            chosen={chosen}
            onRead={onRead}
          />
        )}
      </Loadable>
    </div>
  )
}

const Known = ({ organizations, onGo }: { organizations: Organization[]; onGo: (id: string) => void }) =>
  organizations.length > 0 && (
    <Section title="Go on with an organization that is read already">
      <ul className={styles.known}>
        {organizations.map(({ id, organizationId, connectionName, accounts, lastComplete }) => (
          <li key={id}>
            <span>
              <strong>{connectionName}</strong> <span className="mono muted">{organizationId}</span>
            </span>
            <span className="muted">
              {accounts.connected} of {counted(accounts.active, 'active account')} connected, read{' '}
              <RelativeTime at={lastComplete} />
            </span>
            <Button onClick={() => onGo(id)}>
              Choose accounts<span className="visually-hidden"> of {connectionName}</span>
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  )

interface CandidatesProps {
  accounts: AWSAccountSummary[]
  read: ReadonlySet<string>
  chosen: string | undefined
  onRead: (id: string) => void
}

const Candidates = ({ accounts, read, chosen, onRead }: CandidatesProps) => {
  const open = accounts.filter(({ id }) => !read.has(id))
  const [picked, setPicked] = useState(chosen ?? (open.length === 1 ? open[0]?.id : undefined))
  const queries = useQueryClient()
  const add = useMutation(
    api.organizations.add.mutationOptions({
      onSuccess: ({ id }) => {
        void queries.invalidateQueries({ queryKey: api.organizations.key() })
        onRead(id)
      },
    }),
  )
  if (accounts.length === 0) return <NoCandidate />
  return (
    <Section title="Read the organization through a connected account">
      <p className="muted">
        Only the management account, or an account that is a delegated administrator, may list the others.
      </p>
      <fieldset className={styles.choices}>
        <legend className="visually-hidden">Account</legend>
        {open.map(({ id, name, accountId }) => (
          <label key={id}>
            <input type="radio" name="management" value={id} checked={picked === id} onChange={() => setPicked(id)} />
            <span>{name}</span>
            <span className="mono muted">{accountId}</span>
          </label>
        ))}
      </fieldset>
      {add.error && <ErrorPanel problem={problemOf(add.error)} what="The organization could not be read" />}
      <div className={styles.actions}>
        <Button
          variant="contained"
          disabled={picked === undefined || add.isPending}
          onClick={() => picked !== undefined && add.mutate({ connectionId: picked })}
        >
          {add.isPending ? 'Reading the organization…' : 'Read its organization'}
        </Button>
        <ButtonLink to="/accounts/connect" search={toConnect}>
          Connect the management account
        </ButtonLink>
      </div>
    </Section>
  )
}

const NoCandidate = () => (
  <EmptyState
    icon="organization"
    title="Connect the management account first"
    action={
      <ButtonLink to="/accounts/connect" search={toConnect} variant="contained">
        Connect the management account
      </ButtonLink>
    }
  >
    The organization is read through it, or through a delegated administrator. After its validation you come back here.
  </EmptyState>
)
