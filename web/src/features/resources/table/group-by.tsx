import type { FacetValue } from '../../../lib/suggest.ts'
import { groupFields, tagOf } from '../resources-search.ts'
import styles from './menus.module.css'

interface GroupByProps {
  group: string | undefined
  tags: readonly FacetValue[]
  onChange: (group: string | undefined) => void
}

const mostTags = 20
const wordOf = (field: string) => field.charAt(0).toUpperCase() + field.slice(1)

/** Which field the rows are grouped by. */
export const GroupBy = ({ group, tags, onChange }: GroupByProps) => {
  const keys = tags.slice(0, mostTags).map(({ value }) => value)
  const own = tagOf(group ?? '')
  const offered = own !== undefined && !keys.includes(own) ? [own, ...keys] : keys
  return (
    <label className={styles.groupBy}>
      <span>Group by</span>
      <select
        aria-label="Group by"
        value={group ?? ''}
        onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
      >
        <option value="">Nothing</option>
        {groupFields.map((field) => (
          <option key={field} value={field}>
            {wordOf(field)}
          </option>
        ))}
        {offered.length > 0 && (
          <optgroup label="Tags">
            {offered.map((key) => (
              <option key={key} value={`tag:${key}`}>
                {key}
              </option>
            ))}
          </optgroup>
        )}
      </select>
    </label>
  )
}
