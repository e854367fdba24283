import { expect, test } from 'vitest'
import { summaryLine } from './counts.ts'

test('The last line of a test run tells what passed and what failed', () => {
  expect(summaryLine({ passed: 3, failed: 1, skipped: 0 })).toBe('3 passed, 1 failed')
})

test('The last line of a test run tells of skipped tests only if there are any', () => {
  expect(summaryLine({ passed: 3, failed: 0, skipped: 2 })).toBe('3 passed, 0 failed, 2 skipped')
})
