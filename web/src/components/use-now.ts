import { createStore, useStore } from '../lib/store.ts'

const everyMs = 15_000
const now = createStore(Date.now())

setInterval(() => document.visibilityState === 'visible' && now.set(Date.now()), everyMs)

/** The time in milliseconds, renewed every 15 s for everyone at once, so that ages on one screen agree. */
export const useNow = (): number => useStore(now)
