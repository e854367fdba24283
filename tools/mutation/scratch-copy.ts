import { execFile } from 'node:child_process'
import { cp, lstat, mkdir, mkdtemp, readdir, readlink, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  )

/** What git tracks, or would. */
const listFiles = async (root: string): Promise<string[]> => {
  const { stdout } = await promisify(execFile)('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  })
  return stdout.split('\0').filter((name) => name !== '')
}

const copyFiles = async (root: string, copy: string): Promise<void> => {
  for (const name of await listFiles(root)) {
    // Tracked, but deleted.
    if (!(await exists(join(root, name)))) continue
    await mkdir(dirname(join(copy, name)), { recursive: true })
    await cp(join(root, name), join(copy, name), { verbatimSymlinks: true })
  }
}

const linkPackage = async (from: string, to: string): Promise<void> => {
  const isLink = (await lstat(from)).isSymbolicLink()
  // npm's own links are relative and lead to workspaces: in the copy, to the copy's.
  await symlink(isLink ? await readlink(from) : from, to)
}

/** The installed packages, each by a link; the workspaces among them are the copy's own. */
const linkPackages = async (root: string, copy: string): Promise<void> => {
  await mkdir(copy)
  for (const name of await readdir(root)) {
    // Caches are written to.
    if (name.startsWith('.')) continue
    if (name.startsWith('@')) await linkPackages(join(root, name), join(copy, name))
    else await linkPackage(join(root, name), join(copy, name))
  }
}

/** A copy of a checkout to be changed at will. Nothing done to it reaches the original; `remove` it at the end. */
export const makeScratchCopy = async (root: string): Promise<{ folder: string; remove(): Promise<void> }> => {
  const folder = await mkdtemp(join(tmpdir(), 'dashboard-mutation-'))
  // Its last processes may still be writing.
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 })
  try {
    await copyFiles(root, folder)
    await linkPackages(join(root, 'node_modules'), join(folder, 'node_modules'))
    const python = join(root, '.venv')
    if (await stat(python).catch(() => undefined)) await symlink(python, join(folder, '.venv'))
    return { folder, remove }
  } catch (error) {
    await remove()
    throw error
  }
}
