import { expect, test } from 'vitest'
import { secondsUntilDue } from './cadence.ts'

const minute = 60
const hour = 60 * minute

test.each([
  ['SUCCEEDED', hour],
  ['PARTIAL', hour],
  ['ACCESS_DENIED', hour],
  ['DENIED_BY_SCP', hour],
  ['NOT_SUPPORTED', 24 * hour],
  ['REGION_DISABLED', 6 * hour],
] as const)('after %s a scope rests %i seconds', (status, seconds) => {
  expect(secondsUntilDue(status, { failures: 9, missing: false })).toBe(seconds)
})

test.each(['THROTTLED', 'FAILED', 'NEW'] as const)(
  'after %s it is asked again after a minute, then ever later, an hour at most',
  (status) => {
    const waits = [0, 1, 2, 3, 4, 5, 6, 20].map((failures) => secondsUntilDue(status, { failures, missing: false }))
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map((minutes) => minutes * minute))
  },
)

test('with something missing it is asked again after a minute, whatever else is true', () => {
  expect(secondsUntilDue('SUCCEEDED', { failures: 0, missing: true })).toBe(minute)
})
