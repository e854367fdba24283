import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, Suspense, useRef, useState } from 'react'
import { CoverageLine } from '../../components/coverage-line.tsx'
import { Icon } from '../../components/icon.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { Inspector } from '../../components/inspector.tsx'
import { Loadable } from '../../components/loadable.tsx'
import { QueryLine } from '../../components/query-line.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { counted } from '../../lib/format.ts'
import type { QueryFilter, QueryKey } from '../../lib/query-line.ts'
import { usePageTitle } from '../../lib/title.ts'
import { typesNamed, type NamedType } from '../../lib/type-names.ts'
import { useCatalog } from '../../lib/use-catalog.ts'
import { ColumnMenu } from './column-menu.tsx'
import type { Row } from './columns.tsx'
import { FacetPanel } from './facet-panel.tsx'
import { pageSize } from './list-input.ts'
import { Paging } from './paging.tsx'
import { ResourceDetails } from './resource-details.tsx'
import { ResourceGrid } from './resource-grid.tsx'
import { filterOf, fromFirstPage, type ResourcesSearch } from './resources-search.ts'
import styles from './resources.module.css'
import { SelectionBar } from './selection-bar.tsx'
import { nextPage, pagingOf, previousPage, type Paging as PagingState } from './token-stack.ts'
import { useFacets } from './use-facets.ts'
import { useRowKeys } from './use-row-keys.ts'
import { useArrivals, useResources } from './use-resources.ts'

// Most lists have rows.
const EmptyList = lazy(async () => ({ default: (await import('./empty-list.tsx')).EmptyList }))

const route = getRouteApi('/resources')
const noRows: Row[] = []
const narrow = '(max-width: 1000px)'
const crowded = '(max-width: 1700px)'

