import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAccounts } from '@dashboard/server/accounts/accounts.ts'
import { readConfig } from '@dashboard/server/config/config.ts'
import { type Core, openCore } from '@dashboard/server/core.ts'
import { awsAccount, credential, job, scope } from '@dashboard/server/db/schema.ts'
import { createLog } from '@dashboard/server/log/log.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoAccounts } from '../demo-organisation/accounts.ts'
import { createDatabase, type TestDatabase } from '../testing/database.ts'
import { beginAnew, ForeignAccounts } from './begin-anew.ts'

let database: TestDatabase
let dataDir: string
let core: Core

beforeAll(async () => {
  database = await createDatabase()
  dataDir = await mkdtemp(join(tmpdir(), 'demo-begin-anew-'))
  await chmod(dataDir, 0o700)
  const config = readConfig({ DATA_DIR: dataDir, DATABASE_URL: database.url })
  core = await openCore({
    config,
    databaseUrl: database.url,
    log: createLog({ level: 'silent', process: 'test' }),
  })
})
afterAll(async () => {
  await core[Symbol.asyncDispose]()
  await database.drop()
  await rm(dataDir, { recursive: true, force: true })
})

const connect = (accountId: string) =>
  createAccounts({ db: core.database.db, vault: core.vault }).add(
    {
      credentialType: 'access_key',
      name: accountId,
      accountId,
      regions: ['eu-central-1'],
      accessKey: { accessKeyId: 'AKIAQQQQQQQQQQQQQQQQ', secretAccessKey: 'not/a/key/that/opens/anything/at/all/000' },
    },
    'demo',
  )

const rowsLeft = async (): Promise<number[]> => {
  const { db } = core.database
  const counts = [db.$count(awsAccount), db.$count(scope), db.$count(credential), db.$count(job)]
  return Promise.all(counts)
}

const addJob = (requestedBy: string) =>
  core.database.db
    .insert(job)
    .values({ id: randomUUID(), kind: 'discovery', status: 'running', requestedBy, accountIds: [], total: 1 })

describe('A first start that was interrupted', () => {
  test('leaves nothing behind once the next one begins', async () => {
    await connect(demoAccounts.harborLegacy)
    await addJob('demo')
    const [accounts, scopes = 0, credentials, jobs] = await rowsLeft()
    expect([accounts, credentials, jobs]).toEqual([1, 1, 1])
    expect(scopes).toBeGreaterThan(0)
    await beginAnew(core)
    expect(await rowsLeft()).toEqual([0, 0, 0, 0])
  })

  test('touches no database that holds accounts of somebody else', async () => {
    await connect(demoAccounts.harborLegacy)
    await connect('111111111111')
    const before = await rowsLeft()
    await expect(beginAnew(core)).rejects.toThrow(ForeignAccounts)
    expect(await rowsLeft()).toEqual(before)
  })
})
