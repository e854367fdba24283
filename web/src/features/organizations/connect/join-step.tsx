import type { AWSAccountSummary } from '@dashboard/contract/accounts.ts'
import Button from '@mui/material/Button'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ButtonLink } from '../../../components/button-link.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { FixPanel } from '../../../components/fix-panel.tsx'
import { Loadable } from '../../../components/loadable.tsx'
import { ProgressBar } from '../../../components/progress-bar.tsx'
import { StatusMark } from '../../../components/status-mark.tsx'
import { settleEach } from '../../../lib/accounts/settle-each.ts'
import { useAllAccounts } from '../../../lib/accounts/use-all-accounts.ts'
import { validateAccount } from '../../../lib/accounts/validate-account.ts'
import { counted, percent } from '../../../lib/format.ts'
import { notify } from '../../../lib/notice.ts'
import { problemOf } from '../../../lib/problem.ts'
import { accountStatus } from '../../../lib/status.ts'
import { useDiscover } from '../../../lib/use-discover.ts'
import styles from './connect.module.css'
import type { JoinDraft } from './draft.ts'

const isWaiting = ({ phase }: AWSAccountSummary): boolean => phase === 'PENDING' || phase === 'VALIDATING'
const isReadable = ({ status }: AWSAccountSummary): boolean => status === 'active'

/** What failed stands first, then what is under way. */
const rank = (account: AWSAccountSummary): number =>
  account.status === 'error' ? 0 : account.exposed ? 1 : isWaiting(account) ? 2 : 3

interface JoinStepProps {
  draft: JoinDraft
  onBack: () => void
}

/** Follows the validation of each account that joined; each that fails says why, and what to do. */
export const JoinStepView = ({ draft, onBack }: JoinStepProps) => {
  const query = useAllAccounts()
  return (
    <Loadable query={query} what="The accounts could not be loaded">
      {({ items }) => {
        const joined = items.filter(({ id }) => draft.joined.includes(id))
        return joined.length === 0 ? (
          <EmptyState
            icon="accounts"
            title="No account is being connected"
            action={<Button onClick={onBack}>Back</Button>}
          />
        ) : (
          <Progress accounts={joined} onBack={onBack} refetch={() => void query.refetch()} />
        )
      }}
    </Loadable>
  )
}

const useRetry = (refetch: () => void) => {
  const [retried, setRetried] = useState<ReadonlySet<string>>(new Set())
  const retry = async (accounts: readonly AWSAccountSummary[]) => {
    setRetried(new Set(accounts.map(({ id }) => id)))
    const [failure] = await settleEach(accounts, ({ id }) => validateAccount(id))
    if (failure) notify(`${failure.thing.name}: ${problemOf(failure.error).message}`, 'bad')
    setRetried(new Set())
    refetch()
  }
  return { retried, retry: (accounts: readonly AWSAccountSummary[]) => void retry(accounts) }
}

interface ProgressProps {
  accounts: AWSAccountSummary[]
  onBack: () => void
  refetch: () => void
}

const Progress = ({ accounts, onBack, refetch }: ProgressProps) => {
  const { retried, retry } = useRetry(refetch)
  const waiting = accounts.filter(isWaiting).length
  const readable = accounts.filter(isReadable)
  const failed = accounts.filter(({ status }) => status === 'error')
  const done = accounts.length - waiting
  const parts = [
    `${readable.length} of ${counted(accounts.length, 'account')} can be read`,
    failed.length > 0 && `${failed.length} failed`,
    waiting > 0 && `${waiting} being validated`,
  ]
  return (
    <div className={styles.parts}>
      <p role="status">{parts.filter(Boolean).join(', ')}</p>
      {waiting > 0 && <ProgressBar percent={percent(done, accounts.length)} label="Accounts validated" />}
      <ul className={styles.progress} aria-label="Accounts being connected">
        {accounts
          .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
          .map((account) => (
            <Joined
              key={account.id}
              account={account}
              isRetried={retried.has(account.id)}
              onRetry={() => retry([account])}
            />
          ))}
      </ul>
      <div className={styles.actions}>
        <Button onClick={onBack}>Back</Button>
        {failed.length > 1 && (
          <Button disabled={retried.size > 0} onClick={() => retry(failed)}>
            Try all {failed.length} again
          </Button>
        )}
        <Discover accounts={readable} />
        <ButtonLink to="/accounts">Show all accounts</ButtonLink>
      </div>
    </div>
  )
}

const Discover = ({ accounts }: { accounts: AWSAccountSummary[] }) => {
  const discover = useDiscover()
  const navigate = useNavigate()
  const accountIds = accounts.map(({ accountId }) => accountId)
  return (
    <Button
      variant="contained"
      disabled={accounts.length === 0 || discover.isPending}
      onClick={() =>
        discover.mutate([{ accountIds }], {
          onSuccess: () =>
            void navigate({ to: '/resources', search: accountIds.length <= 10 ? { account: accountIds } : {} }),
        })
      }
    >
      {accounts.length === 0 ? 'Nothing can be read yet' : `Discover ${counted(accounts.length, 'account')}`}
    </Button>
  )
}

interface JoinedProps {
  account: AWSAccountSummary
  isRetried: boolean
  onRetry: () => void
}

const Joined = ({ account, isRetried, onRetry }: JoinedProps) => {
  const needsMending = account.status === 'error' || account.exposed
  return (
    <li className={styles.joined}>
      <StatusMark status={isRetried ? { tone: 'running', word: 'Validating' } : accountStatus(account)} />
      <span className={styles.who}>
        <Link to="/accounts/$id" params={{ id: account.id }}>
          {account.name}
        </Link>
        <span className="mono muted">{account.accountId}</span>
      </span>
      {account.status === 'error' ? (
        <Button disabled={isRetried} onClick={onRetry}>
          Try again<span className="visually-hidden"> {account.name}</span>
        </Button>
      ) : (
        <span className="muted">{account.organization?.ouPath}</span>
      )}
      {needsMending && (
        <div className={styles.why}>
          {account.exposed && <p>Exposed: the role can be assumed without the external id.</p>}
          {account.lastError && <p>{account.lastError}</p>}
          {account.fix && (
            <details>
              <summary>How to mend it</summary>
              <FixPanel fix={account.fix} />
            </details>
          )}
        </div>
      )}
    </li>
  )
}
