import { lazy, Suspense, useState } from 'react'
import { IconButton } from '../icon-button.tsx'
import type { IconName } from '../icon.tsx'
import type { MenuEntry } from './menu-list.tsx'

// Loaded at the first press.
const MenuList = lazy(async () => ({ default: (await import('./menu-list.tsx')).MenuList }))

interface MenuButtonProps {
  icon: IconName
  label: string
  entries: readonly MenuEntry[]
}

/** An icon that opens a list of things to do. */
export const MenuButton = ({ icon, label, entries }: MenuButtonProps) => {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  return (
    <>
      <IconButton
        icon={icon}
        label={label}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
      />
      <Suspense fallback={null}>
        {anchor && <MenuList anchor={anchor} label={label} entries={entries} onClose={() => setAnchor(null)} />}
      </Suspense>
    </>
  )
}
