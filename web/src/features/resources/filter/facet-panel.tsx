import { Loadable, type Loading } from '../../../components/loadable.tsx'
import { withoutToken, withToken, type QueryFilter, type QueryKey } from '../../../lib/query-line.ts'
import type { Facets } from '../../../lib/suggest.ts'
import type { FilterInput } from '../list-input.ts'
import { ChangedGroup } from './changed-group.tsx'
import { FacetGroup } from './facet-group.tsx'
import styles from './facet-panel.module.css'
import { TagGroup } from './tag-group.tsx'

const groups = [
  { key: 'environment', title: 'Environment' },
  { key: 'service', title: 'Service' },
  { key: 'account', title: 'Account' },
  { key: 'region', title: 'Region' },
  { key: 'type', title: 'Type' },
  { key: 'state', title: 'State' },
] as const satisfies { key: QueryKey; title: string }[]

interface FacetPanelProps {
  query: Loading<unknown>
  facets: Facets
  filter: QueryFilter
  input: FilterInput | null
  onChange: (filter: QueryFilter) => void
}

/** The values to filter by, each with how many resources it would show under all the other filters. */
export const FacetPanel = ({ query, facets, filter, input, onChange }: FacetPanelProps) => (
  // A box that scrolls must be reachable by keyboard.
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
  <div className={styles.panel} role="region" aria-label="Filters" tabIndex={0}>
    <Loadable query={query} what="The filters could not be loaded">
      {() => (
        <>
          {groups.map(({ key, title }) => (
            <FacetGroup
              key={key}
              title={title}
              values={facets[key]}
              chosen={filter[key] ?? []}
              onToggle={(value, on) => onChange(on ? withToken(filter, key, value) : withoutToken(filter, key, value))}
            />
          ))}
          <TagGroup keys={facets.tag} filter={filter} input={input} onChange={onChange} />
          <ChangedGroup filter={filter} onChange={onChange} />
        </>
      )}
    </Loadable>
  </div>
)
