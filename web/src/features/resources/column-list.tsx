import Button from '@mui/material/Button'
import Popover from '@mui/material/Popover'
import { columns } from './columns.tsx'
import styles from './resources.module.css'

interface ColumnListProps {
  anchor: HTMLElement
  shown: readonly string[]
  onToggle: (field: string, on: boolean) => void
  /** Undefined while the usual columns show. */
  onReset: (() => void) | undefined
  onClose: () => void
}

export const ColumnList = ({ anchor, shown, onToggle, onReset, onClose }: ColumnListProps) => (
  <Popover
    open
    anchorEl={anchor}
    onClose={onClose}
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
          onChange={({ target }) => onToggle(field, target.checked)}
        />
        {headerName}
      </label>
    ))}
    {onReset && (
      <Button variant="text" className={styles.reset ?? ''} onClick={onReset}>
        Show the usual columns
      </Button>
    )}
  </Popover>
)
