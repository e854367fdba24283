import type { Scope } from '@dashboard/contract/scopes.ts'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { EmptyState } from '../../components/empty-state.tsx'
import { FixPanel } from '../../components/fix-panel.tsx'
import { Loadable } from '../../components/loadable.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import { counted, formatNumber } from '../../lib/format.ts'
import { heldStatus, runningStatus, scopeStatus } from '../../lib/status.ts'
import { useTypeLabel } from '../../lib/use-catalog.ts'
import styles from './discovery.module.css'
import { ConfirmButton, RunAgain } from '../../components/scope-actions.tsx'
import { resourcesOf, type ScopePlace } from '../../lib/scope-place.ts'
import { useLedgerLine } from './use-ledger.ts'

/** One line of the ledger: what became of it, why, and what to do about it. */
export const ScopeDetails = ({ place, heading: Heading }: { place: ScopePlace; heading: 'h1' | 'h2' }) => {
  const label = useTypeLabel()(place.resourceType)
  const query = useLedgerLine(place)
  return (
    <div className={styles.details}>
      <header>
        <Heading className={styles.title} title={place.resourceType}>
          {label}
        </Heading>
        <p className="muted">
          {query.data?.items[0]?.accountName ?? place.accountId} · <span className="mono">{place.region}</span>
        </p>
      </header>
      <Loadable query={query} what="The scope could not be loaded">
        {({ items: [scope] }) =>
          scope ? (
            <Loaded scope={scope} />
          ) : (
            <EmptyState title="There is no such scope">
              The account may be gone, or the region is no longer scanned.
            </EmptyState>
          )
        }
      </Loadable>
    </div>
  )
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

const Loaded = ({ scope }: { scope: Scope }) => (
  <>
    <div className={styles.marks}>
      <StatusMark status={scopeStatus[scope.status]} />
      {scope.running && <StatusMark status={runningStatus} />}
      {scope.held && <StatusMark status={heldStatus} />}
    </div>
    {scope.reason && <p>{scope.reason}</p>}
    {scope.fix && <FixPanel fix={scope.fix} />}
    {scope.held && (
      <p>
        {counted(scope.held.missing, 'resource')} of {formatNumber(scope.resources)} vanished at once{' '}
        <RelativeTime at={scope.held.since} />. Nothing is deleted until somebody confirms it.
      </p>
    )}
    <div className={styles.actions}>
      <RunAgain place={scope} />
      {scope.held && <ConfirmButton id={scope.id} accountId={scope.accountId} />}
    </div>
    <dl className={styles.facts}>
      <Fact name="Resources">
        <Link to="/resources" search={resourcesOf(scope)}>
          {formatNumber(scope.resources)}
        </Link>
      </Fact>
      <Fact name="Complete as of">
        <RelativeTime at={scope.lastComplete} never="Never complete yet" />
      </Fact>
      <Fact name="Last attempt">
        <RelativeTime at={scope.lastAttempt} />
      </Fact>
      <Fact name="Next due">
        <RelativeTime at={scope.nextDue} />
      </Fact>
      <Fact name="Attempts failed in a row">{formatNumber(scope.failures)}</Fact>
      <Fact name="Calls, last attempt">{formatNumber(scope.calls)}</Fact>
      <Fact name="Throttled, last attempt">{formatNumber(scope.throttles)}</Fact>
      <Fact name="Type">
        <span className="mono">{scope.resourceType}</span>
      </Fact>
    </dl>
  </>
)
