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

/** EC2's ids are unique in the world: a shared subnet lies in another account. */
const uniqueId = sql`e.target_key ~ '^[a-z]+-[0-9a-f]{8,17}$'`

/** Ids and names of everything else count within their region, unless one side has none. */
const nearby = sql`(t.region = s.region or t.region = 'global' or s.region = 'global')`

/** What the edge `e` of the source `s` may name, one branch for each index. */
const candidates = sql`
  select t.id, t.account_id, t.region from resource t
  where e.target_by = 'arn' and t.arn = e.target_key and t.resource_type = e.target_type and t.deleted_at is null
  union all
  select t.id, t.account_id, t.region from resource t
  where e.target_by = 'id' and t.native_id = e.target_key and t.resource_type = e.target_type and t.deleted_at is null
    and (${uniqueId} or (t.account_id = s.account_id and ${nearby}))
  union all
  select t.id, t.account_id, t.region from resource t
  where e.target_by = 'name' and t.name = e.target_key and t.resource_type = e.target_type and t.deleted_at is null
    and t.account_id = s.account_id and ${nearby}
  union all
  -- DNS names and public addresses are unique in the world.
  select t.id, t.account_id, t.region from resource t
  where e.target_by = 'endpoint' and t.endpoint = e.target_key and t.resource_type = e.target_type and t.deleted_at is null`

const bind = async (db: Database, which: SQL): Promise<void> => {
  await db.transaction(async (tx) => {
    await tx.execute(sql`
      update edge set dst = found.target from (
        select e.id as edge, c.id as target from edge e join resource s on s.id = e.src
        cross join lateral (
          select c.id from (${candidates}) c
          order by (c.account_id = s.account_id) desc, (c.region = s.region) desc, c.id limit 1
        ) c
        where e.dst is null and e.valid_to is null and ${which}
        order by e.id
      ) found where edge.id = found.edge and edge.dst is null`)
  })
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
    sql`e.target_key in (select k from resource r, unnest(array[r.arn, r.native_id, r.name, r.endpoint]) k where r.id = any(${resources}))`,
  )
}

/** Joins everything that can be joined: mends what a process left between its commit and its binding. */
export const bindAllEdges = (db: Database): Promise<void> => bind(db, sql`true`)
