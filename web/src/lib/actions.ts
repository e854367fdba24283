import { useEffect, useEffectEvent } from 'react'
import { createStore } from './store.ts'

/** Something that can be done from the command palette. */
export interface Action {
  id: string
  /** Verb and object: “Export as CSV”. */
  title: string
  /** The shortcut that does the same. */
  keys?: string
  run: () => void
}

export const pageActions = createStore<readonly Action[]>([])

/** Offers actions of a page in the command palette while the page is there. */
export const usePageActions = (actions: readonly Action[]) => {
  const run = useEffectEvent((id: string) => actions.find((action) => action.id === id)?.run())
  const offered = JSON.stringify(actions.map(({ id, title, keys }) => ({ id, title, keys })))
  useEffect(() => {
    const mine = (JSON.parse(offered) as Omit<Action, 'run'>[]).map((action) => ({
      ...action,
      run: () => run(action.id),
    }))
    pageActions.set((now) => [...now, ...mine])
    return () => pageActions.set((now) => now.filter((action) => !mine.includes(action)))
  }, [offered])
}
