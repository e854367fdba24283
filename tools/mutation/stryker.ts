import { spawn } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { areas, type AreaName } from './areas.ts'
import type { Report } from './scores.ts'

/** Tells `vitest.config.ts` whose tests to run. */
export const areaVariable = 'MUTATION_AREA'

const reportFile = 'mutation-report.json'
const settingsFile = 'mutation-settings.json'

const settingsFor = (area: AreaName) => ({
  mutate: areas[area].mutate,
  // The folder is a copy already; in a copy of Stryker's own, packages would lead back to the original.
  inPlace: true,
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'tools/mutation/vitest.config.ts', related: false },
  // Only the tests that reach a mutant are run for it.
  coverageAnalysis: 'perTest',
  // What runs while a module is loaded costs every test of the area, and is mostly the wording of SQL that is shared.
  ignoreStatic: true,
  concurrency: 1,
  // Beyond what the tests took: waiting for a scan that never comes.
  timeoutMS: 20_000,
  reporters: ['progress-append-only', 'json'],
  jsonReporter: { fileName: reportFile },
  allowConsoleColors: false,
  checkers: [],
})

/** Ends when the child does. @throws when it failed, or was stopped */
const ended = (command: string[], folder: string, area: AreaName, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, {
      cwd: folder,
      env: { ...process.env, [areaVariable]: area },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    // It puts its files in order before it ends: until then the folder is in use.
    signal.addEventListener('abort', () => child.kill(), { once: true })
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`Stryker ended with exit code ${code}.`))))
  })

/** Mutates an area of the checkout in `folder` – in place – and answers what became of every mutant. */
export const runStryker = async (folder: string, area: AreaName, signal: AbortSignal): Promise<Report> => {
  const report = join(folder, reportFile)
  await writeFile(join(folder, settingsFile), JSON.stringify(settingsFor(area)))
  await rm(report, { force: true })
  const bin = join(folder, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js')
  await ended([bin, 'run', settingsFile], folder, area, signal)
  return JSON.parse(await readFile(report, 'utf8')) as Report
}
