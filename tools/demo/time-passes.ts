import { sql, type SQL } from 'drizzle-orm'
import type { Database, Transaction } from '@dashboard/server/db/database.ts'

/** Tables that tell of the installation, its people and its keys: they live in real time. */
const realTime = ['installation', 'user', 'session', 'refresh_token', 'signing_key', 'kek_version', 'secret_version']

/** Columns in which AWS says when something happened there: that does not move with us. */
const toldByAws = ['resource.created_at', 'organization_account.joined_organization_at']

/** Instants within JSON documents, as PostgreSQL finds the objects that hold them. */
const inDocuments = [
  { table: 'aws_account', column: 'permissions', member: 'probedAt' },
  { table: 'resource', column: 'detail_error', member: 'at' },
] as const

export interface Passed {
  /** Tables whose rows were moved. */
  tables: string[]
  rows: number
}

/** A worker has a scope: what it writes afterwards would be of another time than what it began with. */
export class ScanUnderWay extends Error {
  override readonly name = 'ScanUnderWay'
}

const instants = async (tx: Transaction): Promise<Map<string, string[]>> => {
  const { rows } = await tx.execute<{ table_name: string; column_name: string }>(sql`
    select c.table_name, c.column_name from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type = 'timestamp with time zone'
    order by c.table_name, c.ordinal_position`)
  const moving = rows.filter(
    ({ table_name, column_name }) =>
      !realTime.includes(table_name) && !toldByAws.includes(`${table_name}.${column_name}`),
  )
  return new Map(
    [...Map.groupBy(moving, (row) => row.table_name)].map(([table, columns]) => [
      table,
      columns.map((column) => column.column_name),
    ]),
  )
}

const requireRest = async (tx: Transaction): Promise<void> => {
  const { rows } = await tx.execute(sql`select from scope where lease_until > now() limit 1`)
  if (rows.length > 0) throw new ScanUnderWay('A scan is under way; time passes between scans.')
}

/** As JavaScript writes instants, which is how they came into the document. */
const iso = (value: SQL): SQL => sql`to_jsonb(to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`

/** The document with the member of the object, or of each object of the list, moved back. */
const movedDocument = (document: SQL, member: string, ago: SQL): SQL => {
  const moved = (object: SQL) =>
    sql`jsonb_set(${object}, ${sql.param([member])}::text[], ${iso(sql`((${object} ->> ${member})::timestamptz - ${ago})`)})`
  return sql`case jsonb_typeof(${document})
    when 'object' then ${moved(document)}
    when 'array' then (select coalesce(jsonb_agg(${moved(sql`item`)} order by place), '[]'::jsonb)
      from jsonb_array_elements(${document}) with ordinality as items(item, place))
    else ${document} end`
}

/**
 * Moves everything the inventory remembers back by `seconds`, as if so much time had passed since. One transaction, and
 * nothing may be scanned meanwhile.
 * @throws ScanUnderWay
 */
export const timePasses = (db: Database, seconds: number): Promise<Passed> =>
  db.transaction(async (tx) => {
    await requireRest(tx)
    const ago = sql`make_interval(secs => ${seconds}::double precision)`
    for (const { table, column, member } of inDocuments) {
      const document = sql.identifier(column)
      await tx.execute(sql`
        update ${sql.identifier(table)} set ${document} = ${movedDocument(sql`${document}`, member, ago)}
        where ${document} is not null`)
    }
    const moved: Passed = { tables: [], rows: 0 }
    for (const [table, columns] of await instants(tx)) {
      const sets = columns.map((column) => sql`${sql.identifier(column)} = ${sql.identifier(column)} - ${ago}`)
      const { rowCount } = await tx.execute(sql`update ${sql.identifier(table)} set ${sql.join(sets, sql`, `)}`)
      if (rowCount) moved.tables.push(table)
      moved.rows += rowCount ?? 0
    }
    return moved
  })
