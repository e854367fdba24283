import { sql, type SQL } from 'drizzle-orm'
import { z } from 'zod'
import type { OrganizationAccount } from '@dashboard/contract/organizations.ts'
import { contains } from '../db/contains.ts'
import type { Database } from '../db/database.ts'
import { decodeToken, encodeToken } from '../paging.ts'

export interface MemberQuery {
  id: string
  ouId?: string[] | undefined
  connected?: 'true' | 'false' | undefined
  text?: string | undefined
  maxResults: number
  nextToken?: string | undefined
}

const Cursor = z.tuple([z.string(), z.string()])

const conditionOf = ({ id, ouId, connected, text }: MemberQuery): SQL => {
  const parts = [sql`m.connection_id = ${id}`]
  if (ouId !== undefined) parts.push(sql`u.ancestors && ${sql.param(ouId)}::text[]`)
  if (connected !== undefined) parts.push(connected === 'true' ? sql`a.id is not null` : sql`a.id is null`)
  const wanted = text?.trim()
  if (wanted) parts.push(sql`m.name || ' ' || m.account_id || ' ' || m.email ilike ${contains(wanted)}`)
  return sql.join(parts, sql` and `)
}

const from = sql`
  from organization_account m
  join aws_account reader on reader.id = m.connection_id
  left join organizational_unit u on u.connection_id = m.connection_id and u.id = m.ou_id
  left join aws_account a on a.account_id = m.account_id and a.partition = reader.partition`

type Row = Omit<OrganizationAccount, 'connection' | 'joinedOrganizationAt'> & {
  joined: Date | string | null
  connectionId: string | null
  connectionName: string
  status: 'active' | 'inactive' | 'error'
  phase: string
  place: string
}

const present = (row: Row): OrganizationAccount => ({
  accountId: row.accountId,
  name: row.name,
  email: row.email,
  ouId: row.ouId,
  ouPath: row.ouPath,
  state: row.state,
  joinedOrganizationAt: row.joined === null ? null : new Date(row.joined).toISOString(),
  connection:
    row.connectionId === null
      ? null
      : { id: row.connectionId, name: row.connectionName, status: row.status, phase: row.phase },
})

/** Member accounts by unit and name, a page at a time. */
export const listMembers = async (db: Database, query: MemberQuery) => {
  const where = conditionOf(query)
  const after = decodeToken(Cursor, query.nextToken)
  const place = sql`lower(coalesce(u.path, '') || '/' || m.name) collate "C"`
  const beyond = after === undefined ? sql`true` : sql`(${place}, m.account_id) > (${after[0]}, ${after[1]})`
  const [{ rows }, { rows: counted }] = await Promise.all([
    db.execute<Row & Record<string, unknown>>(sql`
      select m.account_id as "accountId", m.name, m.email, m.ou_id as "ouId", coalesce(u.path, m.ou_id) as "ouPath", m.state,
        m.joined_organization_at as joined, a.id as "connectionId", a.name as "connectionName", a.status, a.phase,
        ${place} as place
      ${from} where ${where} and ${beyond} order by ${place}, m.account_id limit ${query.maxResults + 1}`),
    db.execute<{ total: number }>(sql`select count(*)::int as total ${from} where ${where}`),
  ])
  const page = rows.slice(0, query.maxResults)
  const last = rows.length > query.maxResults ? page.at(-1) : undefined
  return {
    items: page.map(present),
    total: counted[0]?.total ?? 0,
    ...(last === undefined ? {} : { nextToken: encodeToken([last.place, last.accountId]) }),
  }
}
