import { lazy, Suspense, useState } from 'react'
import { IconButton } from '../../components/icon-button.tsx'
import { columns, usualColumns } from './columns.tsx'

// Loaded at the first press: the first view needs no list of columns.
const ColumnList = lazy(async () => ({ default: (await import('./column-list.tsx')).ColumnList }))

interface ColumnMenuProps {
  chosen: readonly string[] | undefined
  /** Undefined: the usual columns. */
  onChange: (columns: string[] | undefined) => void
}

/** Which columns the grid shows. */
export const ColumnMenu = ({ chosen, onChange }: ColumnMenuProps) => {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const shown = chosen ?? usualColumns
  const toggle = (field: string, on: boolean) => {
    const next = columns.map((column) => column.field).filter((other) => (other === field ? on : shown.includes(other)))
    if (next.length) onChange(next)
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
            onToggle={toggle}
            onReset={chosen && (() => onChange(undefined))}
            onClose={() => setAnchor(null)}
          />
        )}
      </Suspense>
    </>
  )
}
