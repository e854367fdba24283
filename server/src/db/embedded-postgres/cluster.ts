import { execFile } from 'node:child_process'
import { chown, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Area } from './area.ts'
import type { Binaries } from './binaries.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { isRunning } from './processes.ts'

/** The superuser, and the database that is made for the product. */
export const superuser = 'dashboard'
export const databaseName = 'dashboard'

/** Nothing of the caller's PG* variables, locale or time zone may reach the server. */
export const serverEnvironment = (area: Area): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: area.folder,
  LC_ALL: 'C',
  TZ: 'UTC',
})

const unfinished = /^(?:new-cluster|password)\.(\d+)$/

/** Remains of an `initdb` whose process died; a living one may still be at work in its own. */
const removeRemains = async (folder: string): Promise<void> => {
  for (const name of await readdir(folder)) {
    const [, pid] = unfinished.exec(name) ?? []
    if (pid && (Number(pid) === process.pid || !(await isRunning(Number(pid))))) {
      await rm(join(folder, name), { recursive: true, force: true })
    }
  }
}

const initdb = async (area: Area, binaries: Binaries, folder: string, passwordFile: string): Promise<void> => {
  const options = [
    `--pgdata=${folder}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // PostgreSQL's own C.UTF-8: sorting does not change with the system's libc.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]
  try {
    await promisify(execFile)(join(binaries.native, 'bin', 'initdb'), options, {
      ...area.user,
      cwd: area.folder,
      env: serverEnvironment(area),
    })
  } catch (cause) {
    const { stderr, message } = cause as Error & { stderr?: string }
    const hint = stderr?.includes('user ID')
      ? ' This user has no entry in /etc/passwd: add one, or set DATABASE_URL.'
      : ''
    throw new EmbeddedPostgresError('INITDB_FAILED', `initdb failed: ${stderr?.trim() || message}.${hint}`, { cause })
  }
}

const create = async (area: Area, binaries: Binaries, password: string, cluster: string): Promise<void> => {
  const folder = join(area.folder, `new-cluster.${process.pid}`)
  const passwordFile = join(area.folder, `password.${process.pid}`)
  try {
    await writeFile(passwordFile, password, { mode: 0o600 })
    if (area.user) await chown(passwordFile, area.user.uid, area.user.gid)
    await initdb(area, binaries, folder, passwordFile)
    await rename(folder, cluster)
  } finally {
    await rm(passwordFile, { force: true })
    await rm(folder, { recursive: true, force: true })
  }
}

/** Two processes may start at once: the second finds the first one's cluster in place of its own. */
const createUnlessMade = async (area: Area, binaries: Binaries, password: string, cluster: string): Promise<void> => {
  try {
    await create(area, binaries, password, cluster)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
  }
}

const majorOf = (version: string): string => version.split('.')[0] ?? version

/** The data folder, made by `initdb` at first use: in a folder of its own and renamed, so that it is whole or absent. */
export const openCluster = async (area: Area, binaries: Binaries, password: string): Promise<string> => {
  const cluster = join(area.folder, 'cluster')
  await removeRemains(area.folder)
  const versionOf = () =>
    readFile(join(cluster, 'PG_VERSION'), 'utf8').then(
      (text) => text.trim(),
      () => undefined,
    )
  if ((await versionOf()) === undefined) await createUnlessMade(area, binaries, password, cluster)
  const version = await versionOf()
  if (version !== majorOf(binaries.version)) {
    throw new EmbeddedPostgresError(
      'DATA_DIR_UNUSABLE',
      `${cluster} was made by PostgreSQL ${version}, and this is ${binaries.version}: start the release that made it, or set DATABASE_URL.`,
    )
  }
  return cluster
}
