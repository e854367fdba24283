import type { ExportColumn, ExportFormat, ResourceSummary } from '@dashboard/contract/resources.ts'
import { cellOf } from './columns.ts'
import { csvRecord } from './csv.ts'

interface Format {
  contentType: string
  /** Text before the rows, of each group of rows (of which `first` tells the first one), and after them. */
  start(columns: readonly ExportColumn[]): string
  rows(items: readonly ResourceSummary[], columns: readonly ExportColumn[], first: boolean): string
  end: string
}

export const formats: Record<ExportFormat, Format> = {
  csv: {
    contentType: 'text/csv; charset=utf-8; header=present',
    start: csvRecord,
    rows: (items, columns) => items.map((item) => csvRecord(columns.map((column) => cellOf(item, column)))).join(''),
    end: '',
  },
  json: {
    contentType: 'application/json',
    start: () => '[',
    rows: (items, _columns, first) => (first ? '\n' : ',\n') + items.map((item) => JSON.stringify(item)).join(',\n'),
    end: '\n]\n',
  },
}
