import { spawn } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { root, tool } from './tool.ts'

interface Check {
  name: string
  command: [string, ...string[]]
  /** What repairs it, where something can. */
  mend?: string
}

/** Everything CI asks of a change besides the tests; the cheapest first. */
const checks: Check[] = [
  { name: 'format', command: [tool('oxfmt'), '--check'], mend: 'npm run fix' },
  { name: 'lint', command: [tool('oxlint')], mend: 'npm run fix repairs some' },
  { name: 'types', command: [tool('tsc'), '--project', '.'] },
  { name: 'dead code', command: [tool('knip'), '--no-progress', '--no-config-hints'] },
  {
    name: 'completeness',
    command: [tool('vitest'), 'run', '--project', 'unit', '--reporter', 'dot', 'tools/check', 'tools/completeness'],
  },
]

interface Outcome {
  check: Check
  passed: boolean
  seconds: string
  output: string
}

const run = (check: Check): Promise<Outcome> =>
  new Promise((resolve) => {
    const begin = performance.now()
    const [command, ...args] = check.command
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const take = (chunk: Buffer): void => void (output += chunk.toString('utf8'))
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    const finish = (passed: boolean): void =>
      resolve({ check, passed, seconds: ((performance.now() - begin) / 1000).toFixed(1), output: output.trim() })
    child.on('error', (error) => {
      output += error.message
      finish(false)
    })
    child.on('close', (code) => finish(code === 0))
  })

const describe = ({ check, passed, seconds, output }: Outcome): string => {
  const line = `${passed ? '✓' : '✗'} ${check.name.padEnd(14)}${seconds.padStart(6)} s`
  return passed ? line : `${line}\n\n${output}\n`
}

const failed: Check[] = []
for (const check of checks) {
  const outcome = await run(check)
  console.log(describe(outcome))
  if (!outcome.passed) failed.push(check)
}
const list = failed.map(({ name, mend }) => (mend ? `${name} (${mend})` : name)).join(', ')
console.log(
  failed.length === 0
    ? `\nAll ${checks.length} checks passed`
    : `\n${failed.length} of ${checks.length} checks failed: ${list}`,
)
process.exitCode = failed.length === 0 ? 0 : 1
