import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, readlink, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeScratchCopy } from './scratch-copy.ts'

let root: string

const write = async (name: string, text: string): Promise<void> => {
  await mkdir(dirname(join(root, name)), { recursive: true })
  await writeFile(join(root, name), text)
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'dashboard-test-copy-'))
  execFileSync('git', ['init', '--quiet'], { cwd: root })
  await write('.gitignore', 'node_modules/\ndata/\n')
  await write('part/src/a.ts', 'original')
  await write('data/secret', 'not to be copied')
  await write('node_modules/one/package.json', '{}')
  await write('node_modules/@scope/two/package.json', '{}')
  await write('node_modules/.cache/results', 'written to')
  await mkdir(join(root, 'node_modules', '@ours'))
  await symlink('../../part', join(root, 'node_modules', '@ours', 'part'))
})

afterEach(() => rm(root, { recursive: true, force: true }))

test('what is done to a copy does not reach the checkout, and the copy goes when it is removed', async () => {
  const { folder, remove } = await makeScratchCopy(root)
  try {
    await writeFile(join(folder, 'part/src/a.ts'), 'changed')
    expect(await readFile(join(root, 'part/src/a.ts'), 'utf8')).toBe('original')
    await expect(stat(join(folder, 'data'))).rejects.toThrow('ENOENT')
  } finally {
    await remove()
  }
  await expect(stat(folder)).rejects.toThrow('ENOENT')
  expect(await readFile(join(root, 'node_modules/one/package.json'), 'utf8')).toBe('{}')
})

test('packages are the installed ones, but the parts of the checkout among them are the copy’s own', async () => {
  const { folder, remove } = await makeScratchCopy(root)
  try {
    for (const name of ['one', '@scope/two'])
      expect(await readlink(join(folder, 'node_modules', name))).toBe(join(root, 'node_modules', name))
    expect(await realpath(join(folder, 'node_modules/@ours/part'))).toBe(await realpath(join(folder, 'part')))
    await expect(stat(join(folder, 'node_modules/.cache'))).rejects.toThrow('ENOENT')
  } finally {
    await remove()
  }
})

test('a file that git knows but that is gone is left out', async () => {
  execFileSync('git', ['add', '.'], { cwd: root })
  await rm(join(root, 'part/src/a.ts'))
  const { folder, remove } = await makeScratchCopy(root)
  await expect(stat(join(folder, 'part/src/a.ts'))).rejects.toThrow('ENOENT')
  await remove()
})
