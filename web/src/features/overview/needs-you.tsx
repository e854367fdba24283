import type { NeedsYou as NeedsYouSchema } from '@dashboard/contract/overview.ts'
import type { ScopeStatus } from '@dashboard/contract/vocabulary.ts'
import type { z } from 'zod'
import { ButtonLink } from '../../components/button-link.tsx'
import { FixPanel } from '../../components/fix-panel.tsx'
import { Section } from '../../components/page.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import type { Status } from '../../lib/status.ts'
import { useTypeLabel } from '../../lib/use-catalog.ts'
import { ConfirmButton } from '../../components/scope-actions.tsx'
import styles from './overview.module.css'

type Item = z.infer<typeof NeedsYouSchema>

const severity: Record<Item['severity'], Status> = {
  LOW: { tone: 'idle', word: 'Low' },
  MEDIUM: { tone: 'warn', word: 'Medium' },
  HIGH: { tone: 'bad', word: 'High', shape: 'warn' },
  CRITICAL: { tone: 'bad', word: 'Critical' },
}

/** A resource type in the server's words. */
const typeName = /\b[A-Z]\w+::\w+::\w+/g

/** What waits for a person, each with what to do about it. */
export const NeedsYou = ({ items }: { items: Item[] }) => {
  const label = useTypeLabel()
  return (
    <Section title="Needs you">
      {items.length === 0 ? (
        <p className={styles.calm}>
          <StatusMark status={{ tone: 'ok', word: 'Nothing needs you now' }} />
        </p>
      ) : (
        <ul className={styles.needs}>
          {items.map((item) => (
            <li
              key={`${item.kind} ${item.connectionId ?? ''} ${item.scopeId ?? ''} ${item.title} ${item.detail ?? ''}`}
              className={styles.need}
              data-severity={item.severity}
            >
              <StatusMark status={severity[item.severity]} />
              <div className={styles.needWords}>
                <p className={styles.needTitle} title={item.title}>
                  {item.title.replace(typeName, label)}
                </p>
                {item.detail && <p className="muted">{item.detail}</p>}
                {item.fix && (
                  <details>
                    <summary>How to mend it</summary>
                    <FixPanel fix={item.fix} />
                  </details>
                )}
              </div>
              <span className={styles.since}>{item.since && <RelativeTime at={item.since} />}</span>
              <NextStep item={item} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

const deniedStatuses: ScopeStatus[] = ['ACCESS_DENIED', 'DENIED_BY_SCP', 'PARTIAL']
const failedStatuses: ScopeStatus[] = ['FAILED', 'THROTTLED']

const NextStep = ({ item: { kind, accountId, connectionId, scopeId } }: { item: Item }) => {
  const ledger = { view: 'list' as const, region: [], ...(accountId ? { account: [accountId] } : {}) }
  if (kind === 'SCOPE_HELD')
    return (
      <span className={styles.needActions}>
        <ButtonLink to="/discovery" search={{ ...ledger, held: 'true' as const }}>
          Show it
        </ButtonLink>
        {scopeId !== null && accountId !== null && <ConfirmButton id={scopeId} accountId={accountId} />}
      </span>
    )
  if (kind === 'SCOPES_DENIED' || kind === 'SCOPES_FAILED')
    return (
      <ButtonLink
        to="/discovery"
        search={{ ...ledger, status: kind === 'SCOPES_DENIED' ? deniedStatuses : failedStatuses }}
      >
        Show scopes
      </ButtonLink>
    )
  if (connectionId === null) return <ButtonLink to="/discovery">Show discovery</ButtonLink>
  if (kind === 'ACCOUNT_PENDING')
    return (
      <ButtonLink to="/accounts/connect" search={{ step: 'permissions', id: connectionId }}>
        Finish connecting
      </ButtonLink>
    )
  return (
    <ButtonLink to="/accounts/$id" params={{ id: connectionId }} search={{ tab: 'validation' }}>
      Open account
    </ButtonLink>
  )
}
