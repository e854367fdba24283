import { createStore } from '../lib/store.ts'

const key = 'dashboard:rail-collapsed'

export const frame = createStore({ collapsed: localStorage.getItem(key) === '1', sheet: false })

export const toggleRail = () =>
  frame.set((now) => {
    localStorage.setItem(key, now.collapsed ? '0' : '1')
    return { ...now, collapsed: !now.collapsed }
  })

export const toggleSheet = (sheet: boolean) => frame.set((now) => ({ ...now, sheet }))
