import { writeFileSync } from 'node:fs'
import type { Reporter, SerializedError, TestModule, TestRunEndReason } from 'vitest/node'
import { countFile, type Counts } from './counts.ts'

const countModule = (module: TestModule): Counts => {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const test of module.children.allTests()) {
    const { state } = test.result()
    // A test still pending at the end never got an answer.
    counts[state === 'pending' ? 'failed' : state] += 1
  }
  // A file that does not load and a hook that throws take their tests with them; vitest counts those as skipped or not at all.
  const broken = [module, ...module.children.allSuites()].filter((suite) => suite.errors().length > 0)
  return { ...counts, failed: counts.failed + broken.length }
}

/** Writes how many tests passed, failed and were skipped, for the last line of `npm test`. vitest demands a default export. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[], reason: TestRunEndReason): void {
    const total = { passed: 0, failed: errors.length, skipped: 0 }
    for (const counts of modules.map(countModule)) {
      total.passed += counts.passed
      total.failed += counts.failed
      total.skipped += counts.skipped
    }
    if (reason === 'interrupted') total.failed += 1
    writeFileSync(countFile(), JSON.stringify(total))
  }
}
