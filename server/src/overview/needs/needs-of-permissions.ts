import { sql } from 'drizzle-orm'
import type { NeedsYou } from '@dashboard/contract/overview.ts'
import type { Database } from '../../db/database.ts'

interface Row extends Record<string, unknown> {
  connection_id: string
  account_id: string
  name: string
  since: Date | string
  lost: string[]
}

const shown = 10

const needOf = (row: Row): NeedsYou => {
  const rest = row.lost.length - shown
  return {
    kind: 'PERMISSIONS_LOST',
    severity: 'MEDIUM',
    title: `${row.name} no longer allows ${row.lost.length} ${row.lost.length === 1 ? 'call' : 'calls'}`,
    detail: `${row.lost.slice(0, shown).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`,
    since: new Date(row.since).toISOString(),
    accountId: row.account_id,
    connectionId: row.connection_id,
    scopeId: null,
    fix: null,
  }
}

/**
 * Permissions that active accounts lost within a week and have not given back: what the last validation found denied
 * among those that an event says were lost. Events name them as `ec2:DescribeVolumes in eu-west-1`.
 */
export const needsOfPermissions = async (db: Database): Promise<NeedsYou[]> => {
  const { rows } = await db.execute<Row>(sql`
    select a.id as connection_id, a.account_id, a.name, min(e.at) as since,
      array_agg(distinct lost.permission order by lost.permission) as lost
    from account_event e
    join aws_account a on a.id = e.connection_id
    cross join unnest(e.permissions) lost (permission)
    where e.kind = 'PERMISSIONS_LOST' and e.at > now() - interval '7 days' and a.status = 'active'
      and exists (
        select from jsonb_to_recordset(a.permissions) p (action text, region text, allowed boolean)
        where not p.allowed and p.action || ' in ' || p.region = lost.permission)
    group by a.id order by min(e.at) limit 50`)
  return rows.map(needOf)
}
