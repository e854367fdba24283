import { createStore } from '../../lib/store.ts'

export const tray = createStore({ open: false })

export const toggleTray = () => tray.set(({ open }) => ({ open: !open }))
