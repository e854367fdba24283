import type { NeedsYou as NeedsYouSchema } from '@dashboard/contract/overview.ts'
import type { z } from 'zod'
import { ButtonLink } from '../../components/button-link.tsx'
import { FixPanel } from '../../components/fix-panel.tsx'
import { Section } from '../../components/page.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import type { Tone } from '../../lib/status.ts'
import styles from './overview.module.css'

type Item = z.infer<typeof NeedsYouSchema>

const severity: Record<Item['severity'], { tone: Tone; word: string }> = {
  LOW: { tone: 'idle', word: 'Low' },
  MEDIUM: { tone: 'warn', word: 'Medium' },
  HIGH: { tone: 'bad', word: 'High' },
  CRITICAL: { tone: 'bad', word: 'Critical' },
}

/** What waits for a person, each with what to do about it. */
export const NeedsYou = ({ items }: { items: Item[] }) => (
  <Section title="Needs you">
    {items.length === 0 ? (
      <p className={styles.calm}>
        <StatusMark status={{ tone: 'ok', word: 'Nothing needs you now' }} />
      </p>
    ) : (
      <ul className={styles.needs}>
        {items.map((item) => (
          <li key={`${item.kind} ${item.connectionId ?? ''} ${item.title}`} className={styles.need}>
            <StatusMark status={severity[item.severity]} />
            <div className={styles.needWords}>
              <p>
                <strong>{item.title}</strong>
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

const NextStep = ({ item: { kind, connectionId } }: { item: Item }) => {
  if (connectionId === null) return <ButtonLink to="/jobs">Show discovery</ButtonLink>
  if (kind === 'ACCOUNT_PENDING')
    return (
      <ButtonLink to="/accounts/connect" search={{ step: 'permissions', id: connectionId }}>
        Finish connecting
      </ButtonLink>
    )
  return (
    <ButtonLink
      to="/accounts/$id"
      params={{ id: connectionId }}
      search={kind.startsWith('SCOPES') ? { tab: 'permissions' } : { tab: 'validation' }}
    >
      Open account
    </ButtonLink>
  )
}
