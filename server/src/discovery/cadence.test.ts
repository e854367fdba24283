import { expect, test } from 'vitest'
import { secondsUntilDue } from './cadence.ts'

const minute = 60
const hour = 60 * minute
const usual = { failures: 0, missing: false, maxStaleness: hour }
const statuses = ['SUCCEEDED', 'PARTIAL', 'ACCESS_DENIED', 'DENIED_BY_SCP', 'THROTTLED', 'FAILED', 'NEW'] as const

test.each([
  ['SUCCEEDED', hour],
  ['PARTIAL', hour],
  ['ACCESS_DENIED', hour],
  ['DENIED_BY_SCP', hour],
  ['NOT_SUPPORTED', 24 * hour],
  ['REGION_DISABLED', 6 * hour],
] as const)('after %s a scope rests %i seconds', (status, seconds) => {
  expect(secondsUntilDue(status, { ...usual, failures: 9 })).toBe(seconds)
})

test.each(['THROTTLED', 'FAILED', 'NEW'] as const)(
  'after %s it is asked again after a minute, then ever later, an hour at most',
  (status) => {
    const waits = [0, 1, 2, 3, 4, 5, 6, 20].map((failures) => secondsUntilDue(status, { ...usual, failures }))
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map((minutes) => minutes * minute))
  },
)

test('with something missing it is asked again after a minute, whatever else is true', () => {
  expect(secondsUntilDue('SUCCEEDED', { ...usual, missing: true })).toBe(minute)
})

test.each(statuses)('after %s what may age 15 minutes never rests longer, however often it failed', (status) => {
  const waits = [0, 3, 4, 5, 6, 20].map((failures) =>
    secondsUntilDue(status, { ...usual, failures, maxStaleness: 15 * minute }),
  )
  expect(Math.max(...waits)).toBe(15 * minute)
})

test('a fault of what may age for hours is still asked about every hour', () => {
  expect(secondsUntilDue('FAILED', { failures: 20, missing: false, maxStaleness: 12 * hour })).toBe(hour)
})

test.each([
  ['NOT_SUPPORTED', 24 * hour],
  ['REGION_DISABLED', 6 * hour],
] as const)('after %s there is nothing to ask, whatever the type', (status, seconds) => {
  expect(secondsUntilDue(status, { ...usual, maxStaleness: 15 * minute })).toBe(seconds)
})
