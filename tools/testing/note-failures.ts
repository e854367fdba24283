import { afterEach } from 'vitest'

let failures = 0

// Every test file has its own copy of this module, loaded by vitest before it.
afterEach(({ task }) => {
  if (task.result?.state === 'fail') failures += 1
})

/** Whether a test of this file has failed so far. */
export const hasFailures = (): boolean => failures > 0
