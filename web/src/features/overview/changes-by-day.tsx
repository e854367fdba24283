import { Link } from '@tanstack/react-router'
import { useState, type KeyboardEvent } from 'react'
import { Section } from '../../components/page.tsx'
import { formatNumber } from '../../lib/format.ts'
import styles from './changes-by-day.module.css'
import { changeKinds, changesOf, changeWords, dayWords, searchOf, totalsOf, type DayOfChanges } from './day-changes.ts'

const step: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 }

/** One bar a day, each leading to what changed on it; one tab stop, arrows walk the days. */
export const ChangesByDay = ({ days }: { days: readonly DayOfChanges[] }) => {
  const most = Math.max(1, ...days.map(changesOf))
  const [current, setCurrent] = useState(days.at(-1)?.day)
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const by = step[event.key]
    if (by === undefined) return
    event.preventDefault()
    const next = days[days.findIndex(({ day }) => day === current) + by]
    if (!next) return
    setCurrent(next.day)
    document.querySelector<HTMLElement>(`[data-day="${next.day}"]`)?.focus()
  }
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last) return null
  return (
    <Section title="What changed in 30 days" actions={<Totals days={days} />}>
      <div className={styles.chart}>
        <ol className={styles.days} aria-label="Changes by day">
          {days.map((day) => (
            <li key={day.day}>
              <Bar
                day={day}
                most={most}
                isTabStop={day.day === current}
                onFocus={() => setCurrent(day.day)}
                onKey={move}
              />
            </li>
          ))}
        </ol>
        <p className={styles.axis} aria-hidden="true">
          <span>{dayWords(first)}</span>
          <span>most on a day: {formatNumber(most)}</span>
          <span>{dayWords(last)}, UTC</span>
        </p>
      </div>
    </Section>
  )
}

const Totals = ({ days }: { days: readonly DayOfChanges[] }) => {
  const totals = totalsOf(days)
  return (
    <span className={styles.totals}>
      {changeKinds.map(({ field, word }) => (
        <span key={field}>
          <span className={styles.key} data-change={field} aria-hidden="true" />
          {formatNumber(totals[field])} {word}
        </span>
      ))}
    </span>
  )
}

interface BarProps {
  day: DayOfChanges
  /** The largest day, which is as high as the chart. */
  most: number
  isTabStop: boolean
  onFocus: () => void
  onKey: (event: KeyboardEvent<HTMLElement>) => void
}

const Bar = ({ day, most, isTabStop, onFocus, onKey }: BarProps) => (
  <Link
    to="/resources"
    search={searchOf(day)}
    className={styles.bar ?? ''}
    aria-label={changeWords(day)}
    title={changeWords(day)}
    data-day={day.day}
    tabIndex={isTabStop ? 0 : -1}
    onFocus={onFocus}
    onKeyDown={onKey}
  >
    {changeKinds.map(({ field }) => (
      <span
        key={field}
        data-change={field}
        style={{ height: day[field] === 0 ? 0 : `max(2px, ${(day[field] / most) * 100}%)` }}
      />
    ))}
  </Link>
)
