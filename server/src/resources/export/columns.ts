import type { ResourceSummary, ExportColumn } from '@dashboard/contract/resources.ts'

const tagPrefix = 'tag:'

/** Text of one cell; null where there is nothing. Tags are JSON. */
export const cellOf = (item: ResourceSummary, column: ExportColumn): string | null => {
  if (column.startsWith(tagPrefix)) {
    const key = column.slice(tagPrefix.length)
    return Object.hasOwn(item.tags, key) ? (item.tags[key] ?? null) : null
  }
  const value = item[column as keyof ResourceSummary]
  return value === null || typeof value === 'string' ? value : JSON.stringify(value)
}
