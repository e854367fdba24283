import { randomBytes } from 'node:crypto'
import { basename } from 'node:path'
import pg from 'pg'
import { expect, inject } from 'vitest'
import { clonePrefix, templateName } from './database-names.ts'
import { hasFailures } from './note-failures.ts'

export interface TestDatabase {
  /** Of an empty database with the schema of today, for the calling test file alone. */
  url: string
  /** Removes it, unless a test of the file failed: then it stays as evidence, and the end of the run says where. */
  drop(): Promise<void>
}

const execute = async (statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** PostgreSQL cuts names at 63 bytes. */
const nameFor = (testPath: string): string => {
  const words = basename(testPath)
    .replace(/\.test\.tsx?$/, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
  return `${clonePrefix}${words.slice(0, 40)}_${randomBytes(4).toString('hex')}`
}

/** Clones the migrated template database: call it in `beforeAll`, and `drop` in `afterAll`. */
export const createDatabase = async (): Promise<TestDatabase> => {
  const name = nameFor(expect.getState().testPath ?? 'unknown')
  await execute(`create database ${name} template ${templateName}`)
  return {
    url: Object.assign(new URL(inject('postgresUrl')), { pathname: `/${name}` }).href,
    drop: async () => {
      if (!hasFailures()) await execute(`drop database ${name} with (force)`)
    },
  }
}
