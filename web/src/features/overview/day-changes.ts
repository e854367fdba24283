import type { Overview } from '@dashboard/contract/overview.ts'
import type { z } from 'zod'

export type DayOfChanges = z.infer<typeof Overview>['changesByDay'][number]

export const changeKinds = [
  { kind: 'CREATED', field: 'created', word: 'created' },
  { kind: 'CHANGED', field: 'changed', word: 'changed' },
  { kind: 'DELETED', field: 'deleted', word: 'deleted' },
] as const

export const changesOf = ({ created, changed, deleted }: DayOfChanges): number => created + changed + deleted

/** The filter that shows what changed on a day; days are UTC. What was deleted is listed only when asked for. */
export const searchOf = (day: DayOfChanges) => ({
  changedSince: `${day.day}T00:00:00.000Z`,
  changedUntil: `${day.day}T23:59:59.999Z`,
  change: changeKinds.filter(({ field }) => day[field] > 0).map(({ kind }) => kind),
})

const dayName = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })

export const dayWords = ({ day }: Pick<DayOfChanges, 'day'>): string => dayName.format(new Date(`${day}T00:00:00Z`))

/** `Tue 24 Nov: 12 created, 3 changed`. */
export const changeWords = (day: DayOfChanges): string => {
  const parts = changeKinds.filter(({ field }) => day[field] > 0).map(({ field, word }) => `${day[field]} ${word}`)
  return `${dayWords(day)}: ${parts.join(', ') || 'no change'}`
}

export const totalsOf = (days: readonly DayOfChanges[]): Omit<DayOfChanges, 'day'> => ({
  created: days.reduce((sum, day) => sum + day.created, 0),
  changed: days.reduce((sum, day) => sum + day.changed, 0),
  deleted: days.reduce((sum, day) => sum + day.deleted, 0),
})
