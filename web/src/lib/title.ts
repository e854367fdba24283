import { useEffect } from 'react'
import { createStore } from './store.ts'

const product = 'AWS Integration Dashboard'
const title = createStore({ page: '', progress: null as number | null })

title.subscribe(() => {
  const { page, progress } = title.get()
  const prefix = progress === null ? '' : `${progress} % · `
  document.title = `${prefix}${page ? `${page} · ` : ''}${product}`
})

/** Names the page in the browser's tab. */
export const usePageTitle = (page: string) => {
  useEffect(() => title.set((now) => ({ ...now, page })), [page])
}

/** Percent of the work under way, or null when there is none. */
export const setTitleProgress = (progress: number | null) => {
  if (title.get().progress !== progress) title.set((now) => ({ ...now, progress }))
}
