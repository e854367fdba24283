export interface Counts {
  passed: number
  failed: number
  skipped: number
}

/** Where the reporter, in vitest's process, leaves the counts for `npm test`. */
export const countFile = (): string => {
  const path = process.env['TEST_COUNT_FILE']
  if (!path) throw new Error('TEST_COUNT_FILE is not set: run the tests with `npm test`')
  return path
}

/** The last line of `npm test`. */
export const summaryLine = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
