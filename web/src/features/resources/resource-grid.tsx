import { DataGrid, useGridApiRef, type GridRowSelectionModel, type GridSortModel } from '@mui/x-data-grid'
import { useEffect, useMemo } from 'react'
import { columns, usualColumns, type Row } from './columns.tsx'
import { pageSize } from './list-input.ts'
import { sorts, type ResourcesSearch } from './resources-search.ts'
import styles from './resources.module.css'

interface ResourceGridProps {
  rows: Row[]
  search: ResourcesSearch
  loading: boolean
  /** The row that j, k, Enter and x are about. */
  cursor: string | null
  selected: ReadonlySet<string>
  onCursor: (id: string) => void
  onOpen: (id: string) => void
  onSelect: (ids: ReadonlySet<string>) => void
  onSort: (sort: ResourcesSearch['sort'], order: ResourcesSearch['order']) => void
}

const rowHeight = 32
const headerHeight = 26

// New objects each render would make the grid go back to its first page.
const onePage = { page: 0, pageSize }

/** The page of rows; paging, order and filter are the server's, so the grid only shows. */
export const ResourceGrid = (props: ResourceGridProps) => {
  const { rows, search, loading, cursor, selected, onCursor, onOpen, onSelect, onSort } = props
  const grid = useGridApiRef()
  const { sort = 'name', order = 'asc', columns: chosen, open } = search
  const sortModel = useMemo<GridSortModel>(() => [{ field: sort, sort: order }], [sort, order])
  const selection = useMemo<GridRowSelectionModel>(() => ({ type: 'include', ids: new Set(selected) }), [selected])
  const visibility = useMemo(() => {
    const shown = chosen ?? usualColumns
    return Object.fromEntries(columns.map(({ field }) => [field, shown.includes(field)]))
  }, [chosen])
  useEffect(() => {
    if (cursor === null) return
    const rowIndex = rows.findIndex(({ id }) => id === cursor)
    if (rowIndex >= 0) grid.current?.scrollToIndexes({ rowIndex })
  }, [cursor, rows, grid])
  return (
    <DataGrid
      className={styles.grid ?? ''}
      apiRef={grid}
      aria-label="Resources"
      rows={rows}
      columns={columns}
      columnVisibilityModel={visibility}
      rowHeight={rowHeight}
      columnHeaderHeight={headerHeight}
      paginationMode="server"
      sortingMode="server"
      filterMode="server"
      rowCount={rows.length}
      paginationModel={onePage}
      pageSizeOptions={[pageSize]}
      sortModel={sortModel}
      sortingOrder={['asc', 'desc']}
      loading={loading}
      checkboxSelection
      disableRowSelectionOnClick
      disableColumnMenu
      disableColumnFilter
      hideFooter
      rowSelectionModel={selection}
      onRowSelectionModelChange={({ type, ids }) =>
        onSelect(
          new Set(type === 'include' ? [...ids].map(String) : rows.map(({ id }) => id).filter((id) => !ids.has(id))),
        )
      }
      onSortModelChange={([first]) =>
        onSort(
          sorts.find((field) => field === first?.field),
          first?.sort ?? undefined,
        )
      }
      onRowClick={({ id }) => onOpen(String(id))}
      onCellClick={({ id }) => onCursor(String(id))}
      onCellKeyDown={({ id, field }, event) => {
        if (event.key !== 'Enter' || field === '__check__') return
        // Answered here, for the cell in focus; the page's own Enter is about its cursor.
        event.preventDefault()
        onOpen(String(id))
      }}
      getRowClassName={({ id }) => (id === open ? 'is-open' : id === cursor ? 'is-cursor' : '')}
    />
  )
}
