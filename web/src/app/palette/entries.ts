import type { IconName } from '../../components/icon.tsx'
import type { Action } from '../../lib/actions.ts'

/** One line of the palette: a place to go to, or something to do. */
export type Entry = { id: string; icon: IconName; title: string; note?: string; keys?: string } & (
  | { href: string }
  | { run: () => void }
)

export interface EntryGroup {
  title: string
  entries: Entry[]
}

export const actionEntry = ({ id, title, keys, run }: Action): Entry => ({
  id: `action ${id}`,
  icon: 'terminal',
  title,
  ...(keys ? { keys } : {}),
  run,
})

/** All entries in the order of the screen. */
export const flat = (groups: readonly EntryGroup[]): Entry[] => groups.flatMap(({ entries }) => entries)
