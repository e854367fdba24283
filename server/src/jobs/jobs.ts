import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { resourceTypes } from '@dashboard/catalog/catalog.ts'
import { maxStalenessMinutes } from '@dashboard/catalog/resource-type.ts'
import type { Job, JobScope } from '@dashboard/contract/jobs.ts'
import type { ScopeStatus } from '@dashboard/contract/vocabulary.ts'
import type { Database } from '../db/database.ts'
import { job } from '../db/schema.ts'
import { AppError, notFound } from '../errors.ts'
import { publish } from '../events/bus.ts'
import { decodeToken, encodeToken } from '../paging.ts'
import { listScopes } from '../discovery/scope-list.ts'
import { lockScopes } from './finish.ts'

/** Resource type → minutes that an answer about it may age. */
const stalenessOfTypes = JSON.stringify(
  Object.fromEntries(resourceTypes.map((type) => [type.resourceType, maxStalenessMinutes(type)])),
)

type Row = typeof job.$inferSelect

export interface DiscoverInput {
  accountIds?: string[] | undefined
  regions?: string[] | undefined
  resourceTypes?: string[] | undefined
}

export interface Jobs {
  /** `requestId`: of the request that asks for it; the workers log it with each scan. */
  discover(input: DiscoverInput, requestedBy: string, requestId?: string): Promise<{ jobId: string; scopes: number }>
  list(page: { maxResults: number; nextToken?: string | undefined }): Promise<{ items: Job[]; nextToken?: string }>
  get(id: string): Promise<Job>
  cancel(id: string): Promise<Job>
  scopes(query: {
    id: string
    status?: ScopeStatus[] | undefined
    maxResults: number
    nextToken?: string | undefined
  }): Promise<{ items: JobScope[]; nextToken?: string; total: number }>
}

const etaOf = (row: Row, now: number): number | null => {
  if (row.startedAt === null || row.done < 3 || row.status !== 'running') return null
  const elapsed = (now - row.startedAt.getTime()) / 1000
  return Math.max(0, Math.round((elapsed / row.done) * (row.total - row.done)))
}

const present = (row: Row): Job => ({
  id: row.id,
  kind: row.kind,
  status: row.status,
  requestedBy: row.requestedBy,
  accountIds: row.accountIds,
  done: row.done,
  total: row.total,
  byStatus: row.byStatus,
  resourcesSeen: row.seen,
  resourcesCreated: row.created,
  resourcesChanged: row.changed,
  resourcesDeleted: row.deleted,
  etaSeconds: etaOf(row, Date.now()),
  createdAt: row.createdAt.toISOString(),
  startedAt: row.startedAt?.toISOString() ?? null,
  endedAt: row.endedAt?.toISOString() ?? null,
})

const anyOf = (column: string, values: string[] | undefined) =>
  values === undefined ? sql`true` : sql`${sql.raw(column)} = any(${sql.param(values)}::text[])`

const Cursor = z.tuple([z.uuid()])

/** The newest job, for pages that show how fresh they are. */
export const readLastJob = async (db: Database): Promise<Job | null> => {
  const [row] = await db.select().from(job).orderBy(desc(job.id)).limit(1)
  return row === undefined ? null : present(row)
}

/** Long work that people asked for, with its progress. */
export const createJobs = (options: { db: Database }): Jobs => {
  const { db } = options
  const getRow = async (id: string): Promise<Row> => {
    const [row] = await db.select().from(job).where(eq(job.id, id))
    if (row === undefined) throw notFound('job')
    return row
  }

  return {
    discover: (input, requestedBy, requestId) =>
      db.transaction(async (tx) => {
        const id = uuidv7()
        await tx
          .insert(job)
          .values({ id, kind: 'discovery', status: 'queued', requestedBy, requestId, accountIds: [], total: 0 })
        // Accounts that are being paused, or lose their access, have done so when their scopes are chosen: nobody would scan
        // those, and the job would wait for ever.
        await tx.execute(sql`
          select from aws_account a where a.status = 'active' and ${anyOf('a.account_id', input.accountIds)}
          order by a.id for share`)
        // Claimed in random order over accounts and regions: no single account's quota is hit by everything at once.
        const { rows } = await tx.execute<{ scopes: number; accounts: string[] | null }>(sql`
          with chosen as (
            select s.id, s.fence, a.account_id from scope s join aws_account a on a.id = s.connection_id
            where a.status = 'active' and ${anyOf('a.account_id', input.accountIds)}
              and ${anyOf('s.region', input.regions)}
              and ${anyOf('s.resource_type', input.resourceTypes)}
            order by s.id for update of s
          ), asked as (
            insert into job_scope (job_id, scope_id, after_fence) select ${id}::uuid, id, fence + 1 from chosen
          ), due as (
            update scope s set next_due = now() - make_interval(secs => random()), priority = 0 from chosen where s.id = chosen.id
          )
          select count(*)::int as scopes, array_agg(distinct account_id) as accounts from chosen`)
        const [counted] = rows
        if (counted === undefined || counted.scopes === 0) throw new AppError('NOTHING_TO_DISCOVER')
        await tx
          .update(job)
          .set({ total: counted.scopes, accountIds: counted.accounts ?? [] })
          .where(eq(job.id, id))
        await publish(tx, { type: 'job', id })
        await publish(tx, { type: 'work' })
        return { jobId: id, scopes: counted.scopes }
      }),

    list: async ({ maxResults, nextToken }) => {
      const before = decodeToken(Cursor, nextToken)?.[0]
      const rows = await db
        .select()
        .from(job)
        .where(before === undefined ? undefined : lt(job.id, before))
        .orderBy(desc(job.id))
        .limit(maxResults + 1)
      const page = rows.slice(0, maxResults)
      const last = rows.length > maxResults ? page.at(-1) : undefined
      return { items: page.map(present), ...(last === undefined ? {} : { nextToken: encodeToken([last.id]) }) }
    },

    get: async (id) => present(await getRow(id)),

    cancel: async (id) => {
      await getRow(id)
      const [row] = await db.transaction(async (tx) => {
        await lockScopes(tx, sql`id in (select scope_id from job_scope where job_id = ${id} and finished_at is null)`)
        const updated = await tx
          .update(job)
          .set({ status: 'cancelled', endedAt: new Date() })
          .where(and(eq(job.id, id), inArray(job.status, ['queued', 'running'])))
          .returning()
        // What no other job waits for goes back to its own schedule.
        await tx.execute(sql`
          with dropped as (delete from job_scope where job_id = ${id} and finished_at is null returning scope_id)
          update scope s set priority = 10,
            next_due = now() + make_interval(mins => coalesce((${stalenessOfTypes}::jsonb ->> s.resource_type)::int, 60))
          from dropped d where s.id = d.scope_id
            and not exists (select from job_scope o where o.scope_id = s.id and o.job_id <> ${id} and o.finished_at is null)`)
        await publish(tx, { type: 'job', id })
        return updated
      })
      if (row === undefined) throw new AppError('JOB_NOT_RUNNING')
      return present(row)
    },

    scopes: async (query) => {
      await getRow(query.id)
      return listScopes(db, { jobId: query.id, status: query.status }, query)
    },
  }
}
