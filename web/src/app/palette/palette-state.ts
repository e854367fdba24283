import { createStore } from '../../lib/store.ts'

export const palette = createStore({ open: false })

export const togglePalette = (open: boolean) => palette.set({ open })
