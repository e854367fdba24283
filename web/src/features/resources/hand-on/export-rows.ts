import { defaultExportColumns } from '@dashboard/contract/export-columns.ts'
import { apiQuery } from '../../../lib/hand-on/api-query.ts'
import { download } from '../../../lib/hand-on/download.ts'
import { notify } from '../../../lib/notice.ts'
import { problemOf } from '../../../lib/problem.ts'
import type { FilterInput } from '../list-input.ts'
import { tagOf, type ResourcesSearch } from '../resources-search.ts'

export type ExportFormat = 'csv' | 'json'

/** `resources-2026-11-25-1402.csv`, in the reader's own time. */
export const fileName = (format: ExportFormat, now: Date): string => {
  const two = (value: number) => String(value).padStart(2, '0')
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-')
  return `resources-${day}-${two(now.getHours())}${two(now.getMinutes())}.${format}`
}

/** Everything the filter shows, in its order; tags that are columns join the CSV's own, which naming them would replace. */
export const exportQuery = (format: ExportFormat, input: FilterInput, search: ResourcesSearch): string => {
  const { sort = 'name', order = 'asc', columns = [] } = search
  const tags = columns.filter((field) => tagOf(field) !== undefined)
  return apiQuery({
    format,
    ...input,
    sort,
    order,
    ...(format === 'csv' && tags.length ? { columns: [...defaultExportColumns, ...tags] } : {}),
  })
}

/** Saves the rows of the filter as a file, all of them, not only those that are loaded. */
export const exportRows = async (format: ExportFormat, input: FilterInput, search: ResourcesSearch): Promise<void> => {
  const name = fileName(format, new Date())
  notify(`Exporting to ${name} …`)
  try {
    await download(`/api/resources/export?${exportQuery(format, input, search)}`, name)
    notify(`Exported to ${name}`)
  } catch (error) {
    notify(`The export failed: ${problemOf(error).message}`, 'bad')
  }
}
