import { sql } from 'drizzle-orm'
import type { OrganizationAccount } from '@dashboard/contract/organizations.ts'
import type { Database, Transaction } from '../db/database.ts'

/** A member as the last complete reading showed it. */
export interface KnownMember {
  accountId: string
  state: OrganizationAccount['state']
  /** Ids from the root to its unit. */
  ancestors: string[]
}

/** The members of an organization that are known so far. */
export const readKnownMembers = async (db: Database | Transaction, id: string): Promise<KnownMember[]> => {
  const { rows } = await db.execute<KnownMember & Record<string, unknown>>(sql`
    select m.account_id as "accountId", m.state, coalesce(u.ancestors, '{}') as ancestors
    from organization_account m
    left join organizational_unit u on u.connection_id = m.connection_id and u.id = m.ou_id
    where m.connection_id = ${id}`)
  return rows
}
