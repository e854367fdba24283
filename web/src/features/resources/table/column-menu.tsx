import { lazy, Suspense, useState } from 'react'
import { IconButton } from '../../../components/icon-button.tsx'
import type { FacetValue } from '../../../lib/suggest.ts'
import { columns, usualColumns } from './columns.tsx'

// Loaded at the first press: the first view needs no list of columns.
const ColumnList = lazy(async () => ({ default: (await import('./column-list.tsx')).ColumnList }))

interface ColumnMenuProps {
  chosen: readonly string[] | undefined
  /** The tags there are, with how many resources have each. */
  tags: readonly FacetValue[]
  /** Undefined: the usual columns. */
  onChange: (columns: string[] | undefined) => void
}

/** Which columns the grid shows, tags among them. */
export const ColumnMenu = ({ chosen, tags, onChange }: ColumnMenuProps) => {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const shown = chosen ?? usualColumns
  const toggle = (field: string, on: boolean) => {
    const others = shown.filter((other) => other !== field)
    const next = on ? [...others, field] : others
    if (next.length) onChange(inOrder(next))
  }
  return (
    <>
      <IconButton
        icon="columns"
        label="Columns"
        aria-expanded={anchor !== null}
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
      />
      <Suspense fallback={null}>
        {anchor && (
          <ColumnList
            anchor={anchor}
            shown={shown}
            tags={tags}
            onToggle={toggle}
            onSet={(fields) => onChange(fields)}
            onClose={() => setAnchor(null)}
          />
        )}
      </Suspense>
    </>
  )
}

/** Known columns in their own order, tags after them as they were chosen. */
const inOrder = (fields: string[]): string[] => [
  ...columns.map(({ field }) => field).filter((field) => fields.includes(field)),
  ...fields.filter((field) => !columns.some((column) => column.field === field)),
]
