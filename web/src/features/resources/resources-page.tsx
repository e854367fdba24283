import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, Suspense, useRef, useState } from 'react'
import { Icon } from '../../components/icon.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { Inspector } from '../../components/inspector.tsx'
import { PendingChanges } from '../../components/live/pending-changes.tsx'
import { Loadable } from '../../components/loadable.tsx'
import { MenuButton } from '../../components/menu/menu-button.tsx'
import { CoverageLine } from '../../components/coverage-line.tsx'
import { QueryLine } from '../../components/query-line.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { ViewsMenu } from '../../components/views/views-menu.tsx'
import { usePageActions } from '../../lib/actions.ts'
import type { QueryFilter, TokenKey } from '../../lib/query-line.ts'
import { usePageTitle } from '../../lib/title.ts'
import { typesNamed, type NamedType } from '../../lib/type-names.ts'
import { useCatalog } from '../../lib/use-catalog.ts'
import { FacetPanel } from './filter/facet-panel.tsx'
import { useFacets, useTagValues } from './filter/use-facets.ts'
import { useFacetRoom } from './filter/use-facet-room.ts'
import { useHandOn } from './hand-on/use-hand-on.ts'
import { ResourceDetails } from './inspect/resource-details.tsx'
import {
  filterOf,
  fromFirstPage,
  viewOf,
  withoutFilter,
  resourcesSearch,
  type ResourcesSearch,
} from './resources-search.ts'
import styles from './resources.module.css'
import { ColumnMenu } from './table/column-menu.tsx'
import { GroupBy } from './table/group-by.tsx'
import { Position } from './table/position.tsx'
import { ResourceGrid } from './table/resource-grid.tsx'
import { SelectionBar } from './table/selection-bar.tsx'
import { useList } from './table/use-list.ts'
import { useQueryInput } from './use-query-input.ts'
import { UnknownNames } from './unknown-names.tsx'

// Most lists have rows.
const EmptyList = lazy(async () => ({ default: (await import('./empty-list.tsx')).EmptyList }))

const route = getRouteApi('/resources')

/** The inventory: one query line, facets, rows, and the inspector beside them. All of it stands in the address. */
export const ResourcesPage = () => {
  usePageTitle('Resources')
  // Again: the router hands on what its validation left out.
  const search = resourcesSearch(route.useSearch())
  const navigate = route.useNavigate()
  const go = (next: ResourcesSearch, replace = false) => void navigate({ search: next, replace })
  const catalog = useCatalog()
  const { input, facetInput, ...unknown } = useQueryInput(search)
  const { facets, query: facetQuery } = useFacets(facetInput)
  const [tagKey, setTagKey] = useState<string>()
  const tagValue = useTagValues(facetInput, tagKey).data
  const area = useRef<HTMLDivElement>(null)
  const [isSaving, setSaving] = useState(false)
  const list = useList({ search, input, facets, area, go })
  const room = useFacetRoom(search, go)
  const filter = filterOf(search)
  const setFilter = (written: QueryFilter) => {
    const next = withFullTypes(written, catalog)
    // An empty list clears the scope, which would stay otherwise. Typing must not fill the history with half-written words.
    go({ ...withoutFilter(search), account: [], region: [], ...next }, next.text !== search.text)
  }
  const wordFor = (key: TokenKey, value: string) =>
    key === 'account' || key === 'type' ? (facets[key].find((facet) => facet.value === value)?.label ?? value) : value
  const handOn = useHandOn(
    input,
    search,
    facets.region.map(({ value }) => value),
  )
  usePageActions([...handOn, { id: 'save-view', title: 'Save this view', run: () => setSaving(true) }])
  const { coverage, total } = list
  return (
    <div className={styles.layout}>
      <div className={styles.list} data-covered={search.open !== undefined}>
        <div className={styles.head}>
          <h1>Resources</h1>
          <div className={styles.line}>
            <QueryLine
              filter={filter}
              onChange={setFilter}
              facets={tagValue ? { ...facets, tagValue } : facets}
              wordFor={wordFor}
              onTagKey={setTagKey}
              onLeave={list.focus}
            />
          </div>
          <IconButton icon="filter" label="Filters" aria-pressed={room.areShown} onClick={room.toggle} />
          <ColumnMenu
            chosen={search.columns}
            tags={facets.tag}
            onChange={(columns) => {
              const { columns: _, ...rest } = search
              go(columns ? { ...rest, columns } : rest, true)
            }}
          />
          <ViewsMenu
            page="resources"
            search={viewOf(search)}
            isSaving={isSaving}
            onSaving={setSaving}
            onOpen={(view) => void navigate({ href: `/resources?${view.search}` })}
          />
          <MenuButton icon="download" label="Export and copy" entries={handOn} />
        </div>
        <div className={styles.facts}>
          <CoverageLine coverage={coverage} />
          <PendingChanges count={list.pending} onApply={list.apply} />
          {list.selection.rows.length > 0 && <SelectionBar rows={list.selection.rows} onClear={list.selection.clear} />}
          <GroupBy
            group={search.group}
            tags={facets.tag}
            onChange={(group) => {
              const { group: _, ...rest } = fromFirstPage(search)
              go(group ? { ...rest, group } : rest)
            }}
          />
          {total !== undefined && <Position {...list.position} total={total} />}
        </div>
        <UnknownNames {...unknown} />
        <div className={styles.body}>
          {room.areShown && (
            <FacetPanel query={facetQuery} facets={facets} filter={filter} input={facetInput} onChange={setFilter} />
          )}
          <div className={styles.rows} ref={area}>
            <Loadable
              query={list.query}
              what="The resources could not be loaded"
              skeleton={
                <div className={styles.skeleton}>
                  {/* Where a name is wrong nothing is asked, so nothing is on its way. */}
                  {unknown.unknownAccounts.length + unknown.unknownTypes.length === 0 && <Skeleton lines={20} />}
                </div>
              }
            >
              {() =>
                total === 0 && coverage ? (
                  <Suspense fallback={null}>
                    <EmptyList coverage={coverage} filter={filter} onChange={setFilter} wordFor={wordFor} />
                  </Suspense>
                ) : (
                  <ResourceGrid {...list.grid} search={search} />
                )
              }
            </Loadable>
          </div>
        </div>
      </div>
      {search.open !== undefined && (
        <Inspector
          label="Resource"
          onClose={list.close}
          actions={
            <Link
              to="/resources/$id"
              params={{ id: search.open }}
              search={search.tab ? { tab: search.tab } : {}}
              title="Open as a page"
              aria-label="Open as a page"
            >
              <PageIcon />
            </Link>
          }
        >
          <ResourceDetails
            id={search.open}
            heading={room.isNarrow ? 'h1' : 'h2'}
            tab={search.tab ?? 'summary'}
            onTab={(tab) => go({ ...search, tab }, true)}
            onFollow={list.follow}
          />
        </Inspector>
      )}
    </div>
  )
}

/** The address has the full names, so the columns beside the rows know which are chosen. */
const withFullTypes = (filter: QueryFilter, catalog: readonly NamedType[]): QueryFilter => {
  if (!filter.type) return filter
  const full = filter.type.flatMap((word) => {
    const types = typesNamed(word, catalog)
    return types.length ? types : [word]
  })
  return { ...filter, type: [...new Set(full)] }
}

const PageIcon = () => (
  <span style={{ display: 'inline-flex', padding: 6, color: 'var(--muted)' }}>
    <Icon name="page" />
  </span>
)
