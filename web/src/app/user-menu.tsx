import { lazy, Suspense, useState } from 'react'
import { Icon } from '../components/icon.tsx'
import { session } from '../lib/session.ts'
import { useStore } from '../lib/store.ts'
import styles from './top-bar.module.css'

// Loaded at the first press: the first page needs no menu.
const UserMenuList = lazy(async () => ({ default: (await import('./user-menu-list.tsx')).UserMenuList }))

/** Who is signed in, and what they can do about it. */
export const UserMenu = () => {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const now = useStore(session)
  const email = now.phase === 'signed-in' ? now.user.email : ''
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
      <Suspense fallback={null}>{anchor && <UserMenuList anchor={anchor} onClose={() => setAnchor(null)} />}</Suspense>
    </>
  )
}
