import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import styles from './menu.module.css'

export interface MenuEntry {
  title: string
  keys?: string
  run: () => void
}

interface MenuListProps {
  anchor: HTMLElement
  label: string
  entries: readonly MenuEntry[]
  onClose: () => void
}

export const MenuList = ({ anchor, label, entries, onClose }: MenuListProps) => (
  <Menu
    open
    anchorEl={anchor}
    onClose={onClose}
    anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
    transformOrigin={{ vertical: 'top', horizontal: 'right' }}
    // It floats outside every landmark; a dialog is a place of its own.
    slotProps={{ paper: { role: 'dialog', 'aria-label': label }, list: { 'aria-label': label } }}
  >
    {entries.map(({ title, keys, run }) => (
      <MenuItem
        key={title}
        className={styles.entry ?? ''}
        onClick={() => {
          onClose()
          run()
        }}
      >
        {title}
        {keys && <kbd>{keys}</kbd>}
      </MenuItem>
    ))}
  </Menu>
)
