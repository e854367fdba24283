import { expect, it } from 'vitest'
import { changeWords, searchOf, totalsOf } from './day-changes.ts'

const day = { day: '2026-11-24', created: 12, changed: 0, deleted: 1 }

it('opens exactly what changed on that day in UTC, also what is gone', () => {
  expect(searchOf(day)).toEqual({
    changedSince: '2026-11-24T00:00:00.000Z',
    changedUntil: '2026-11-24T23:59:59.999Z',
    change: ['CREATED', 'DELETED'],
  })
})

it('says a day in words, the same in every time zone', () => {
  expect(changeWords(day)).toBe('Tue 24 Nov: 12 created, 1 deleted')
  expect(changeWords({ ...day, created: 0, deleted: 0 })).toBe('Tue 24 Nov: no change')
})

it('adds the days up', () => {
  expect(totalsOf([day, day])).toEqual({ created: 24, changed: 0, deleted: 2 })
})
