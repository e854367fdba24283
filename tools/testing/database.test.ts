import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type TestDatabase } from './database.ts'

let first: TestDatabase
let second: TestDatabase

beforeAll(async () => {
  ;[first, second] = await Promise.all([createDatabase(), createDatabase()])
})

afterAll(async () => {
  await Promise.all([first.drop(), second.drop()])
})

const query = async (url: string, text: string): Promise<pg.QueryResult> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await client.query(text)
  } finally {
    await client.end()
  }
}

test('Each test file gets a database of its own', async () => {
  await query(first.url, 'create table only_here (id int)')
  await expect(query(second.url, 'select from only_here')).rejects.toThrow('only_here')
})

test('A test database has the migrated schema', async () => {
  const { rowCount } = await query(second.url, `select from information_schema.tables where table_schema = 'public'`)
  expect(rowCount).toBeGreaterThan(0)
})
