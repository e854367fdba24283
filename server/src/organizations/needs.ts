import { sql } from 'drizzle-orm'
import type { NeedsYou } from '@dashboard/contract/overview.ts'
import type { Fix } from '@dashboard/contract/vocabulary.ts'
import type { Database } from '../db/database.ts'

type Row = {
  id: string
  name: string
  accountId: string
  reason: string | null
  fix: Fix | null
  lastComplete: Date | string | null
  unconnected: number
}

const instant = (value: Date | string | null): string | null => (value === null ? null : new Date(value).toISOString())

const needsOf = (row: Row): NeedsYou[] => {
  const about = { accountId: row.accountId, connectionId: row.id, scopeId: null }
  const unreadable: NeedsYou = {
    kind: 'ORGANIZATION_UNREADABLE',
    severity: 'MEDIUM',
    title: `The organization of ${row.name} could not be read`,
    detail: row.reason,
    since: instant(row.lastComplete),
    fix: row.fix,
    ...about,
  }
  const unconnected: NeedsYou = {
    kind: 'ORGANIZATION_ACCOUNTS_UNCONNECTED',
    severity: 'LOW',
    title: `${row.unconnected} active ${row.unconnected === 1 ? 'account' : 'accounts'} of the organization ${row.unconnected === 1 ? 'is' : 'are'} not connected`,
    detail: 'Nothing is known of what they hold.',
    since: null,
    fix: null,
    ...about,
  }
  return [...(row.reason === null ? [] : [unreadable]), ...(row.unconnected === 0 ? [] : [unconnected])]
}

/** What of the organizations waits for a person. */
export const needsOfOrganizations = async (db: Database): Promise<NeedsYou[]> => {
  const { rows } = await db.execute<Row>(sql`
    select o.connection_id as id, reader.name, reader.account_id as "accountId", o.reason, o.fix,
      o.last_complete as "lastComplete",
      (select count(*)::int from organization_account m
        where m.connection_id = o.connection_id and m.state = 'ACTIVE' and not exists (
          select from aws_account a where a.account_id = m.account_id and a.partition = reader.partition)) as unconnected
    from organization o join aws_account reader on reader.id = o.connection_id order by o.created_at`)
  return rows.flatMap(needsOf)
}
