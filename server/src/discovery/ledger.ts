import { sql } from 'drizzle-orm'
import { resourceTypes } from '@dashboard/catalog/catalog.ts'
import type { Transaction } from '../db/database.ts'
import { removeFromJobs } from '../jobs/finish.ts'

const wantedFor = (regions: readonly string[]) =>
  resourceTypes.flatMap((type) =>
    (type.scope === 'global' ? ['global'] : regions).map((region) => ({
      region,
      resource_type: type.resourceType,
      service: type.service,
    })),
  )

const wantedRows = (regions: readonly string[]) =>
  sql`select * from jsonb_to_recordset(${JSON.stringify(wantedFor(regions))}::jsonb) as w(region text, resource_type text, service text)`

/**
 * Gives a connection one ledger row per region × resource type it should be scanned for, and removes the rows (with
 * their resources) of what is no longer selected.
 */
export const syncScopes = async (tx: Transaction, connectionId: string, regions: readonly string[]): Promise<void> => {
  const { rows } = await tx.execute<{ id: string }>(sql`
    with wanted as (${wantedRows(regions)})
    select s.id from scope s where s.connection_id = ${connectionId}
      and not exists (select from wanted w where w.region = s.region and w.resource_type = s.resource_type)`)
  const leaving = rows.map((row) => Number(row.id))
  if (leaving.length > 0) {
    await removeFromJobs(tx, leaving)
    await tx.execute(sql`delete from scope where id = any(${sql.param(leaving)}::bigint[])`)
  }
  await tx.execute(sql`
    with wanted as (${wantedRows(regions)})
    insert into scope (connection_id, region, resource_type, service)
    select ${connectionId}::uuid, region, resource_type, service from wanted
    on conflict (connection_id, region, resource_type) do nothing`)
}

/** Takes all scopes of a connection out of running jobs, before the connection goes. */
export const retireScopes = async (tx: Transaction, connectionId: string): Promise<void> => {
  const { rows } = await tx.execute<{ id: string }>(sql`select id from scope where connection_id = ${connectionId}`)
  await removeFromJobs(
    tx,
    rows.map((row) => Number(row.id)),
  )
}
