import type { ScopeRow } from '@dashboard/contract/scopes.ts'
import type { ScopeStatus } from '@dashboard/contract/vocabulary.ts'
import { shortType } from '../../lib/format.ts'
import type { CatalogType } from '../../lib/use-catalog.ts'

export type Cell = ScopeRow['cells'][number]

export interface MatrixColumn {
  resourceType: string
  service: string
  label: string
}

export interface MatrixRow {
  accountId: string
  accountName: string
  region: string
  /** How many rows its account has from here; 0 on all but the account's first. */
  span: number
  /** One for each column; null where the type is not asked for there. */
  cells: (Cell | null)[]
}

export interface Matrix {
  services: { service: string; columns: number }[]
  columns: MatrixColumn[]
  rows: MatrixRow[]
}

export interface MatrixFilter {
  status?: readonly ScopeStatus[] | undefined
  held?: boolean | undefined
  region?: readonly string[] | undefined
}

export const isWanted = (cell: Pick<Cell, 'status' | 'held'>, { status, held }: MatrixFilter): boolean =>
  (!status?.length || status.includes(cell.status)) && (!held || cell.held)

const columnOf = (resourceType: string, catalog: readonly CatalogType[]): MatrixColumn => {
  const entry = catalog.find((candidate) => candidate.resourceType === resourceType)
  return {
    resourceType,
    service: entry?.service ?? (resourceType.split('::')[1] ?? '').toLowerCase(),
    label: entry?.label ?? shortType(resourceType),
  }
}

const byServiceAndLabel = (a: MatrixColumn, b: MatrixColumn) =>
  a.service.localeCompare(b.service) || a.label.localeCompare(b.label)

const servicesOf = (columns: MatrixColumn[]): Matrix['services'] =>
  [...Map.groupBy(columns, ({ service }) => service)].map(([service, members]) => ({
    service,
    columns: members.length,
  }))

/** The ledger as a table of account and region by type; rows and columns without anything wanted are left out. */
export const matrixOf = (rows: readonly ScopeRow[], catalog: readonly CatalogType[], filter: MatrixFilter): Matrix => {
  const shown = rows.filter(
    ({ region, cells }) =>
      (!filter.region || filter.region.includes(region)) && cells.some((cell) => isWanted(cell, filter)),
  )
  const types = new Set(
    shown.flatMap(({ cells }) => cells.filter((cell) => isWanted(cell, filter)).map((cell) => cell.resourceType)),
  )
  const columns = [...types].map((type) => columnOf(type, catalog)).toSorted(byServiceAndLabel)
  const accounts = Map.groupBy(shown, ({ accountId }) => accountId)
  return {
    services: servicesOf(columns),
    columns,
    rows: [...accounts.values()].flatMap((members) =>
      members.map(({ accountId, accountName, region, cells }, index) => ({
        accountId,
        accountName,
        region,
        span: index === 0 ? members.length : 0,
        cells: columns.map(({ resourceType }) => cells.find((cell) => cell.resourceType === resourceType) ?? null),
      })),
    ),
  }
}

/** `EC2 instance` under the heading `ec2` is `Instance`. */
export const shortLabel = (label: string, service: string): string => {
  const [first = '', ...rest] = label.split(' ')
  if (first.toLowerCase() !== service || rest.length === 0) return label
  const words = rest.join(' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A cell's position, counted from 0. */
export interface At {
  row: number
  column: number
}

type Cells = readonly { cells: readonly unknown[] }[]

const isThere = (rows: Cells, { row, column }: At): boolean => (rows[row]?.cells[column] ?? null) !== null

const walk = (rows: Cells, from: At, by: At): At | null => {
  const columns = rows[0]?.cells.length ?? 0
  let at = { row: from.row + by.row, column: from.column + by.column }
  while (at.row >= 0 && at.row < rows.length && at.column >= 0 && at.column < columns) {
    if (isThere(rows, at)) return at
    at = { row: at.row + by.row, column: at.column + by.column }
  }
  return null
}

const arrows: Record<string, At> = {
  ArrowRight: { row: 0, column: 1 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowDown: { row: 1, column: 0 },
  ArrowUp: { row: -1, column: 0 },
}

/** Where a key leads from a cell, over the gaps; null when it leads nowhere. Home and End go to the ends of the row. */
export const moved = (rows: Cells, at: At, key: string): At | null => {
  const by = arrows[key]
  if (by) return walk(rows, at, by)
  if (key === 'Home') return walk(rows, { row: at.row, column: -1 }, { row: 0, column: 1 })
  if (key === 'End') return walk(rows, { row: at.row, column: rows[0]?.cells.length ?? 0 }, { row: 0, column: -1 })
  return null
}

/** The first cell there is. */
export const firstCell = (rows: Cells): At | null => {
  const row = rows.findIndex(({ cells }) => cells.some((cell) => cell !== null))
  return row < 0 ? null : walk(rows, { row, column: -1 }, { row: 0, column: 1 })
}
