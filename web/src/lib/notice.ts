import { createStore } from './store.ts'

export interface Notice {
  id: number
  text: string
  tone: 'info' | 'bad'
  /** Takes back what the text says was done. */
  undo?: () => void
}

export const notices = createStore<Notice[]>([])

const shownForMs = 6_000
const undoableForMs = 10_000
let lastId = 0

export const dismissNotice = (id: number) => notices.set((now) => now.filter((notice) => notice.id !== id))

const show = (notice: Omit<Notice, 'id'>, forMs: number) => {
  const id = ++lastId
  notices.set((now) => [...now.slice(-2), { id, ...notice }])
  setTimeout(() => dismissNotice(id), forMs)
}

/** A short message at the foot of the page, read out by screen readers, gone after six seconds. */
export const notify = (text: string, tone: Notice['tone'] = 'info') => show({ text, tone }, shownForMs)

/** Says what was done, and takes it back within ten seconds. */
export const notifyUndo = (text: string, undo: () => void) => show({ text, tone: 'info', undo }, undoableForMs)
