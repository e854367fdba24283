import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

let clone: string
/** The only folder on PATH: a machine with Node and nothing else. */
let bin: string

/** Stands in for the network: counts its runs, and leaves what npm leaves. */
const npm = `#!/bin/sh
if [ "$1" = --version ]; then exit 0; fi
echo run >> npm-runs
/bin/sleep 1
/bin/mkdir -p node_modules
/bin/cp package-lock.json node_modules/.package-lock.json
`

const addCommand = async (name: string, script: string): Promise<void> => {
  await writeFile(join(bin, name), script)
  await chmod(join(bin, name), 0o755)
}

beforeEach(async () => {
  const base = await mkdtemp(join(tmpdir(), 'bootstrap '))
  clone = join(base, 'clone')
  bin = join(base, 'bin')
  await mkdir(join(clone, 'tools', 'new'), { recursive: true })
  await mkdir(join(clone, 'tools', 'testing'))
  await mkdir(bin)
  await cp(fileURLToPath(new URL('.', import.meta.url)), join(clone, 'tools', 'bootstrap'), { recursive: true })
  await writeFile(join(clone, 'package-lock.json'), '{ "packages": {} }')
  await writeFile(join(clone, 'tools', 'new', 'new.ts'), 'console.log(process.argv.slice(2)); process.exitCode = 7')
  await writeFile(join(clone, 'tools', 'testing', 'run-tests.ts'), '')
  await symlink(process.execPath, join(bin, 'node'))
})

afterEach(() => rm(join(clone, '..'), { recursive: true, force: true }))

const begin = (...args: string[]): ChildProcess =>
  spawn(process.execPath, [join(clone, 'tools', 'bootstrap', 'run.mjs'), ...args], {
    env: { PATH: bin, HOME: clone },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

const ended = async (child: ChildProcess): Promise<{ code: number | null; out: string; err: string }> => {
  const [[code], out, err] = await Promise.all([
    once(child, 'exit') as Promise<[number | null]>,
    child.stdout ? text(child.stdout) : '',
    child.stderr ? text(child.stderr) : '',
  ])
  return { code, out, err }
}

const npmRuns = async (): Promise<number> =>
  (await readFile(join(clone, 'npm-runs'), 'utf8').catch(() => '')).split('\n').filter((line) => line !== '').length

test('All that is missing is named at once, before anything is installed', async () => {
  const { code, err } = await ended(begin('test'))
  expect(code).toBe(1)
  expect(err).toContain('npm is missing')
  expect(err).toContain('Python 3.10 or newer with venv is missing')
  expect(err).toContain('apt-get install python3 python3-venv')
  expect(await npmRuns()).toBe(0)
})

test('A Python that cannot make a venv is named with what it lacks', async () => {
  await addCommand('npm', npm)
  const facts = { version: [3, 11], path: '/usr/bin/python3', venv: false, moto: false }
  await addCommand('python3', `#!/bin/sh\necho '${JSON.stringify(facts)}'\n`)
  const { err } = await ended(begin('test'))
  expect(err).toContain('python3 is 3.11 without a working venv')
  expect(await npmRuns()).toBe(0)
})

test('An unknown command is answered with the known ones', async () => {
  const { code, err } = await ended(begin('nonsense'))
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('start|demo|test') as unknown })
})

test('A command installs once, gets its options, and its exit code is kept', async () => {
  await addCommand('npm', npm)
  expect(await ended(begin('new', 'a b'))).toMatchObject({ code: 7, out: "[ 'a b' ]\n" })
  expect(await ended(begin('new'))).toMatchObject({ code: 7, err: '' })
  expect(await npmRuns()).toBe(1)
})

test('Two commands at once install once', async () => {
  await addCommand('npm', npm)
  const outcomes = await Promise.all([ended(begin('new')), ended(begin('new'))])
  expect(outcomes.map(({ code }) => code)).toEqual([7, 7])
  expect(await npmRuns()).toBe(1)
})

test('When a set-up is killed, the next one waits for the npm it left running', async () => {
  await addCommand('npm', npm)
  const first = begin('new')
  await vi.waitFor(async () => expect(await npmRuns()).toBe(1), { timeout: 10_000, interval: 20 })
  first.kill('SIGKILL')
  await once(first, 'exit')
  expect(await ended(begin('new'))).toMatchObject({
    code: 7,
    err: expect.stringContaining('waiting for it') as unknown,
  })
  expect(await npmRuns()).toBe(1)
})

test('A command is told to stop when what started it is told so', async () => {
  await addCommand('npm', npm)
  await writeFile(
    join(clone, 'tools', 'new', 'new.ts'),
    `process.on('SIGTERM', () => process.exit(9)); setInterval(() => {}, 1000); console.log('up')`,
  )
  const child = begin('new')
  const outcome = ended(child)
  await once(child.stdout ?? child, 'data')
  child.kill('SIGTERM')
  expect(await outcome).toMatchObject({ code: 9 })
})
