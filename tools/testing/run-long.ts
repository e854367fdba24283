/** `npm run test:long`: the tests that prove a rare thing does not happen, with the numbers that make it a proof. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const numbers = { FAULTY_SCANS: '100', KILLS: '100', GENERATED_RUNS: '1600' }
const files = ['edge-generated', 'kills', 'faulty-scans'].map((name) => `tools/integration/${name}.test.ts`)

const child = spawn(
  process.execPath,
  [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--project',
    'integration',
    '--maxWorkers',
    '1',
    ...files,
    ...process.argv.slice(2),
  ],
  { cwd: root, env: { ...numbers, ...process.env, LONG_RUN: 'true' }, stdio: 'inherit' },
)
child.on('exit', (code) => {
  process.exitCode = code ?? 1
})
