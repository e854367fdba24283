import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { migrate } from '@dashboard/server/db/migrate.ts'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type TestDatabase } from '../testing/database.ts'

const migrations = fileURLToPath(new URL('../../server/src/db/migrations', import.meta.url))

let database: TestDatabase
let client: pg.Client
let older: string

/** The migrations of a version before organizations, history and views. */
const olderMigrations = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'dashboard-test-migrations-'))
  await cp(migrations, folder, { recursive: true })
  const journalFile = join(folder, 'meta', '_journal.json')
  const journal = JSON.parse(await readFile(journalFile, 'utf8')) as { entries: { idx: number }[] }
  await writeFile(journalFile, JSON.stringify({ ...journal, entries: journal.entries.filter(({ idx }) => idx < 3) }))
  return folder
}

const connection = '01900000-0000-7000-8000-00000000000'

beforeAll(async () => {
  database = await createDatabase()
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
  await client.query('drop schema public cascade; create schema public; drop schema drizzle cascade')
  older = await olderMigrations()
  await runMigrations(drizzle(client), { migrationsFolder: older })
})

afterAll(async () => {
  await client?.end()
  await database?.drop()
  await rm(older, { recursive: true, force: true })
})

test('What an older version has found is there after an upgrade, and connections in use are validated soon', async () => {
  for (const [at, status, phase] of [
    [1, 'active', 'CONNECTED'],
    [2, 'error', 'LOST_ACCESS'],
    [3, 'inactive', 'PENDING'],
  ] as const)
    await client.query(
      `insert into aws_account (id, name, account_id, partition, credential_type, regions, default_region, status, phase)
      values ($1, 'orders', $2, 'aws', 'iam_role', '{eu-west-1}', 'eu-west-1', $3, $4)`,
      [`${connection}${at}`, `11111111111${at}`, status, phase],
    )
  await client.query(`
    with s as (
      insert into scope (connection_id, region, resource_type, service) values ('${connection}1', 'eu-west-1', 'AWS::EC2::VPC', 'ec2')
      returning id
    ), r as (
      insert into resource (uid, scope_id, account_id, region, service, resource_type, native_id, arn, name, tags, properties, hash, discovered_at, changed_at)
      select gen_random_uuid(), s.id, '111111111111', 'eu-west-1', 'ec2', 'AWS::EC2::VPC', 'vpc-' || n, 'arn:' || n, 'vpc ' || n,
        case n when 1 then '{"Environment": "Prod"}'::jsonb else '{}' end, '{}', '\\x00', now(), now()
      from s, generate_series(1, 2) n returning id
    )
    insert into resource_version (resource_id, version, at, kind, changes) select id, 1, now(), 'CREATED', '[]' from r`)

  await migrate(database.url)

  const { rows: resources } = await client.query('select native_id, environment from resource order by native_id')
  expect(resources).toEqual([
    { native_id: 'vpc-1', environment: 'production' },
    { native_id: 'vpc-2', environment: null },
  ])
  expect((await client.query('select from resource_version')).rows).toHaveLength(2)
  const { rows: accounts } = await client.query(
    `select phase, next_validation <= now() as due, e.environment
    from aws_account a join account_environment e on e.connection_id = a.id order by a.id`,
  )
  expect(accounts).toEqual([
    { phase: 'CONNECTED', due: true, environment: null },
    { phase: 'LOST_ACCESS', due: true, environment: null },
    { phase: 'PENDING', due: null, environment: null },
  ])
})
