import { sql, type SQL } from 'drizzle-orm'
import { resourceTypes } from '@dashboard/catalog/catalog.ts'
import type { Transaction } from '../db/database.ts'
import { lockScopes, removeFromJobs } from '../jobs/finish.ts'

/** What every account is scanned for. */
const wantedTypes = JSON.stringify(
  resourceTypes.map((type) => ({
    resource_type: type.resourceType,
    service: type.service,
    global: type.scope === 'global',
  })),
)

/** Region × resource type of the accounts that `which` (over `aws_account a`) chooses. */
const wantedOf = (which: SQL) => sql`
  select a.id as connection_id, r.region, t.resource_type, t.service
  from aws_account a
  cross join jsonb_to_recordset(${wantedTypes}::jsonb) as t(resource_type text, service text, global boolean)
  cross join lateral (select 'global' as region where t.global union all select unnest(a.regions) where not t.global) r
  where ${which}`

const removeUnwanted = async (tx: Transaction, which: SQL): Promise<void> => {
  const leaving = await lockScopes(
    tx,
    sql`connection_id in (select a.id from aws_account a where ${which}) and not exists (
      select from (${wantedOf(which)}) w
      where w.connection_id = scope.connection_id and w.region = scope.region and w.resource_type = scope.resource_type)`,
  )
  if (leaving.length === 0) return
  await removeFromJobs(tx, leaving)
  await tx.execute(sql`delete from scope where id = any(${sql.param(leaving)}::bigint[])`)
}

/** Due by themselves after two minutes: whoever connects an account starts its first discovery, and sees it as one run. */
const addWanted = async (tx: Transaction, which: SQL): Promise<void> => {
  await tx.execute(sql`
    insert into scope (connection_id, region, resource_type, service, next_due)
    select w.*, now() + interval '2 minutes' from (${wantedOf(which)}) w
    on conflict (connection_id, region, resource_type) do nothing`)
}

/**
 * Gives a connection one ledger row per region × resource type it should be scanned for, and removes the rows (with
 * their resources) of what is no longer selected.
 */
export const syncScopes = async (tx: Transaction, connectionId: string): Promise<void> => {
  const which = sql`a.id = ${connectionId}`
  await removeUnwanted(tx, which)
  await addWanted(tx, which)
}

/** The ledger rows of connections that are new. */
export const addScopes = (tx: Transaction, connectionIds: readonly string[]): Promise<void> =>
  addWanted(tx, sql`a.id = any(${sql.param([...connectionIds])}::uuid[])`)

/** Rows for what a newer version has learnt to discover, in every account. Nothing is removed. */
export const addNewScopes = (tx: Transaction): Promise<void> => addWanted(tx, sql`true`)

/** Takes all scopes of a connection out of running jobs, before the connection goes or rests. */
export const retireScopes = async (tx: Transaction, connectionId: string): Promise<void> => {
  await removeFromJobs(tx, await lockScopes(tx, sql`connection_id = ${connectionId}`))
}