/** The inventory: one query line, facets, rows, and the inspector beside them. All of it stands in the address. */
export const ResourcesPage = () => {
  usePageTitle('Resources')
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { facets, query: facetQuery } = useFacets()
  const catalog = useCatalog()
  const { query, unknownAccounts, unknownTypes } = useResources(search)
  const area = useRef<HTMLDivElement>(null)
  const arrivals = useArrivals(area)
  const [cursor, setCursor] = useState<string | null>(search.open ?? null)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())

  const go = (next: ResourcesSearch, replace = false) => void navigate({ search: next, replace })
  const setFilter = (written: QueryFilter) => {
    const next = withFullTypes(written, catalog)
    const {
      service: _s,
      type: _t,
      region: _r,
      account: _a,
      state: _st,
      tag: _tg,
      text: _x,
      ...rest
    } = fromFirstPage(search)
    // An empty list clears the scope, which would stay otherwise. Typing must not fill the history with half-written words.
    go({ ...rest, account: [], region: [], ...next }, next.text !== search.text)
  }
  const setPaging = ({ page, after }: PagingState) =>
    go({ ...fromFirstPage(search), ...(page > 1 ? { page: String(page), after } : {}) })
  const open = (id: string | undefined, replace = false) => {
    const { open: before, tab, ...rest } = search
    go(id === undefined ? rest : { ...rest, open: id, ...(tab && before ? { tab } : {}) }, replace)
  }
  const wordFor = (key: QueryKey, value: string) =>
    key === 'account' || key === 'type' ? (facets[key].find((facet) => facet.value === value)?.label ?? value) : value

  const rows = query.data?.items ?? noRows
  const paging = pagingOf(search.page, search.after)
  // While the next page loads the rows are still the last one's, and so is what is said about them.
  const [shownPaging, setShownPaging] = useState(paging)
  if (!query.isPlaceholderData && shownPaging.page !== paging.page) setShownPaging(paging)
  useRowKeys({
    ids: rows.map(({ id }) => id),
    cursor,
    isOpen: search.open !== undefined,
    onMove: (id) => {
      setCursor(id)
      if (search.open !== undefined) open(id, true)
    },
    onOpen: (id) => open(id),
    onClose: () => open(undefined, true),
    onToggle: (id) =>
      setSelected((now) => (now.has(id) ? new Set([...now].filter((other) => other !== id)) : new Set([...now, id]))),
    onApply: arrivals.apply,
  })
  // The columns need the room that the inspector takes, unless somebody asks for both.
  const isFolded = search.open !== undefined && matchMedia(crowded).matches
  const areFacetsShown = search.facets === 'shown' || (search.facets === undefined && !isFolded)
  const isNarrow = matchMedia(narrow).matches
  const [narrowFacets, setNarrowFacets] = useState(false)
  const toggleFacets = () => {
    if (isNarrow) return setNarrowFacets(!narrowFacets)
    const { facets: _, ...rest } = search
    if (areFacetsShown) return go(isFolded ? rest : { ...rest, facets: 'hidden' }, true)
    go(isFolded ? { ...rest, facets: 'shown' } : rest, true)
  }
  return (
    <div className={styles.layout}>
      <div className={styles.list} data-covered={search.open !== undefined}>
        <div className={styles.head}>
          <h1>Resources</h1>
          <div className={styles.line}>
            <QueryLine filter={filterOf(search)} onChange={setFilter} facets={facets} wordFor={wordFor} />
          </div>
          <IconButton
            icon="filter"
            label="Filters"
            aria-pressed={isNarrow ? narrowFacets : areFacetsShown}
            onClick={toggleFacets}
          />
          <ColumnMenu
            chosen={search.columns}
            onChange={(columns) => {
              const { columns: _, ...rest } = search
              go(columns ? { ...rest, columns } : rest, true)
            }}
          />
        </div>
        <div className={styles.facts}>
          <CoverageLine coverage={query.data?.coverage} />
          {arrivals.pending > 0 && (
            <button type="button" className={styles.apply} onClick={arrivals.apply}>
              {counted(arrivals.pending, 'change')}, press . to apply
            </button>
          )}
          {selected.size > 0 && <SelectionBar rows={rows} selected={selected} onClear={() => setSelected(new Set())} />}
          {query.data && (
            <Paging
              paging={shownPaging}
              pageSize={pageSize}
              shown={rows.length}
              total={query.data.total}
              onPrevious={() => setPaging(previousPage(paging))}
              onNext={
                query.data.nextToken === undefined || query.isPlaceholderData
                  ? undefined
                  : () => setPaging(nextPage(paging, query.data.nextToken ?? ''))
              }
            />
          )}
        </div>
        {unknownAccounts.length > 0 && (
          <p className={styles.notice}>
            No connected account is called {unknownAccounts.join(' or ')}. Remove that filter, or choose an account from
            the list.
          </p>
        )}
        {unknownTypes.map(({ word, nearest }) => (
          <p key={word} className={styles.notice}>
            No such type: {word}
            {nearest === undefined ? '. Choose one from the list.' : `; did you mean ${nearest}?`}
          </p>
        ))}
        <div className={styles.body}>
          {(isNarrow ? narrowFacets : areFacetsShown) && (
            <FacetPanel query={facetQuery} facets={facets} filter={filterOf(search)} onChange={setFilter} />
          )}
          <div className={styles.rows} ref={area}>
            <Loadable
              query={query}
              what="The resources could not be loaded"
              skeleton={
                unknownAccounts.length + unknownTypes.length > 0 ? null : (
                  <div className={styles.skeleton}>
                    <Skeleton lines={20} />
                  </div>
                )
              }
            >
              {({ coverage }) =>
                rows.length === 0 ? (
                  <Suspense fallback={null}>
                    <EmptyList coverage={coverage} filter={filterOf(search)} onChange={setFilter} wordFor={wordFor} />
                  </Suspense>
                ) : (
                  <ResourceGrid
                    rows={rows}
                    search={search}
                    loading={false}
                    cursor={cursor}
                    selected={selected}
                    onCursor={setCursor}
                    onOpen={(id) => {
                      setCursor(id)
                      open(id, search.open !== undefined)
                    }}
                    onSelect={setSelected}
                    onSort={(sort, order) =>
                      go({ ...fromFirstPage(search), ...(sort ? { sort } : {}), ...(order ? { order } : {}) })
                    }
                  />
                )
              }
            </Loadable>
          </div>
        </div>
      </div>
      {search.open !== undefined && (
        <Inspector
          label="Resource"
          onClose={() => open(undefined, true)}
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
            heading={isNarrow ? 'h1' : 'h2'}
            tab={search.tab ?? 'summary'}
            onTab={(tab) => go({ ...search, tab }, true)}
            onFollow={(id) => {
              setCursor(id)
              go({ ...search, open: id, tab: 'summary' })
            }}
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
