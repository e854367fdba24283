import { sql, type SQL } from 'drizzle-orm'
import type { Database, Transaction } from '../db/database.ts'
import type { CollectedResource } from './collect.ts'

type Relationship = CollectedResource['relationships'][number]

/** Sources in one statement. */
const batchSize = 500

/** Ends what a resource no longer says and adds what is new; what stays is not touched. */
export const replaceEdges = async (
  tx: Transaction,
  sources: readonly { src: number; relationships: readonly Relationship[] }[],
): Promise<void> => {
  for (let start = 0; start < sources.length; start += batchSize) {
    const batch = sources.slice(start, start + batchSize)
    const wanted = batch.flatMap(({ src, relationships }) =>
      relationships.map(({ kind, to, target, by, reverse }) => ({
        src,
        kind,
        target_type: to,
        target_key: target,
        target_by: by,
        reverse,
      })),
    )
    await tx.execute(sql`
      with wanted as (
        select distinct * from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
          as w(src bigint, kind text, target_type text, target_key text, target_by text, reverse boolean)
      ), present as (
        select e.id, e.src, e.kind, e.target_type, e.target_key, e.target_by, e.reverse from edge e
        where e.src = any(${sql.param(batch.map(({ src }) => src))}::bigint[]) and e.valid_to is null
      ), closed as (
        update edge set valid_to = now() where id in (
          select p.id from present p left join wanted w using (src, kind, target_type, target_key, target_by, reverse) where w.src is null)
      )
      insert into edge (src, kind, target_type, target_key, target_by, reverse, valid_from)
      select w.src, w.kind, w.target_type, w.target_key, w.target_by, w.reverse, now()
      from wanted w left join present p using (src, kind, target_type, target_key, target_by, reverse) where p.id is null`)
  }
}

/**
 * An ARN names one resource in the world, and so do EC2's hexadecimal ids (a shared subnet lies in another account).
 * Every other id or name counts within its account, and within its region unless one side is global.
 */
const sameResource = sql`
  t.resource_type = e.target_type and t.deleted_at is null and (
    (e.target_by = 'arn' and t.arn = e.target_key)
    or (e.target_by = 'id' and t.native_id = e.target_key and (t.account_id = s.account_id or e.target_key ~ '^[a-z]+-[0-9a-f]{8,17}$'))
    or (e.target_by = 'name' and t.name = e.target_key and t.account_id = s.account_id)
  ) and (e.target_by = 'arn' or t.region = s.region or e.target_key ~ '^[a-z]+-[0-9a-f]{8,17}$' or s.region = 'global' or t.region = 'global')`

const bind = async (db: Database, which: SQL): Promise<void> => {
  await db.execute(sql`
    update edge set dst = found.target from (
      select distinct on (e.id) e.id as edge, t.id as target
      from edge e join resource s on s.id = e.src
      join resource t on ${sameResource}
      where e.dst is null and e.valid_to is null and ${which}
      order by e.id, (t.account_id = s.account_id) desc, (t.region = s.region) desc
    ) found where edge.id = found.edge and edge.dst is null`)
}

/**
 * Joins edges to the resources they name. Run after the commit that wrote them: of two scans that write each other's
 * ends at once, the later one then sees both.
 */
export const bindEdges = async (db: Database, touched: readonly number[]): Promise<void> => {
  if (touched.length === 0) return
  const resources = sql`${sql.param([...touched])}::bigint[]`
  await bind(db, sql`e.src = any(${resources})`)
  await bind(
    db,
    sql`t.id = any(${resources}) and e.target_key in (select k from resource r, unnest(array[r.arn, r.native_id, r.name]) k where r.id = any(${resources}))`,
  )
}

/** Joins everything that can be joined: mends what a process left between its commit and its binding. */
export const bindAllEdges = (db: Database): Promise<void> => bind(db, sql`true`)
