import Button from '@mui/material/Button'
import Popover from '@mui/material/Popover'
import { useState } from 'react'
import { IconButton } from '../../components/icon-button.tsx'
import { columns, usualColumns } from './columns.tsx'
import styles from './resources.module.css'

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
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{
          paper: { role: 'dialog', 'aria-label': 'Columns', sx: { paddingBlock: 1, boxShadow: 'var(--float)' } },
        }}
      >
        {columns.map(({ field, headerName }) => (
          <label key={field} className={styles.menu}>
            <input
              type="checkbox"
              checked={shown.includes(field)}
              onChange={({ target }) => toggle(field, target.checked)}
            />
            {headerName}
          </label>
        ))}
        {chosen && (
          <Button variant="text" className={styles.reset ?? ''} onClick={() => onChange(undefined)}>
            Show the usual columns
          </Button>
        )}
      </Popover>
    </>
  )
}
