import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type TestDatabase } from '../testing/database.ts'

let database: TestDatabase
let client: pg.Client

beforeAll(async () => {
  database = await createDatabase()
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
})

afterAll(async () => {
  await client?.end()
  await database?.drop()
})

test('A dump can be restored: the table of resources is made and filled with no search path, as pg_dump does', async () => {
  await client.query(`select pg_catalog.set_config('search_path', '', false)`)
  const { rows } = await client.query<{ type: string; expression: string }>(
    `select format_type(a.atttypid, a.atttypmod) as type, pg_get_expr(d.adbin, d.adrelid) as expression
    from pg_attribute a join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = 'public.resource'::regclass and a.attgenerated = 's'`,
  )
  expect(rows).not.toEqual([])
  const generated = rows.map(({ type, expression }, at) => `g${at} ${type} generated always as (${expression}) stored`)
  await client.query(`create temp table restored (tags jsonb, ${generated.join(', ')})`)
  await client.query(`insert into restored (tags) values ('{"Env":"prd"}')`)
  expect((await client.query('select g0 from restored')).rows).toEqual([{ g0: 'production' }])
})
