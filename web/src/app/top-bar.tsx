import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Icon } from '../components/icon.tsx'
import { IconButton } from '../components/icon-button.tsx'
import { JobTrayButton } from '../features/jobs/job-tray-button.tsx'
import { notify } from '../lib/notice.ts'
import { problemOf } from '../lib/problem.ts'
import { session, signOut } from '../lib/session.ts'
import { useStore } from '../lib/store.ts'
import { toggleSheet } from './frame-state.ts'
import { LiveDot } from './live-dot.tsx'
import { SearchBox } from './search-box.tsx'
import styles from './top-bar.module.css'

export const TopBar = ({ onMenu }: { onMenu: () => void }) => (
  <header className={styles.bar}>
    <IconButton icon="menu" label="Open the menu" className={styles.menu} onClick={onMenu} />
    <SearchBox />
    <div className={styles.right}>
      <LiveDot />
      <JobTrayButton />
      <IconButton
        icon="help"
        label="Keyboard shortcuts"
        className={styles.wideOnly}
        onClick={() => toggleSheet(true)}
      />
      <UserMenu />
    </div>
  </header>
)

const UserMenu = () => {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const navigate = useNavigate()
  const now = useStore(session)
  const email = now.phase === 'signed-in' ? now.user.email : ''
  const close = () => setAnchor(null)
  const leave = () => void signOut().catch((error: unknown) => notify(problemOf(error).message, 'bad'))
  return (
    <>
      <button
        type="button"
        className={styles.user}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-label={`Your account, ${email}`}
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
      >
        <Icon name="user" />
        <span>{email}</span>
      </button>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={close}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
      >
        <MenuItem
          onClick={() => {
            close()
            void navigate({ to: '/settings' })
          }}
        >
          Settings
        </MenuItem>
        <MenuItem onClick={leave}>Sign out</MenuItem>
      </Menu>
    </>
  )
}
