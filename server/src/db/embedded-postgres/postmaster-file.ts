import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { commandLineOf } from './processes.ts'

/** Lines of `postmaster.pid`, as PostgreSQL's `miscadmin.h` numbers them. */
export interface PostmasterFile {
  pid: number
  port: number | undefined
}

const pathIn = (cluster: string): string => join(cluster, 'postmaster.pid')

export const readPostmasterFile = async (cluster: string): Promise<PostmasterFile | undefined> => {
  const text = await readFile(pathIn(cluster), 'utf8').catch(() => '')
  const [pid, , , port] = text.split('\n')
  if (!Number(pid)) return undefined
  return { pid: Number(pid), port: Number(port) || undefined }
}

/** The postmaster of this cluster, if one lives. Its number may have gone to another process since the file was written. */
export const findPostmaster = async (cluster: string): Promise<PostmasterFile | undefined> => {
  const file = await readPostmasterFile(cluster)
  const commandLine = file && (await commandLineOf(file.pid))
  return commandLine?.includes(cluster) && commandLine.includes('postgres') ? file : undefined
}

/**
 * Lets PostgreSQL start over a file whose number belongs to a zombie or a stranger. The file stays, with the number of
 * PostgreSQL's parent, which it takes for stale: so it still looks in the rest of the file for the shared memory of the
 * dead server, and refuses while an orphan of that server writes there.
 */
export const disownPostmasterFile = async (cluster: string): Promise<void> => {
  const text = await readFile(pathIn(cluster), 'utf8').catch(() => undefined)
  if (text === undefined) return
  await writeFile(pathIn(cluster), text.replace(/^-?\d+/, String(process.pid)))
}

const socketLock = /^\.s\.PGSQL\.\d+\.lock$/

/** The socket's own lock file names the dead server too; nothing but its number is in it. */
export const removeSocketLocks = async (area: string, deadPid: number): Promise<void> => {
  for (const name of await readdir(area)) {
    const path = join(area, name)
    if (!socketLock.test(name) || Number((await readFile(path, 'utf8')).split('\n')[0]) !== deadPid) continue
    await rm(path, { force: true })
    await rm(path.replace(/\.lock$/, ''), { force: true })
  }
}
