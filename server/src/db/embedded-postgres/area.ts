import { createHash } from 'node:crypto'
import { chmod, chown, lstat, mkdir, readlink, realpath, rename, stat, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { canUse, isRoot, ownerOf, unprivilegedUser, type ServerUser } from './server-user.ts'

/** Where the cluster lives, and whom it belongs to. */
export interface Area {
  /** Absolute, without symbolic links; holds `cluster/` and `postgres.log`. */
  folder: string
  user: ServerUser | undefined
  /** Where binaries may be copied to. */
  binariesHome: string
}

/** Root's place for what `nobody` must reach, where it may not traverse DATA_DIR (a 0700 folder above it). */
export const sharedHome = '/var/lib/aws-integration-dashboard'

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  )

const makeFolder = async (folder: string, mode: number, user?: ServerUser): Promise<void> => {
  await mkdir(folder, { recursive: true })
  // The umask may have taken bits away.
  await chmod(folder, mode)
  if (user) await chown(folder, user.uid, user.gid)
}

const unusable = (message: string): EmbeddedPostgresError => new EmbeddedPostgresError('DATA_DIR_UNUSABLE', message)

const resolveLink = async (link: string): Promise<string> => {
  try {
    return await realpath(link)
  } catch (cause) {
    const target = await readlink(link)
    throw new EmbeddedPostgresError(
      'DATA_DIR_UNUSABLE',
      `${link} leads to ${target}, where the database was, and nothing is there: restore it from your backup, or remove the link to begin with an empty database.`,
      { cause },
    )
  }
}

const existingArea = async (link: string): Promise<Area> => {
  const folder = await resolveLink(link)
  const { uid } = await stat(folder)
  if (!isRoot() && uid !== process.getuid?.()) {
    throw unusable(`${folder} belongs to user ${uid}: start as that user or as root, or choose another DATA_DIR.`)
  }
  // Root made the folder but died before giving it away.
  const owner = uid === 0 ? await unprivilegedUser() : await ownerOf(folder)
  if (owner && uid === 0) await chown(folder, owner.uid, owner.gid)
  if (!(await canUse(owner, '-x', folder))) {
    throw unusable(
      `User ${owner?.uid} owns the database in ${folder} but may not enter it: add \`x\` for others to the folders above.`,
    )
  }
  return { folder, user: owner, binariesHome: isRoot() ? sharedHome : folder }
}

/**
 * A cluster of a DATA_DIR that was emptied: its password went with it. It is set aside, never removed: a person may still
 * want the data.
 */
const setAside = async (folder: string, log: (message: string, fields: Record<string, unknown>) => void) => {
  if (!(await exists(join(folder, 'cluster')))) return
  const aside = `${folder}-left-${new Date().toISOString().replaceAll(':', '')}`
  await rename(folder, aside)
  log('An earlier database of this DATA_DIR was set aside; remove it when nobody needs it', { folder: aside })
}

const newArea = async (
  link: string,
  beforeLeftover: (folder: string) => Promise<void>,
  log: (message: string, fields: Record<string, unknown>) => void,
): Promise<Area> => {
  const user = await unprivilegedUser()
  if (!user || (await canUse(user, '-x', dirname(link)))) {
    await makeFolder(link, 0o700, user)
    return { folder: link, user, binariesHome: user ? sharedHome : link }
  }
  const folder = join(sharedHome, createHash('sha256').update(link).digest('hex').slice(0, 16))
  await makeFolder(sharedHome, 0o755)
  if (await exists(folder)) {
    await beforeLeftover(folder)
    await setAside(folder, log)
  }
  await makeFolder(folder, 0o700, user)
  await symlink(folder, link)
  return { folder, user, binariesHome: sharedHome }
}

/**
 * The folder of the cluster: `DATA_DIR/postgres`, which is a link where root's PostgreSQL (running as `nobody`) could not
 * traverse DATA_DIR. @throws EmbeddedPostgresError naming the folder and the mend.
 */
export const openArea = async (options: {
  dataDir: string
  /** Called with the folder of a cluster about to be set aside; ends what still runs in it. */
  beforeLeftover: (folder: string) => Promise<void>
  log: (message: string, fields: Record<string, unknown>) => void
}): Promise<Area> => {
  // 0711: PostgreSQL's user may pass through to its own folder and see nothing else.
  await mkdir(options.dataDir, { recursive: true, mode: 0o711 })
  const link = join(await realpath(options.dataDir), 'postgres')
  return (await exists(link)) ? existingArea(link) : newArea(link, options.beforeLeftover, options.log)
}
