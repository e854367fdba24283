import { spawnSync } from 'node:child_process'
import { constants } from 'node:fs'
import { access, readFile, stat } from 'node:fs/promises'

/** Ids that PostgreSQL runs under. */
export interface ServerUser {
  uid: number
  gid: number
}

/** `initdb` looks its user up in the passwd file, so the fallback only helps where that file is elsewhere. */
const nobody = async (): Promise<ServerUser> => {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const [, uid, gid] = /^nobody:[^:]*:(-?\d+):(-?\d+):/m.exec(passwd) ?? []
  return { uid: Number(uid ?? 65_534), gid: Number(gid ?? 65_534) }
}

export const isRoot = (): boolean => process.getuid?.() === 0

/** PostgreSQL refuses to run as root. `undefined`: it runs as this process does. */
export const unprivilegedUser = async (): Promise<ServerUser | undefined> => (isRoot() ? nobody() : undefined)

/** The user a folder belongs to, where this process could become it. */
export const ownerOf = async (folder: string): Promise<ServerUser | undefined> => {
  if (!isRoot()) return undefined
  const { uid, gid } = await stat(folder)
  return { uid, gid }
}

const modes = { '-r': constants.R_OK, '-x': constants.X_OK }

/**
 * Whether `user` may read (`-r`) or enter and execute (`-x`) a path. Asked of the system, as that user: access lists and
 * mount options count as well as the mode bits of every folder above.
 */
export const canUse = async (user: ServerUser | undefined, test: '-r' | '-x', path: string): Promise<boolean> => {
  if (user) return spawnSync('/bin/sh', ['-c', `test ${test} "$1"`, 'sh', path], { ...user, cwd: '/' }).status === 0
  return access(path, modes[test]).then(
    () => true,
    () => false,
  )
}
