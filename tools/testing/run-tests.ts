import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureChromium } from './chromium.ts'
import { summaryLine, type Counts } from './counts.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const nothing: Counts = { passed: 0, failed: 0, skipped: 0 }

/** Runs vitest to its end. Answers its exit code; a signal counts as failure. */
const runVitest = (args: string[], env: NodeJS.ProcessEnv): Promise<number> =>
  new Promise((resolve, reject) => {
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
    const reporters = ['--reporter=default', `--reporter=${join(root, 'tools', 'testing', 'count-reporter.ts')}`]
    const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...args], { cwd: root, env, stdio: 'inherit' })
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (signal === 'SIGTERM' || !process.stdin.isTTY) child.kill(signal)
      })
    }
    child.on('error', reject)
    child.on('exit', (code) => resolve(code ?? 1))
  })

const runAndCount = async (args: string[]): Promise<Counts> => {
  const folder = await mkdtemp(join(tmpdir(), 'test-count-'))
  const file = join(folder, 'counts.json')
  try {
    const code = await runVitest(args, { ...process.env, CHROMIUM_PATH: ensureChromium(), TEST_COUNT_FILE: file })
    const counts = JSON.parse(await readFile(file, 'utf8').catch(() => JSON.stringify(nothing))) as Counts
    // A runner that fails without a failed test has crashed, or found nothing to run.
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const counts = await runAndCount(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`\n${error instanceof Error ? error.message : String(error)}\n`)
  return { ...nothing, failed: 1 }
})
process.exitCode = counts.failed > 0 ? 1 : 0
console.log(summaryLine(counts))
