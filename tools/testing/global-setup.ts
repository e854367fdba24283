import { chmod, mkdtemp, readdir, realpath, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '@dashboard/server/db/embedded-postgres.ts'
import { migrate } from '@dashboard/server/db/migrate.ts'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { clonePrefix, templateName } from './database-names.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the database `postgres` in the server that all tests of a run share. */
    postgresUrl: string
  }
}

const folderPrefix = `dashboard-test-${process.pid}-`
const folderName = /^dashboard-test-(\d+)-/
/** 45 MB a run: long enough to look, short enough not to fill the disk. */
const keptFor = 2 * 60 * 60_000

const query = async <Row extends pg.QueryResultRow>(url: string, ...statements: string[]): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    let rows: Row[] = []
    for (const statement of statements) rows = (await client.query<Row>(statement)).rows
    return rows
  } finally {
    await client.end()
  }
}

const urlOf = (url: string, database: string): string => Object.assign(new URL(url), { pathname: `/${database}` }).href

const removeDataDir = async (dataDir: string): Promise<void> => {
  // Root's cluster may lie elsewhere, behind a link.
  const cluster = await realpath(join(dataDir, 'postgres')).catch(() => undefined)
  if (cluster) await rm(cluster, { recursive: true, force: true })
  await rm(dataDir, { recursive: true, force: true })
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A run that was killed could not stop its server. */
const stopOrphan = async (dataDir: string): Promise<void> => {
  const file = join(dataDir, 'postgres', 'cluster', 'postmaster.pid')
  if (!(await stat(file).catch(() => undefined))) return
  const server = await startEmbeddedPostgres({ dataDir, log: () => undefined })
  await server.stop()
  await removeDataDir(dataDir)
}

/** Ends what killed runs left, and removes the evidence of failed ones after two hours. */
const cleanUpEarlierRuns = async (): Promise<void> => {
  for (const name of await readdir(tmpdir())) {
    const [, owner] = folderName.exec(name) ?? []
    if (!owner || isAlive(Number(owner))) continue
    const path = join(tmpdir(), name)
    const facts = await stat(path)
    if (facts.uid !== process.getuid?.()) continue
    if (Date.now() - facts.mtimeMs > keptFor) await removeDataDir(path)
    else await stopOrphan(path)
  }
}

const makeDataDir = async (): Promise<string> => {
  const dataDir = await mkdtemp(join(tmpdir(), folderPrefix))
  // Root's PostgreSQL runs as another user, who must pass through.
  await chmod(dataDir, 0o711)
  return dataDir
}

/** Nothing here outlives the run, so nothing need reach the disk. */
const hasten = (url: string) =>
  query(
    url,
    'alter system set fsync = off',
    'alter system set synchronous_commit = off',
    'alter system set full_page_writes = off',
    'select pg_reload_conf()',
  )

const makeTemplate = async (url: string): Promise<void> => {
  await query(url, `create database ${templateName}`)
  await migrate(urlOf(url, templateName))
}

const keptDatabases = async (url: string): Promise<string[]> => {
  const rows = await query<{ datname: string }>(
    url,
    `select datname from pg_database where datname like '${clonePrefix}%'`,
  )
  return rows.map(({ datname }) => datname)
}

/** One PostgreSQL for the whole run, with a migrated template database that each test file clones. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  // Another run may be cleaning up the same remains; that must not fail this one.
  await cleanUpEarlierRuns().catch((error: unknown) => console.error('Remains of an earlier run stay:', error))
  const dataDir = await makeDataDir()
  const server = await startEmbeddedPostgres({ dataDir, log: () => undefined })
  const url = urlOf(server.url, 'postgres')
  try {
    await hasten(url)
    await makeTemplate(url)
  } catch (error) {
    await server.stop()
    await removeDataDir(dataDir)
    throw error
  }
  project.provide('postgresUrl', url)
  return async () => {
    const kept = await keptDatabases(url)
    await server.stop()
    if (kept.length === 0) return removeDataDir(dataDir)
    console.error(
      `Databases of failed tests are kept: ${kept.join(', ')}. To look at them: node tools/testing/inspect.ts ${dataDir}`,
    )
  }
}
