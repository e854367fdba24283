import { sql } from 'drizzle-orm'
import type { Overview } from '@dashboard/contract/overview.ts'
import type { Database } from '../db/database.ts'

const days = 30

/**
 * Resources that changed on each of the last 30 days (UTC), today included. One counts once a day, by the most that
 * happened to it: deleted, else created, else changed. So a day's three figures add up to the rows that the list shows
 * for the day when asked for all three kinds.
 */
export const readChangesByDay = async (db: Database): Promise<Overview['changesByDay']> => {
  const { rows } = await db.execute<Overview['changesByDay'][number]>(sql`
    with changed as (
      select (at at time zone 'utc')::date as day, resource_id,
        min(case kind when 'DELETED' then 1 when 'CREATED' then 2 else 3 end) as most
      from resource_version
      where at >= (date_trunc('day', now() at time zone 'utc') - ${days - 1} * interval '1 day') at time zone 'utc'
      group by 1, 2),
    counted as (
      select day, count(*) filter (where most = 2)::int as created, count(*) filter (where most = 3)::int as changed,
        count(*) filter (where most = 1)::int as deleted
      from changed group by day)
    select to_char(d.day, 'YYYY-MM-DD') as day, coalesce(c.created, 0) as created, coalesce(c.changed, 0) as changed,
      coalesce(c.deleted, 0) as deleted
    from (select (now() at time zone 'utc')::date - back as day from generate_series(0, ${days - 1}) back) d
    left join counted c on c.day = d.day order by d.day`)
  return rows.map(({ day, created, changed, deleted }) => ({ day, created, changed, deleted }))
}
