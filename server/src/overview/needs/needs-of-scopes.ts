import { sql } from 'drizzle-orm'
import type { NeedsYou } from '@dashboard/contract/overview.ts'
import type { ScopeStatus } from '@dashboard/contract/vocabulary.ts'
import type { Database } from '../../db/database.ts'

const wanting: readonly ScopeStatus[] = ['ACCESS_DENIED', 'DENIED_BY_SCP', 'PARTIAL', 'FAILED', 'THROTTLED']

/** Scopes of active accounts that are not fully known, together by account and reason. */
export const needsOfScopes = async (db: Database): Promise<NeedsYou[]> => {
  const { rows } = await db.execute<{
    account_id: string
    name: string
    connection_id: string
    status: ScopeStatus
    scopes: number
    reason: string | null
    fix: NeedsYou['fix']
    since: Date | string | null
    scope_id: string
  }>(sql`
    select a.account_id, a.name, a.id as connection_id, s.status, count(*)::int as scopes, min(s.id) as scope_id,
      (array_agg(s.reason order by s.id))[1] as reason, (array_agg(s.fix order by s.id))[1] as fix, min(s.last_attempt) as since
    from scope s join aws_account a on a.id = s.connection_id
    where a.status = 'active' and s.status = any(${sql.param([...wanting])}::text[])
    group by a.account_id, a.name, a.id, s.status, s.reason order by count(*) desc limit 50`)
  return rows.map((row) => ({
    kind: row.status === 'FAILED' || row.status === 'THROTTLED' ? 'SCOPES_FAILED' : 'SCOPES_DENIED',
    severity: row.status === 'FAILED' ? 'MEDIUM' : 'LOW',
    title: `${row.name}: ${row.scopes} ${row.scopes === 1 ? 'scope' : 'scopes'} not fully known`,
    detail: row.reason,
    since: row.since === null ? null : new Date(row.since).toISOString(),
    accountId: row.account_id,
    connectionId: row.connection_id,
    scopeId: row.scopes === 1 ? Number(row.scope_id) : null,
    fix: row.fix,
  }))
}
