import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { toggleTray } from '../features/jobs/tray-state.ts'
import { toggleRail, toggleSheet } from './frame-state.ts'
import { destinations } from './pages.ts'
import { loadPalette } from './palette/load-palette.ts'
import { palette, togglePalette } from './palette/palette-state.ts'

/** How long after `g` the second key counts. */
const sequenceMs = 1_200

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** The key that opens the palette, also while somebody types; no other dialog may be open. */
const isPaletteKey = ({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean =>
  key.toLowerCase() === 'k' && ctrlKey !== metaKey && !altKey && !shiftKey

/** The shortcuts that work on every page. */
export const useShortcuts = () => {
  const navigate = useNavigate()
  useEffect(() => {
    let goneAt = -Infinity
    const search = () => {
      const line = document.querySelector<HTMLElement>('[data-query-line]')
      if (line) return line.focus()
      togglePalette(true)
    }
    const actions: Record<string, () => void> = {
      '/': search,
      '[': toggleRail,
      '?': () => toggleSheet(true),
      J: toggleTray,
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Control' || event.key === 'Meta') void loadPalette()
      if (isPaletteKey(event)) {
        event.preventDefault()
        if (palette.get().open || !document.querySelector('.MuiDialog-root')) togglePalette(!palette.get().open)
        return
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      if (document.querySelector('[role="dialog"][aria-modal="true"], .MuiDialog-root')) return
      if (event.timeStamp - goneAt < sequenceMs) {
        goneAt = -Infinity
        const page = destinations.find(({ key }) => key === event.key)
        if (page) {
          event.preventDefault()
          event.stopImmediatePropagation()
          return void navigate({ to: page.to })
        }
      }
      if (event.key === 'g') goneAt = event.timeStamp
      const action = actions[event.key]
      if (!action) return
      event.preventDefault()
      action()
    }
    // Captured, so that the second key of `g j` does not also reach the page's own `j`.
    addEventListener('keydown', onKey, true)
    return () => removeEventListener('keydown', onKey, true)
  }, [navigate])
}
