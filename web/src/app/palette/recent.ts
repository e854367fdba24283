import { createStore } from '../../lib/store.ts'

/** A place somebody went to from the palette. */
export interface Recent {
  href: string
  title: string
  note: string
}

const key = 'dashboard:palette-recent'
const most = 6

const read = (): Recent[] => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isRecent).slice(0, most) : []
  } catch {
    return []
  }
}

const isRecent = (value: unknown): value is Recent =>
  typeof value === 'object' &&
  value !== null &&
  ['href', 'title', 'note'].every((part) => typeof (value as Record<string, unknown>)[part] === 'string')

export const recents = createStore<readonly Recent[]>(read())

/** Newest first, each once. */
export const remember = ({ href, title, note }: Recent) => {
  const next = [{ href, title, note }, ...recents.get().filter((other) => other.href !== href)].slice(0, most)
  recents.set(next)
  localStorage.setItem(key, JSON.stringify(next))
}
