import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import { useNavigate } from '@tanstack/react-router'
import { notify } from '../lib/notice.ts'
import { problemOf } from '../lib/problem.ts'
import { signOut } from '../lib/session.ts'

export const UserMenuList = ({ anchor, onClose }: { anchor: HTMLElement; onClose: () => void }) => {
  const navigate = useNavigate()
  const openSettings = () => {
    onClose()
    void navigate({ to: '/settings' })
  }
  const leave = () => {
    onClose()
    void signOut().catch((error: unknown) => notify(problemOf(error).message, 'bad'))
  }
  return (
    <Menu
      open
      anchorEl={anchor}
      onClose={onClose}
      anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
      transformOrigin={{ vertical: 'top', horizontal: 'right' }}
      // It floats outside every landmark; a dialog is a place of its own.
      slotProps={{ paper: { role: 'dialog', 'aria-label': 'Your account' }, list: { 'aria-label': 'Your account' } }}
    >
      <MenuItem onClick={openSettings}>Settings</MenuItem>
      <MenuItem onClick={leave}>Sign out</MenuItem>
    </Menu>
  )
}
