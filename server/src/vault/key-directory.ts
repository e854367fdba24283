import { randomBytes, randomUUID } from 'node:crypto'
import { link, mkdir, open, readdir, readFile, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { KeyMissing, type KeySource } from './key-source.ts'

const fileName = /^([1-9]\d{0,8})\.key$/
const othersMayRead = 0o077

const readKey = async (directory: string, version: number): Promise<Buffer> => {
  const path = join(directory, `${version}.key`)
  const facts = await stat(path).catch((cause: unknown) => {
    throw new KeyMissing(`Key version ${version} is needed, but ${path} is not there: restore it from your backup.`, {
      cause,
    })
  })
  if (process.platform !== 'win32' && (facts.mode & othersMayRead) !== 0) {
    throw new KeyMissing(
      `${path} is readable by others: chmod 0400 it, and treat the key as known if they were not meant to read it.`,
    )
  }
  if (process.getuid !== undefined && facts.uid !== process.getuid()) {
    throw new KeyMissing(
      `${path} belongs to user ${facts.uid}, but this process runs as ${process.getuid()}: chown it.`,
    )
  }
  const text = (await readFile(path, 'utf8')).trim()
  const key = Buffer.from(text, 'base64')
  if (key.length !== 32 || key.toString('base64') !== text)
    throw new KeyMissing(`${path} does not hold 32 bytes in base64.`)
  return key
}

/**
 * The file is there whole or not at all, and an existing one is never overwritten: a key half written, or lost in a
 * power cut, loses every secret.
 */
const writeWhole = async (directory: string, name: string, text: string): Promise<void> => {
  const draft = join(directory, `.${name}.${randomUUID()}`)
  const file = await open(draft, 'wx', 0o400)
  try {
    await file.writeFile(text)
    await file.sync()
    // Unlike a rename, a link fails where something stands already.
    await link(draft, join(directory, name))
  } finally {
    await file.close()
    await unlink(draft)
  }
}

/** `<directory>/<version>.key`: 32 bytes in base64, mode 0400, owned by this process. Keep it off the database's backup. */
export const keyDirectory = (directory: string): KeySource => ({
  name: `file:${directory}`,
  versions: async () => {
    const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw error
    })
    return names
      .flatMap((name) => fileName.exec(name)?.[1] ?? [])
      .map(Number)
      .toSorted((a, b) => a - b)
  },
  key: (version) => readKey(directory, version),
  create: async (version) => {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    await writeWhole(directory, `${version}.key`, `${randomBytes(32).toString('base64')}\n`)
  },
})
