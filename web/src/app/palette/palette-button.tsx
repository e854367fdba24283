import { lazy, Suspense } from 'react'
import { Icon } from '../../components/icon.tsx'
import { useStore } from '../../lib/store.ts'
import { loadPalette } from './load-palette.ts'
import { palette, togglePalette } from './palette-state.ts'
import styles from './palette-button.module.css'

// Loaded at the first press: the first page needs no palette.
const PaletteDialog = lazy(async () => ({ default: (await loadPalette()).PaletteDialog }))

const isMac = /mac/i.test(navigator.userAgent)

/** The way into the command palette, from every page. */
export const PaletteButton = () => {
  const { open } = useStore(palette)
  return (
    <>
      <button
        type="button"
        className={styles.button}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => togglePalette(true)}
      >
        <Icon name="search" size={14} />
        <span className={styles.words}>Search or do</span>
        <kbd aria-hidden="true">{isMac ? '⌘ K' : 'Ctrl K'}</kbd>
      </button>
      <Suspense fallback={null}>{open && <PaletteDialog />}</Suspense>
    </>
  )
}
