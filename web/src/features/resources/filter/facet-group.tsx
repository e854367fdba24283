import { useRef, useState } from 'react'
import { formatNumber } from '../../../lib/format.ts'
import { useSteadyRows } from '../../../lib/live/use-steady-rows.ts'
import type { FacetValue } from '../../../lib/suggest.ts'
import styles from './facet-panel.module.css'

const few = 6

interface FacetGroupProps {
  title: string
  values: readonly FacetValue[]
  chosen: readonly string[]
  onToggle: (value: string, on: boolean) => void
}

const valueOf = ({ value }: FacetValue) => value

/** What is chosen stays on the list where the other filters leave none of it: it must be possible to take it away. */
const withChosen = (values: readonly FacetValue[], chosen: readonly string[]): readonly FacetValue[] => [
  ...values,
  ...chosen
    .filter((one) => !values.some(({ value, label }) => value === one || label === one))
    .map((value) => ({ value, count: 0 })),
]

/** Values of one filter, each with its count. */
export const FacetGroup = ({ title, values, chosen, onToggle }: FacetGroupProps) => {
  const [all, setAll] = useState(false)
  const area = useRef<HTMLFieldSetElement>(null)
  // Counts are renewed in place; the values change places only when nobody is about to press one.
  const { rows } = useSteadyRows(withChosen(values, chosen), valueOf, area)
  if (rows.length === 0) return null
  const isChosen = ({ value, label }: FacetValue) =>
    chosen.includes(value) || (label !== undefined && chosen.includes(label))
  const shown = all ? rows : rows.filter((value, index) => index < few || isChosen(value))
  return (
    <fieldset ref={area} className={styles.group}>
      <legend>{title}</legend>
      {shown.map((facet) => (
        <label
          key={facet.value}
          className={styles.value}
          title={facet.label ? `${facet.label} (${facet.value})` : facet.value}
        >
          <input
            type="checkbox"
            checked={isChosen(facet)}
            onChange={({ target }) => onToggle(facet.value, target.checked)}
          />
          <span className={styles.label}>{facet.label ?? (facet.value || '(empty)')}</span>
          <span className={styles.count}>{formatNumber(facet.count)}</span>
        </label>
      ))}
      {rows.length > few && (
        <button type="button" className={styles.more} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `${formatNumber(rows.length - few)} more`}
          <span className="visually-hidden"> of {title}</span>
        </button>
      )}
    </fieldset>
  )
}
