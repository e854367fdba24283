import { useState } from 'react'
import { Loadable, type Loading } from '../../components/loadable.tsx'
import { formatNumber } from '../../lib/format.ts'
import { withoutToken, withToken, type QueryFilter, type QueryKey } from '../../lib/query-line.ts'
import type { Facets, FacetValue } from '../../lib/suggest.ts'
import styles from './facet-panel.module.css'

const groups: { key: QueryKey; title: string }[] = [
  { key: 'service', title: 'Service' },
  { key: 'account', title: 'Account' },
  { key: 'region', title: 'Region' },
  { key: 'type', title: 'Type' },
  { key: 'state', title: 'State' },
  { key: 'tag', title: 'Tag' },
]

const few = 6

interface FacetPanelProps {
  query: Loading<unknown>
  facets: Facets
  filter: QueryFilter
  onChange: (filter: QueryFilter) => void
}

/** The values to filter by, with how many resources of the whole inventory have each. */
export const FacetPanel = ({ query, facets, filter, onChange }: FacetPanelProps) => (
  // A box that scrolls must be reachable by keyboard.
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
  <div className={styles.panel} role="region" aria-label="Filters" tabIndex={0}>
    <Loadable query={query} what="The filters could not be loaded">
      {() =>
        groups.map(({ key, title }) => (
          <FacetGroup
            key={key}
            title={title}
            values={facets[key]}
            chosen={filter[key] ?? []}
            onToggle={(value, on) => onChange(on ? withToken(filter, key, value) : withoutToken(filter, key, value))}
          />
        ))
      }
    </Loadable>
  </div>
)

interface FacetGroupProps {
  title: string
  values: readonly FacetValue[]
  chosen: readonly string[]
  onToggle: (value: string, on: boolean) => void
}

const FacetGroup = ({ title, values, chosen, onToggle }: FacetGroupProps) => {
  const [all, setAll] = useState(false)
  if (values.length === 0) return null
  const isChosen = ({ value, label }: FacetValue) =>
    chosen.includes(value) || (label !== undefined && chosen.includes(label))
  const shown = all ? values : values.filter((value, index) => index < few || isChosen(value))
  return (
    <fieldset className={styles.group}>
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
          <span className={styles.label}>{facet.label ?? facet.value}</span>
          <span className={styles.count}>{formatNumber(facet.count)}</span>
        </label>
      ))}
      {values.length > few && (
        <button type="button" className={styles.more} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `${values.length - few} more`}
          <span className="visually-hidden"> of {title}</span>
        </button>
      )}
    </fieldset>
  )
}
