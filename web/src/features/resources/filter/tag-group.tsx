import { useState } from 'react'
import { Icon } from '../../../components/icon.tsx'
import { Loadable } from '../../../components/loadable.tsx'
import { formatNumber } from '../../../lib/format.ts'
import { withoutToken, withToken, type QueryFilter } from '../../../lib/query-line.ts'
import type { FacetValue } from '../../../lib/suggest.ts'
import type { FilterInput } from '../list-input.ts'
import { FacetGroup } from './facet-group.tsx'
import styles from './facet-panel.module.css'
import { useTagValues } from './use-facets.ts'

interface TagGroupProps {
  keys: readonly FacetValue[]
  filter: QueryFilter
  input: FilterInput | null
  onChange: (filter: QueryFilter) => void
}

const few = 6

/** The tags there are; one that is opened shows its values. */
export const TagGroup = ({ keys, filter, input, onChange }: TagGroupProps) => {
  const [all, setAll] = useState(false)
  const [open, setOpen] = useState<string>()
  if (keys.length === 0) return null
  const shown = keys.filter(({ value }, index) => all || index < few || value === open)
  return (
    <div role="group" className={styles.group} aria-label="Tag">
      <p className={styles.title}>Tag</p>
      {shown.map(({ value, count }) => (
        <div key={value}>
          <button
            type="button"
            className={styles.key}
            title={value}
            aria-expanded={open === value}
            onClick={() => setOpen(open === value ? undefined : value)}
          >
            <Icon name={open === value ? 'down' : 'expand'} size={12} />
            <span className={styles.label}>{value}</span>
            <span className={styles.count}>{formatNumber(count)}</span>
          </button>
          {open === value && <TagValues tagKey={value} filter={filter} input={input} onChange={onChange} />}
        </div>
      ))}
      {keys.length > few && (
        <button type="button" className={styles.more} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `${formatNumber(keys.length - few)} more`}
          <span className="visually-hidden"> tags</span>
        </button>
      )}
    </div>
  )
}

interface TagValuesProps extends Omit<TagGroupProps, 'keys'> {
  tagKey: string
}

const TagValues = ({ tagKey, filter, input, onChange }: TagValuesProps) => {
  const query = useTagValues(input, tagKey)
  const prefix = `${tagKey}=`
  const chosen = (filter.tag ?? []).filter((tag) => tag.startsWith(prefix)).map((tag) => tag.slice(prefix.length))
  return (
    <div className={styles.values}>
      <Loadable query={query} what="The values could not be loaded" skeleton={<p className="muted">Loading</p>}>
        {(values) => (
          <FacetGroup
            title={tagKey}
            values={values}
            chosen={chosen}
            onToggle={(value, on) => onChange((on ? withToken : withoutToken)(filter, 'tag', prefix + value))}
          />
        )}
      </Loadable>
    </div>
  )
}
