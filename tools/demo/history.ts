import { sql } from 'drizzle-orm'
import type { Core } from '@dashboard/server/core.ts'
import { createJobs } from '@dashboard/server/jobs/jobs.ts'
import type { Logger } from '@dashboard/server/log/log.ts'
import type { OperatorKey } from '../aws-gateway/credentials.ts'
import { required } from '../aws-gateway/required.ts'
import { daysBefore } from '../demo-organisation/aws/site.ts'
import { sitesOf } from '../demo-organisation/build-demo-organisation.ts'
import type { Chapter } from '../demo-organisation/chapters/chapter.ts'
import { story } from '../demo-organisation/chapters/story.ts'
import { DemoSecrets } from '../demo-organisation/demo-secrets.ts'
import { applyEnvironment, awsEnvironment } from './aws-environment.ts'
import { connectAccounts } from './connect-accounts.ts'
import { discoverAsOf } from './discover-as-of.ts'
import { readDemoOrganization } from './read-organization.ts'
import { timePasses } from './time-passes.ts'

export interface HistoryOptions {
  core: Core
  databaseUrl: string
  /** Of the gateway, and its operators' keys. */
  endpoint: string
  operatorKeys: OperatorKey[]
  dataDir: string
  /** The day the story is told, from which its days count back. */
  now: Date
  say: (message: string) => void
  log: Logger
}

const secondsOfDay = 86_400

const day = (at: Date): string => at.toISOString().slice(0, 10)

const liveResources = async ({ core }: HistoryOptions): Promise<number> => {
  const { rows } = await core.database.db.execute<{ live: number }>(
    sql`select count(*)::int as live from resource where deleted_at is null`,
  )
  return rows[0]?.live ?? 0
}

const told = (live: number, job: { resourcesCreated: number; resourcesChanged: number }, deleted: number): string =>
  `${live} resources: ${job.resourcesCreated} new, ${job.resourcesChanged} changed, ${deleted} deleted.`

/** Connects what the chapter connects and looks at AWS as it is at its end. */
const lookAtChapter = async (options: HistoryOptions, chapter: Chapter, secrets: Partial<DemoSecrets>) => {
  const { say, now } = options
  const asOf = daysBefore(now, chapter.daysAgo)
  if (chapter.connects.length > 0) {
    say(`As of ${day(asOf)}: connecting ${chapter.connects.length} accounts …`)
    await connectAccounts({ ...options, accounts: chapter.connects, secrets, asOf })
  }
  await readDemoOrganization(options)
  say(`As of ${day(asOf)}: discovering …`)
  const before = await liveResources(options)
  const job = await discoverAsOf(options)
  const live = await liveResources(options)
  say(`As of ${day(asOf)}: ${told(live, job, before + job.resourcesCreated - live)}`)
}

/**
 * The demo's past, lived through: chapter after chapter AWS changes, the product looks, and time passes. It ends today,
 * with the changes since yesterday made and their discovery asked for, but not begun.
 */
export const liveThroughHistory = async (options: HistoryOptions): Promise<DemoSecrets> => {
  const { core, dataDir, say } = options
  const { db } = core.database
  const at = sitesOf(options)
  let secrets: Partial<DemoSecrets> = {}
  for (const [index, chapter] of story.entries()) {
    secrets = { ...secrets, ...(await chapter.happen(at)) }
    if (chapter.daysAgo === 0) break
    // From here on the product signs as itself.
    applyEnvironment(awsEnvironment(secrets.productIdentity, dataDir))
    await lookAtChapter(options, chapter, secrets)
    const next = required(story[index + 1], 'a chapter after the past')
    await timePasses(db, (chapter.daysAgo - next.daysAgo) * secondsOfDay)
  }
  await createJobs({ db }).discover({}, 'demo')
  say('As of today: the discovery goes on in the application.')
  return DemoSecrets.parse(secrets)
}
