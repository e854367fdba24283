import { randomBytes } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What must be known before the cluster answers; kept outside it, readable by this process's user only. */
export interface Settings {
  password: string
  /** Of the last start, so that addresses written down elsewhere stay true. */
  port?: number
}

const pathIn = (dataDir: string): string => join(dataDir, 'postgres.json')

const writeBeside = async (dataDir: string, settings: Settings): Promise<string> => {
  const path = `${pathIn(dataDir)}.${process.pid}`
  await writeFile(path, `${JSON.stringify(settings)}\n`, { mode: 0o600, flush: true })
  return path
}

const read = async (dataDir: string): Promise<Settings> =>
  JSON.parse(await readFile(pathIn(dataDir), 'utf8')) as Settings

const create = async (dataDir: string): Promise<void> => {
  const written = await writeBeside(dataDir, { password: randomBytes(24).toString('base64url') })
  try {
    // A link never replaces: of two processes that start at once, both use the password of the first.
    await link(written, pathIn(dataDir))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(written)
  }
}

/** Reads `DATA_DIR/postgres.json`, or makes it with a random password. */
export const openSettings = async (dataDir: string): Promise<Settings> => {
  try {
    return await read(dataDir)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    await create(dataDir)
    return read(dataDir)
  }
}

export const saveSettings = async (dataDir: string, settings: Settings): Promise<void> => {
  await rename(await writeBeside(dataDir, settings), pathIn(dataDir))
}
