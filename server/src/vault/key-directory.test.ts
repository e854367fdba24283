import { chmod, chown, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keyDirectory } from './key-directory.ts'
import { KeyMissing } from './key-source.ts'

let parent: string
let directory: string

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'dashboard-test-keys-'))
  directory = join(parent, 'keys.d')
})

afterEach(async () => {
  await rm(parent, { recursive: true, force: true })
})

const refused = async (version: number): Promise<Error> => {
  const outcome = await keyDirectory(directory)
    .key(version)
    .catch((error: unknown) => error)
  expect(outcome).toBeInstanceOf(KeyMissing)
  return outcome as Error
}

const refusal = async (version = 1): Promise<string> => (await refused(version)).message

test('a new key is 32 random bytes that only its owner may read, in a directory only its owner may enter', async () => {
  const keys = keyDirectory(directory)
  expect(await keys.versions()).toEqual([])
  await keys.create(1)
  await keys.create(2)
  const [first, second] = [await keys.key(1), await keys.key(2)]
  expect([first.length, second.length]).toEqual([32, 32])
  expect(first).not.toEqual(second)
  expect((await stat(join(directory, '1.key'))).mode & 0o777).toBe(0o400)
  expect((await stat(directory)).mode & 0o777).toBe(0o700)
})

test('a key that exists is never overwritten', async () => {
  const keys = keyDirectory(directory)
  await keys.create(1)
  const before = await keys.key(1)
  await expect(keys.create(1)).rejects.toThrow('EEXIST')
  expect(await keys.key(1)).toEqual(before)
})

test('only files named for a version count as keys', async () => {
  await mkdir(directory)
  for (const name of [
    '2.key',
    '10.key',
    '1.key',
    '0.key',
    '01.key',
    '-1.key',
    '1.key.bak',
    'a.key',
    '1',
    '1.KEY',
    ' 3.key',
    '9999999999.key',
  ])
    await writeFile(join(directory, name), '')
  expect(await keyDirectory(directory).versions()).toEqual([1, 2, 10])
})

test('a missing key is named by version and file, and what to do', async () => {
  expect(await refusal(7)).toBe(
    `Key version 7 is needed, but ${join(directory, '7.key')} is not there: restore it from your backup.`,
  )
  expect(await readdir(parent)).toEqual([])
  // The log shows both: what is to be done, and what the system said.
  expect(await refused(7)).toMatchObject({ name: 'KeyMissing', cause: { code: 'ENOENT' } })
})

test('a directory that is not there has no keys; one that cannot be read is an error, not an empty one', async () => {
  expect(await keyDirectory(directory).versions()).toEqual([])
  await writeFile(directory, '')
  await expect(keyDirectory(directory).versions()).rejects.toThrow('ENOTDIR')
})

test.skipIf(process.platform === 'win32')(
  'a key that others may read is refused until its mode is mended',
  async () => {
    await keyDirectory(directory).create(1)
    const path = join(directory, '1.key')
    for (const mode of [0o440, 0o444, 0o404, 0o600 | 0o020, 0o401]) {
      await chmod(path, mode)
      expect(await refusal()).toContain(`${path} is readable by others: chmod 0400`)
    }
    await chmod(path, 0o600)
    expect(await keyDirectory(directory).key(1)).toHaveLength(32)
  },
)

test.skipIf(process.getuid?.() !== 0)('a key of another user is refused, naming both users', async () => {
  await keyDirectory(directory).create(1)
  const path = join(directory, '1.key')
  await chown(path, 65_534, 65_534)
  expect(await refusal()).toBe(`${path} belongs to user 65534, but this process runs as 0: chown it.`)
})
