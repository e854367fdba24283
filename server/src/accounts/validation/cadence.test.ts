import { expect, test } from 'vitest'
import { nextValidationAt } from './cadence.ts'

const minutes = (end: Parameters<typeof nextValidationAt>[0], random: number): number =>
  nextValidationAt(end, 0, random).getTime() / 60_000

test('an account that works is validated hourly, one that does not every fifteen minutes, up to a tenth apart', () => {
  expect([minutes('works', 0), minutes('works', 1)]).toEqual([54, 66])
  expect([minutes('lost', 0), minutes('lost', 1)]).toEqual([13.5, 16.5])
  expect([minutes('unanswered', 0), minutes('unanswered', 1)]).toEqual([4.5, 5.5])
})
