import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { isRunning } from './processes.ts'

/** Any number; the lock lives in the cluster's database `postgres`, which only this launcher connects to. */
const ownerLock = 5_432_001

/** PostgreSQL lets go of the lock when the owner's socket closes, which the kernel does however the owner dies. */
const tryLock = async (client: pg.Client): Promise<boolean> => {
  const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [ownerLock])
  return rows[0]?.locked === true
}

const holderOf = async (client: pg.Client): Promise<number | undefined> => {
  const { rows } = await client.query<{ name: string }>(
    `select activity.application_name as name
       from pg_locks lock join pg_stat_activity activity using (pid)
      where lock.locktype = 'advisory' and lock.objid = $1 and lock.granted`,
    [ownerLock],
  )
  return Number(rows[0]?.name.replace('owner:', '')) || undefined
}

/** A killed owner's session may outlive it by milliseconds. */
const patience = 3000

/** Takes the cluster for this process until `client` ends. @throws EmbeddedPostgresError naming the living owner. */
export const takeOwnership = async (client: pg.Client, dataDir: string): Promise<void> => {
  const begin = Date.now()
  while (!(await tryLock(client))) {
    const holder = await holderOf(client)
    if (Date.now() - begin > patience || (holder && (await isRunning(holder)))) {
      throw new EmbeddedPostgresError(
        'DATA_DIR_IN_USE',
        `${dataDir} is in use by process ${holder ?? '(unknown)'}: stop that one, or start this one with another DATA_DIR.`,
      )
    }
    await sleep(50)
  }
}
