import { defaultExportColumns } from '@dashboard/contract/export-columns.ts'
import type pg from 'pg'
import type { ExportColumn, ExportFormat } from '@dashboard/contract/resources.ts'
import type { Coverage } from '@dashboard/contract/vocabulary.ts'
import type { Database } from '../../db/database.ts'
import { readCoverage } from '../../discovery/coverage.ts'
import { conditionOf, type Filter } from '../filter.ts'
import { orderOf, type Sorting } from '../sort.ts'
import { presentSummary, selectSummaries, summaryColumns, type SummaryRow } from '../summary.ts'
import { byteStream } from './byte-stream.ts'
import { readByCursor } from './cursor.ts'
import { formats } from './formats.ts'

export interface ExportQuery extends Filter, Sorting {
  format: ExportFormat
  columns?: ExportColumn[] | undefined
}

export interface Export {
  headers: Record<string, string>
  body: ReadableStream<Uint8Array>
}

/** Rows held in memory at a time. */
const batch = 500

const names = Object.keys(summaryColumns)

/** The driver gives instants as `Date` and JSON as values, in the order of the columns; what follows them is not shown. */
const rowOf = (values: unknown[]): SummaryRow =>
  Object.fromEntries(names.map((name, index) => [name, values[index]])) as unknown as SummaryRow

async function* textOf(rows: AsyncGenerator<unknown[][], void, void>, query: ExportQuery): AsyncGenerator<string> {
  const format = formats[query.format]
  const columns = query.columns ?? defaultExportColumns
  let before = format.start(columns)
  let first = true
  for await (const group of rows) {
    const items = group.map((values) => presentSummary(rowOf(values)))
    yield before + format.rows(items, columns, first)
    before = ''
    first = false
  }
  yield before + format.end
}

/** How complete the file is: neither format has a place for it inside. */
const coverageHeaders = ({ scopes, completeAsOf }: Coverage): Record<string, string> => {
  const { SUCCEEDED = 0, NOT_SUPPORTED = 0, REGION_DISABLED = 0 } = scopes.byStatus
  return {
    'x-scopes': String(scopes.total),
    'x-scopes-incomplete': String(scopes.total - SUCCEEDED - NOT_SUPPORTED - REGION_DISABLED),
    ...(completeAsOf === null ? {} : { 'x-complete-as-of': completeAsOf }),
  }
}

const fileName = ({ format }: ExportQuery, now: Date): string => `resources-${now.toISOString().slice(0, 10)}.${format}`

/** Every resource that matches as a file, in the order of the list, in constant memory. */
export const exportResources = async (
  { db, pool }: { db: Database; pool: pg.Pool },
  query: ExportQuery,
): Promise<Export> => {
  const now = new Date()
  const coverage = await readCoverage(db, query)
  const rows = selectSummaries(db).where(conditionOf(query, now)).orderBy(orderOf(query))
  const body = await byteStream(textOf(readByCursor(pool, rows.toSQL(), batch), query))
  return {
    headers: {
      'content-type': formats[query.format].contentType,
      'content-disposition': `attachment; filename="${fileName(query, now)}"`,
      ...coverageHeaders(coverage),
    },
    body,
  }
}
