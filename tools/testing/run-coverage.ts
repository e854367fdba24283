/**
 * `npm run test:coverage`: which part of the lines of server and catalog the unit and integration tests run. Its last line
 * is `RESULT {…}`; it fails below the least share, and when a test fails.
 */
import { spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const reports = join(root, 'coverage')

/** Percent of the lines. */
const threshold = 90

const covered = ['server/src/**/*.ts', 'catalog/src/**/*.ts']
/** `main.ts` is run by the tests of the process, in a process of its own, where vitest does not see it; so are owners' commands. */
const notCounted = ['**/*.test.ts', 'server/src/main.ts', '**/*.owner.ts']

const settings = [
  'enabled=true',
  'reportOnFailure=true',
  `reportsDirectory=${reports}`,
  ...covered.map((pattern) => `include=${pattern}`),
  ...notCounted.map((pattern) => `exclude=${pattern}`),
  'reporter=text',
  'reporter=json-summary',
].map((setting) => `--coverage.${setting}`)

const runVitest = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
    const projects = ['--project', 'unit', '--project', 'integration']
    const child = spawn(process.execPath, [vitest, 'run', ...projects, ...settings, ...process.argv.slice(2)], {
      cwd: root,
      stdio: 'inherit',
    })
    child.on('error', reject)
    child.on('exit', (code) => resolve(code ?? 1))
  })

const readLines = async (): Promise<number> => {
  const summary = JSON.parse(await readFile(join(reports, 'coverage-summary.json'), 'utf8')) as {
    total: { lines: { pct: number } }
  }
  return summary.total.lines.pct
}

await rm(reports, { recursive: true, force: true })
const code = await runVitest()
// Without a report vitest came to no end, and has said why.
const lines = await readLines().catch(() => 0)
const ok = code === 0 && lines >= threshold
console.log(`\nRESULT ${JSON.stringify({ lines, threshold, testsPassed: code === 0, ok })}`)
process.exitCode = ok ? 0 : 1
