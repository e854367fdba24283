import type { NeedsYou } from '@dashboard/contract/overview.ts'
import type { ScopeStatus } from '@dashboard/contract/vocabulary.ts'
import type { ReactNode } from 'react'
import { ButtonLink } from '../../components/button-link.tsx'
import { ConfirmButton } from '../../components/scope-actions.tsx'
import { ReadAgain, ValidateAgain } from './inline-actions.tsx'
import styles from './overview.module.css'

const deniedStatuses: ScopeStatus[] = ['ACCESS_DENIED', 'DENIED_BY_SCP', 'PARTIAL']
const failedStatuses: ScopeStatus[] = ['FAILED', 'THROTTLED']

type Kind = NeedsYou['kind']
/** What a step needs to know of what it is about. */
type About = Pick<NeedsYou, 'accountId' | 'scopeId'> & { connectionId: string }

const ledgerOf = ({ accountId }: Pick<NeedsYou, 'accountId'>) => ({
  view: 'list' as const,
  region: [],
  ...(accountId ? { account: [accountId] } : {}),
})

const Account = ({ id, tab, children }: { id: string; tab: 'access' | 'history' | 'onboarding'; children: string }) => (
  <ButtonLink to="/accounts/$id" params={{ id }} search={{ tab }}>
    {children}
  </ButtonLink>
)

const ofConnection: Partial<Record<Kind, (about: About) => ReactNode>> = {
  ACCOUNT_EXPOSED: ({ connectionId }) => (
    <Account id={connectionId} tab="onboarding">
      Replace the role
    </Account>
  ),
  ACCOUNT_ERROR: ({ connectionId }) => (
    <>
      <ValidateAgain id={connectionId} />
      <Account id={connectionId} tab="access">
        Open account
      </Account>
    </>
  ),
  ACCOUNT_PENDING: ({ connectionId }) => (
    <ButtonLink to="/accounts/connect" search={{ step: 'permissions', id: connectionId }}>
      Finish connecting
    </ButtonLink>
  ),
  PERMISSIONS_LOST: ({ connectionId }) => (
    <>
      <ValidateAgain id={connectionId} />
      <Account id={connectionId} tab="history">
        Show what was lost
      </Account>
    </>
  ),
  ORGANIZATION_UNREADABLE: ({ connectionId }) => (
    <>
      <ReadAgain id={connectionId} />
      <ButtonLink to="/organizations/$id" params={{ id: connectionId }}>
        Open organization
      </ButtonLink>
    </>
  ),
  ORGANIZATION_ACCOUNTS_UNCONNECTED: ({ connectionId }) => (
    <ButtonLink to="/organizations/connect" search={{ step: 'accounts', id: connectionId }}>
      Connect them
    </ButtonLink>
  ),
}

const ofScopes: Partial<Record<Kind, (item: NeedsYou) => ReactNode>> = {
  SCOPE_HELD: (item) => (
    <>
      <ButtonLink to="/discovery" search={{ ...ledgerOf(item), held: 'true' as const }}>
        Show it
      </ButtonLink>
      {item.scopeId !== null && item.accountId !== null && (
        <ConfirmButton id={item.scopeId} accountId={item.accountId} />
      )}
    </>
  ),
  SCOPES_DENIED: (item) => (
    <ButtonLink to="/discovery" search={{ ...ledgerOf(item), status: deniedStatuses }}>
      Show scopes
    </ButtonLink>
  ),
  SCOPES_FAILED: (item) => (
    <ButtonLink to="/discovery" search={{ ...ledgerOf(item), status: failedStatuses }}>
      Show scopes
    </ButtonLink>
  ),
}

const stepOf = (item: NeedsYou): ReactNode => {
  const { kind, connectionId } = item
  if (connectionId !== null && ofConnection[kind]) return ofConnection[kind]({ ...item, connectionId })
  return ofScopes[kind]?.(item) ?? <ButtonLink to="/discovery">Show discovery</ButtonLink>
}

/** What to do about one thing that needs somebody, there and then where that is possible. */
export const NextStep = ({ item }: { item: NeedsYou }) => <span className={styles.needActions}>{stepOf(item)}</span>
