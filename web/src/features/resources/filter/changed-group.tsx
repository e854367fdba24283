import { withoutToken, withToken, type QueryFilter } from '../../../lib/query-line.ts'
import styles from './facet-panel.module.css'

interface ChangedGroupProps {
  filter: QueryFilter
  onChange: (filter: QueryFilter) => void
}

const ages = [
  { value: '1h', label: 'Last hour' },
  { value: '24h', label: 'Last 24 hours' },
  { value: '7d', label: 'Last 7 days' },
  { value: '30d', label: 'Last 30 days' },
]
const kinds = [
  { value: 'CREATED', label: 'New' },
  { value: 'CHANGED', label: 'Changed' },
  { value: 'DELETED', label: 'Deleted' },
]

/** Since when something changed, and what that was. */
export const ChangedGroup = ({ filter, onChange }: ChangedGroupProps) => (
  <>
    <fieldset className={styles.group}>
      <legend>Changed</legend>
      {ages.map(({ value, label }) => (
        <label key={value} className={styles.value}>
          <input
            type="checkbox"
            checked={filter.changedSince === value}
            onChange={({ target }) =>
              onChange((target.checked ? withToken : withoutToken)(filter, 'changedSince', value))
            }
          />
          <span className={styles.label}>{label}</span>
        </label>
      ))}
    </fieldset>
    <fieldset className={styles.group}>
      <legend>Change</legend>
      {kinds.map(({ value, label }) => (
        <label key={value} className={styles.value}>
          <input
            type="checkbox"
            checked={filter.change?.includes(value) ?? false}
            onChange={({ target }) => onChange((target.checked ? withToken : withoutToken)(filter, 'change', value))}
          />
          <span className={styles.label}>{label}</span>
        </label>
      ))}
    </fieldset>
  </>
)
