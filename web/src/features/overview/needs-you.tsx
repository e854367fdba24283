import type { NeedsYou as NeedsYouSchema } from '@dashboard/contract/overview.ts'
import type { z } from 'zod'
import Button from '@mui/material/Button'
import { useState } from 'react'
import { FixPanel } from '../../components/fix-panel.tsx'
import { Section } from '../../components/page.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import type { Status } from '../../lib/status.ts'
import { useTypeLabel } from '../../lib/use-catalog.ts'
import { NextStep } from './next-step.tsx'
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

/** More than this are shown when asked for: the figures should stay in sight. */
const mostAtFirst = 5

/** What waits for a person, each with what to do about it. */
export const NeedsYou = ({ items }: { items: Item[] }) => {
  const label = useTypeLabel()
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? items : items.slice(0, mostAtFirst)
  return (
    <Section
      title="Needs you"
      actions={
        items.length > mostAtFirst && (
          <Button variant="text" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
            {isWhole ? `Show the first ${mostAtFirst}` : `Show all ${items.length}`}
          </Button>
        )
      }
    >
      {items.length === 0 ? (
        <p className={styles.calm}>
          <StatusMark status={{ tone: 'ok', word: 'Nothing needs you now' }} />
        </p>
      ) : (
        <ul className={styles.needs}>
          {shown.map((item) => (
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
