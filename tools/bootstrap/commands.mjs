/**
 * What each command runs, and what must be there first.
 * @type {Record<string, { target: string, options?: string[], python?: boolean, web?: boolean }>}
 */
export const commands = {
  start: { target: 'server/src/main.ts', web: true },
  demo: { target: 'tools/demo/main.ts', web: true, python: true },
  test: { target: 'tools/testing/run-tests.ts', web: true, python: true },
  'test:long': { target: 'tools/testing/run-long.ts', python: true },
  'test:coverage': { target: 'tools/testing/run-coverage.ts', web: true, python: true },
  'test:mutation': { target: 'tools/mutation/run-mutation.ts' },
  bench: { target: 'tools/bench/bench.ts', web: true },
  check: { target: 'tools/check/check.ts' },
  fix: { target: 'tools/check/fix.ts' },
  new: { target: 'tools/new/new.ts' },
  'fresh-clone': { target: 'tools/fresh-clone/fresh-clone.ts' },
}
