import { sql } from 'drizzle-orm'
import { type DatabaseConnection, openDatabase } from '@dashboard/server/db/database.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase, type TestDatabase } from '../testing/database.ts'
import { ScanUnderWay, timePasses } from './time-passes.ts'

const connectionId = '01a21300-0000-7000-8000-000000000001'
const userId = '01a21300-0000-7000-8000-000000000002'
const hour = 3_600

let database: TestDatabase
let connection: DatabaseConnection

beforeAll(async () => {
  database = await createDatabase()
  connection = openDatabase(database.url, { max: 2, onError: () => undefined })
  const { db } = connection
  await db.execute(sql`
    insert into "user" (id, email, password_hash, role, created_at)
    values (${userId}, 'a@example.com', 'x', 'admin', '2026-01-01T00:00:00Z')`)
  await db.execute(sql`
    insert into aws_account (id, name, account_id, partition, credential_type, regions, default_region, status, phase,
      last_validated, permissions, created_at)
    values (${connectionId}, 'orders', '111111111111', 'aws', 'iam_role', '{eu-west-1}', 'eu-west-1', 'active', 'CONNECTED',
      '2026-11-25T10:00:00Z',
      '[{"action": "b:List", "probedAt": "2026-11-25T10:00:00.250Z"}, {"action": "a:List", "probedAt": "2026-11-25T00:30:00.000Z"}]',
      '2026-11-25T09:00:00Z')`)
  await db.execute(sql`
    insert into scope (connection_id, region, resource_type, service, last_complete, next_due)
    values (${connectionId}, 'eu-west-1', 'AWS::SQS::Queue', 'sqs', '2026-11-25T11:00:00Z', '2026-11-25T12:00:00Z')`)
  await db.execute(sql`
    insert into resource (uid, scope_id, account_id, region, service, resource_type, native_id, arn, name, tags,
      properties, hash, created_at, discovered_at, changed_at, detail_error)
    select gen_random_uuid(), id, '111111111111', region, service, resource_type, 'q', 'arn:q', 'q', '{}', '{}', '',
      '2025-05-05T05:00:00Z', '2026-11-25T11:00:00Z', '2026-11-25T11:00:00Z',
      '{"operation": "GetQueueAttributes", "message": "no", "code": "No", "at": "2026-11-25T11:00:00.000Z"}'
    from scope`)
  await db.execute(sql`
    insert into resource_version (resource_id, version, at, kind, changes)
    select id, 1, '2026-11-25T11:00:00Z', 'CREATED', '[]' from resource`)
})
afterAll(async () => {
  await connection.close()
  await database.drop()
})

const read = async (query: ReturnType<typeof sql>) => (await connection.db.execute(query)).rows[0]

const present = () =>
  read(sql`
    select extract(epoch from s.last_complete) as complete, extract(epoch from s.next_due) as due,
      extract(epoch from r.changed_at) as changed, extract(epoch from v.at) as version,
      extract(epoch from r.created_at) as made, extract(epoch from u.created_at) as person,
      extract(epoch from a.last_validated) as validated, a.permissions, r.detail_error, s.lease_until is null as idle
    from scope s join resource r on r.scope_id = s.id join resource_version v on v.resource_id = r.id
    join aws_account a on a.id = s.connection_id, "user" u`)

describe('Time passes', () => {
  test('for everything the inventory remembers, and for nothing else', async () => {
    const before = await present()
    await timePasses(connection.db, hour)
    const after = await present()
    const passed = (name: string) => Number(before?.[name]) - Number(after?.[name])
    for (const moved of ['complete', 'due', 'changed', 'version', 'validated']) expect(passed(moved), moved).toBe(hour)
    // AWS says when it made the queue; a person's account has nothing to do with it.
    for (const kept of ['made', 'person']) expect(passed(kept), kept).toBe(0)
  })

  test('within documents too, in their order, written as they were', async () => {
    const { permissions, detail_error } = (await present()) ?? {}
    expect(permissions).toEqual([
      { action: 'b:List', probedAt: '2026-11-25T09:00:00.250Z' },
      { action: 'a:List', probedAt: '2026-11-24T23:30:00.000Z' },
    ])
    expect(detail_error).toMatchObject({ operation: 'GetQueueAttributes', at: '2026-11-25T10:00:00.000Z' })
  })

  test('also for a table that is new, without being told', async () => {
    const { db } = connection
    await db.execute(sql`create table finding (first_seen timestamptz not null, resolved_at timestamptz)`)
    await db.execute(sql`insert into finding values ('2026-11-25T11:00:00Z', null)`)
    const { tables } = await timePasses(db, hour)
    expect(tables).toContain('finding')
    expect(await read(sql`select first_seen = '2026-11-25T10:00:00Z' as moved, resolved_at from finding`)).toEqual({
      moved: true,
      resolved_at: null,
    })
  })

  test('not while a scan is under way: then nothing has moved', async () => {
    const { db } = connection
    await db.execute(sql`update scope set lease_until = now() + interval '1 minute'`)
    const before = await present()
    await expect(timePasses(db, hour)).rejects.toThrow(ScanUnderWay)
    expect(await present()).toEqual(before)
    // A lease that ran out belongs to a worker that is gone.
    await db.execute(sql`update scope set lease_until = now() - interval '1 minute'`)
    await expect(timePasses(db, hour)).resolves.toMatchObject({ tables: expect.arrayContaining(['scope']) })
  })
})
