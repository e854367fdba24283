import { createStore } from './store.ts'

export interface Notice {
  id: number
  text: string
  tone: 'info' | 'bad'
}

export const notices = createStore<Notice[]>([])

const shownForMs = 6_000
let lastId = 0

/** A short message at the foot of the page, read out by screen readers, gone after six seconds. */
export const notify = (text: string, tone: Notice['tone'] = 'info') => {
  const id = ++lastId
  notices.set((now) => [...now.slice(-2), { id, text, tone }])
  setTimeout(() => notices.set((now) => now.filter((notice) => notice.id !== id)), shownForMs)
}
