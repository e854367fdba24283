import { sql } from 'drizzle-orm'
import type { Job } from '@dashboard/contract/jobs.ts'
import type { Core } from '@dashboard/server/core.ts'
import type { Database } from '@dashboard/server/db/database.ts'
import { createJobs } from '@dashboard/server/jobs/jobs.ts'
import type { Logger } from '@dashboard/server/log/log.ts'
import { startWorkerProcess } from '@dashboard/server/worker-process.ts'
import { timePasses } from './time-passes.ts'

interface Options {
  core: Core
  databaseUrl: string
  log: Logger
}

const pollMs = 100
/** Of an emulator on a busy machine; a discovery takes seconds. */
const patienceMs = 300_000
/** What is missing is due again after a minute: the second proof that it is gone. */
const secondsToSecondProof = 120

const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  for (const end = Date.now() + patienceMs; !(await isSo());) {
    if (Date.now() > end) throw new Error('The discovery of the past did not end in time.')
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}

/** Nothing is being scanned, nothing waits to be. */
const isQuiet = async (db: Database): Promise<boolean> => {
  const { rows } = await db.execute(sql`
    select from scope s join aws_account a on a.id = s.connection_id
    where a.status = 'active' and (s.next_due <= now() or s.lease_until > now()) limit 1`)
  return rows.length === 0
}

const workUntil = async ({ core, databaseUrl, log }: Options, isDone: () => Promise<boolean>): Promise<void> => {
  await using _worker = await startWorkerProcess({ core, databaseUrl, metrics: { scanned: () => undefined }, log })
  await until(isDone)
}

/**
 * Works off a discovery that was asked for, and looks for whatever is missing a second time two minutes later, so that
 * what is gone counts as deleted. The worker has ended when it returns.
 */
export const workOff = async (options: Options, jobId: string): Promise<Job> => {
  const { db } = options.core.database
  const jobs = createJobs({ db })
  await workUntil(options, async () => (await jobs.get(jobId)).status === 'completed')
  await timePasses(db, secondsToSecondProof)
  await workUntil(options, () => isQuiet(db))
  return jobs.get(jobId)
}

/** Discovers every connected account with the product's own worker. */
export const discoverAsOf = async (options: Options): Promise<Job> => {
  const { jobId } = await createJobs({ db: options.core.database.db }).discover({}, 'demo')
  return workOff(options, jobId)
}
