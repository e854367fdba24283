import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { CoverageLine } from '../../components/coverage-line.tsx'
import { DiscoverButton } from '../../components/discover-button.tsx'
import { Inspector } from '../../components/inspector.tsx'
import { Page } from '../../components/page.tsx'
import { FilterChip, StatusFilter } from '../../components/status-filter.tsx'
import { useEscape } from '../../components/use-escape.ts'
import { scopeDiscoveries } from '../../lib/discover-inputs.ts'
import { heldStatus } from '../../lib/status.ts'
import { useCatalog } from '../../lib/use-catalog.ts'
import { useScope } from '../../lib/use-scope.ts'
import type { DiscoverySearch } from './discovery-search.ts'
import { DiscoveryTabs } from '../../components/discovery-tabs.tsx'
import styles from './discovery.module.css'
import { LedgerList } from './ledger-list.tsx'
import { LedgerMatrix } from './ledger-matrix.tsx'
import { NoLine } from './no-line.tsx'
import { ScopeDetails } from './scope-details.tsx'
import { placeOf } from '../../lib/scope-place.ts'
import { useLedgerFacts } from './use-ledger.ts'

const route = getRouteApi('/discovery')
/** Where the inspector takes the place of the page. */
const narrow = '(max-width: 1000px)'

/** What is known of every account, region and type, and why something is not. */
export const DiscoveryPage = () => {
  const search = route.useSearch()
  const navigate = useNavigate()
  const scope = useScope()
  const { coverage, held } = useLedgerFacts()
  const go = (next: DiscoverySearch) => void navigate({ to: '/discovery', search: next, replace: true })
  const { open, ...closed } = search
  const place = open === undefined ? null : placeOf(open)
  const onOpen = (key: string) =>
    void navigate({ to: '/discovery', search: { ...search, open: key }, replace: open !== undefined })
  useEscape(place !== null && !document.querySelector('.MuiDialog-root'), () => go(closed))
  return (
    <div className={styles.layout}>
      <div className={styles.page} data-covered={place !== null}>
        <Page title="Discovery" subtitle={<CoverageLine coverage={coverage} />} actions={<DiscoverScope />}>
          <DiscoveryTabs />
          <div className={styles.toolbar}>
            <ViewSwitch search={search} onChange={go} />
            <div className={styles.filters} role="group" aria-label="Show scopes with the status">
              <StatusFilter
                counts={coverage?.scopes.byStatus ?? {}}
                chosen={search.status ?? []}
                onChange={(status) => {
                  const { status: _, ...rest } = search
                  go(status.length ? { ...rest, status } : rest)
                }}
              />
              {(held > 0 || search.held) && (
                <FilterChip
                  status={heldStatus}
                  count={held}
                  isOn={search.held !== undefined}
                  onToggle={() => {
                    const { held: before, ...rest } = search
                    go(before ? rest : { ...rest, held: 'true' })
                  }}
                />
              )}
            </div>
          </div>
          {scope.unknown.length > 0 ? (
            <NoLine search={search} />
          ) : search.view === 'list' ? (
            <LedgerList search={search} onOpen={onOpen} />
          ) : (
            <LedgerMatrix search={search} onOpen={onOpen} />
          )}
        </Page>
      </div>
      {place && (
        <Inspector label="Scope" onClose={() => go(closed)}>
          <ScopeDetails place={place} heading={matchMedia(narrow).matches ? 'h1' : 'h2'} />
        </Inspector>
      )}
    </div>
  )
}

/** A discovery of what is looked at: the whole estate, or the scope. */
const DiscoverScope = () => {
  const { isWhole, accountIds, region, isAnswerable } = useScope()
  const globalTypes = useCatalog().flatMap((entry) => (entry.scope === 'global' ? entry.resourceType : []))
  if (!isAnswerable) return null
  return (
    <DiscoverButton
      inputs={scopeDiscoveries(accountIds, region, globalTypes)}
      label={isWhole ? 'Discover now' : 'Discover this scope'}
    />
  )
}

const views = [
  { id: undefined, title: 'Matrix' },
  { id: 'list', title: 'List' },
] as const

const ViewSwitch = ({ search, onChange }: { search: DiscoverySearch; onChange: (next: DiscoverySearch) => void }) => {
  const { view: current, ...rest } = search
  return (
    <div className={styles.views} role="group" aria-label="View">
      {views.map(({ id, title }) => (
        <button
          key={title}
          type="button"
          aria-pressed={current === id}
          onClick={() => onChange(id ? { ...rest, view: id } : rest)}
        >
          {title}
        </button>
      ))}
    </div>
  )
}
