import { sql } from 'drizzle-orm'
import type { Transaction } from '../db/database.ts'
import type { MemberRead, OrganizationReading, UnitRead } from './reading.ts'

/** Words a unit's name may say by itself; "Workloads" is no environment. */
const told = sql`('production', 'staging', 'development', 'test', 'sandbox')`

const storeUnits = async (tx: Transaction, connectionId: string, units: UnitRead[]): Promise<void> => {
  const rows = JSON.stringify(
    units.map(({ id, name, parentId, path, ancestors }) => ({ id, name, parent_id: parentId, path, ancestors })),
  )
  await tx.execute(sql`
    with read as (
      select id, name, parent_id, path, ancestors
      from jsonb_to_recordset(${rows}::jsonb) as r(id text, name text, parent_id text, path text, ancestors text[])
    ), gone as (
      delete from organizational_unit where connection_id = ${connectionId} and id not in (select id from read)
    )
    insert into organizational_unit (connection_id, id, name, parent_id, path, ancestors)
    select ${connectionId}, * from read
    on conflict (connection_id, id) do update
      set name = excluded.name, parent_id = excluded.parent_id, path = excluded.path, ancestors = excluded.ancestors`)
  await tx.execute(sql`
    update organizational_unit u set environment = t.environment
    from organizational_unit named cross join lateral (
      select (
        select environment_of(above.name) from unnest(named.ancestors) with ordinality as a(id, depth)
        join organizational_unit above on above.connection_id = named.connection_id and above.id = a.id
        where environment_of(above.name) in ${told} order by a.depth desc limit 1
      ) as environment
    ) t
    where u.connection_id = ${connectionId} and named.connection_id = u.connection_id and named.id = u.id
      and u.environment is distinct from t.environment`)
}

const storeMembers = async (tx: Transaction, connectionId: string, accounts: MemberRead[]): Promise<void> => {
  const rows = JSON.stringify(
    accounts.map(({ accountId, name, email, ouId, state, joinedOrganizationAt }) => ({
      account_id: accountId,
      name,
      email,
      ou_id: ouId,
      state,
      joined_at: joinedOrganizationAt,
    })),
  )
  await tx.execute(sql`
    with read as (
      select * from jsonb_to_recordset(${rows}::jsonb)
        as r(account_id text, name text, email text, ou_id text, state text, joined_at timestamptz)
    ), gone as (
      delete from organization_account
      where connection_id = ${connectionId} and account_id not in (select account_id from read)
    )
    insert into organization_account as known
      (connection_id, account_id, name, email, ou_id, state, joined_organization_at, in_unit_since)
    select ${connectionId}, account_id, name, email, ou_id, state, joined_at, now() from read
    on conflict (connection_id, account_id) do update set
      name = excluded.name, email = excluded.email, ou_id = excluded.ou_id, state = excluded.state,
      joined_organization_at = excluded.joined_organization_at,
      in_unit_since = case
        when known.ou_id = excluded.ou_id and (known.state = 'ACTIVE') = (excluded.state = 'ACTIVE')
        then known.in_unit_since else excluded.in_unit_since end`)
}

/** Replaces what is known of an organization by a complete reading of it. */
export const storeReading = async (
  tx: Transaction,
  connectionId: string,
  reading: OrganizationReading,
): Promise<void> => {
  await storeUnits(tx, connectionId, reading.units)
  await storeMembers(tx, connectionId, reading.accounts)
}
