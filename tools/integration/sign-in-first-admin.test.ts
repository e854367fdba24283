import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { and, eq, isNull } from 'drizzle-orm'
import { ensureFirstAdmin, type FirstAdmin, resetAdminPassword } from '@dashboard/server/auth/first-admin.ts'
import { verifyPassword } from '@dashboard/server/auth/passwords.ts'
import { issueRefreshToken } from '@dashboard/server/auth/refresh-tokens.ts'
import { readConfig } from '@dashboard/server/config/config.ts'
import { type DatabaseConnection, openDatabase } from '@dashboard/server/db/database.ts'
import { refreshToken, session, user } from '@dashboard/server/db/schema.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { awsEnvironment } from '../demo/aws-environment.ts'
import { createDatabase, type TestDatabase } from '../testing/database.ts'

const main = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url))
const given = 'seven green bottles'

let database: TestDatabase
let connection: DatabaseConnection
let dataDir: string

beforeEach(async () => {
  database = await createDatabase()
  connection = openDatabase(database.url, { max: 2, onError: () => undefined })
  dataDir = await mkdtemp(join(tmpdir(), 'dashboard-test-admin-'))
  await chmod(dataDir, 0o700)
})

afterEach(async () => {
  await connection.close()
  await database.drop()
  await rm(dataDir, { recursive: true, force: true })
})

const start = (env: Record<string, string> = {}): Promise<FirstAdmin> =>
  ensureFirstAdmin(connection.db, readConfig(env).firstAdmin)

const opens = async (email: string, password: string | undefined): Promise<boolean> => {
  const [row] = await connection.db.select().from(user).where(eq(user.email, email))
  return row !== undefined && password !== undefined && verifyPassword(row.passwordHash, password)
}

/** As the first sign-in does. */
const choosePassword = async (email: string): Promise<void> => {
  await connection.db.update(user).set({ mustChangePassword: false }).where(eq(user.email, email))
}

const signIn = async (email: string): Promise<void> => {
  const { db } = connection
  const [row] = await db.select().from(user).where(eq(user.email, email))
  const id = crypto.randomUUID()
  await db.transaction(async (tx) => {
    await tx.insert(session).values({ id, userId: row?.id ?? '', expiresAt: new Date(Date.now() + 60_000) })
    await issueRefreshToken(tx, id)
  })
}

const openSessions = async (): Promise<number> => {
  const rows = await connection.db.select().from(session).where(isNull(session.revokedAt))
  return rows.length
}

describe('the first administrator', () => {
  test('of a first start without variables gets a one-time password, and a new one until it is replaced', async () => {
    const first = await start()
    const second = await start()
    expect(await opens('admin@example.com', first.oneTimePassword?.reveal())).toBe(false)
    expect(await opens('admin@example.com', second.oneTimePassword?.reveal())).toBe(true)
    await choosePassword('admin@example.com')
    expect(await start()).toEqual({ email: 'admin@example.com', oneTimePassword: undefined })
  })

  // Broke: the password was not set, no one-time password was printed, and nobody could sign in any more.
  test('whose one-time password nobody has replaced takes the ADMIN_PASSWORD of a later start', async () => {
    const first = await start()
    await signIn('admin@example.com')
    const later = await start({ ADMIN_EMAIL: 'Admin@example.com', ADMIN_PASSWORD: given })
    expect(later).toEqual({ email: 'admin@example.com', oneTimePassword: undefined })
    expect(await opens('admin@example.com', given)).toBe(true)
    expect(await opens('admin@example.com', first.oneTimePassword?.reveal())).toBe(false)
    expect(await openSessions()).toBe(0)
    expect(await start()).toEqual({ email: 'admin@example.com', oneTimePassword: undefined })
  })

  // Broke: an ADMIN_PASSWORD that does nothing was taken without a word.
  test('that has chosen a password keeps it, and the start says that ADMIN_PASSWORD is ignored', async () => {
    await start({ ADMIN_EMAIL: 'admin@example.com', ADMIN_PASSWORD: given })
    expect(await start({ ADMIN_EMAIL: 'admin@example.com', ADMIN_PASSWORD: given })).not.toHaveProperty('note')
    const other = await start({ ADMIN_EMAIL: 'admin@example.com', ADMIN_PASSWORD: 'eight blue bottles' })
    expect(other.note).toContain('ADMIN_PASSWORD is ignored')
    expect(other.note).toContain('--reset-admin-password')
    expect(await opens('admin@example.com', given)).toBe(true)
  })

  // Broke: the start named somebody whose one-time password it had thrown away, and printed none.
  test('under another ADMIN_EMAIL alone is still the one that is there, with a new one-time password', async () => {
    await start()
    const renamed = await start({ ADMIN_EMAIL: 'other@example.com' })
    expect(renamed.email).toBe('admin@example.com')
    expect(await opens('admin@example.com', renamed.oneTimePassword?.reveal())).toBe(true)
    await choosePassword('admin@example.com')
    expect(await start({ ADMIN_EMAIL: 'other@example.com' })).toEqual({
      email: 'admin@example.com',
      oneTimePassword: undefined,
    })
  })

  test('can be joined by another one, named with a password', async () => {
    await start()
    await start({ ADMIN_EMAIL: 'other@example.com', ADMIN_PASSWORD: given })
    expect(await opens('other@example.com', given)).toBe(true)
  })
})

describe('the way back in', () => {
  const wanted = (env: Record<string, string> = {}) => readConfig(env).firstAdmin

  test('gives the first administrator a one-time password and ends everything that was signed in', async () => {
    await start({ ADMIN_EMAIL: 'first@example.com', ADMIN_PASSWORD: given })
    await start({ ADMIN_EMAIL: 'second@example.com', ADMIN_PASSWORD: given })
    await signIn('first@example.com')
    await signIn('second@example.com')
    const [before] = await connection.db.select().from(user).where(eq(user.email, 'first@example.com'))
    const { email, oneTimePassword } = await resetAdminPassword(connection.db, wanted())
    expect(email).toBe('first@example.com')
    expect(await opens(email, oneTimePassword?.reveal())).toBe(true)
    const [after] = await connection.db.select().from(user).where(eq(user.email, email))
    expect(after).toMatchObject({ mustChangePassword: true, tokenVersion: (before?.tokenVersion ?? 0) + 1 })
    const [open] = await connection.db
      .select()
      .from(session)
      .where(and(isNull(session.revokedAt)))
    expect(await openSessions()).toBe(1)
    expect(open?.userId).not.toBe(after?.id)
    expect(await connection.db.select().from(refreshToken)).toHaveLength(1)
  })

  test('takes the administrator that ADMIN_EMAIL names, also a disabled one, and makes one where there is none', async () => {
    const made = await resetAdminPassword(connection.db, wanted())
    expect(await opens(made.email, made.oneTimePassword?.reveal())).toBe(true)
    await start({ ADMIN_EMAIL: 'second@example.com', ADMIN_PASSWORD: given })
    await connection.db.update(user).set({ status: 'disabled' })
    const { email } = await resetAdminPassword(connection.db, wanted({ ADMIN_EMAIL: 'Second@example.com' }))
    expect(email).toBe('second@example.com')
    const [row] = await connection.db.select().from(user).where(eq(user.email, email))
    expect(row?.status).toBe('active')
  })

  const run = async (options: string[], env: Record<string, string> = {}) => {
    const child = spawn(process.execPath, [main, ...options], {
      env: {
        ...process.env,
        ...awsEnvironment(undefined, dataDir),
        ROLE: 'api',
        PORT: '0',
        DATA_DIR: dataDir,
        DATABASE_URL: database.url,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let printed = ''
    let asked = false
    const read = (chunk: Buffer): void => {
      printed += chunk.toString()
      if (asked || !/ is ready: /.test(printed)) return
      asked = true
      child.kill('SIGTERM')
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    const [code] = (await once(child, 'close')) as [number | null]
    return { code, printed }
  }

  test('is `npm start -- --reset-admin-password`, which prints it even when the start fails after', async () => {
    await start({ ADMIN_EMAIL: 'admin@example.com', ADMIN_PASSWORD: given })
    const { code, printed } = await run(['--reset-admin-password'])
    expect(code, printed).toBe(0)
    expect(await opens('admin@example.com', /One-time password: (\S+)/.exec(printed)?.[1])).toBe(true)
    // 192.0.2.1 is nobody's address: listening there fails.
    const failed = await run(['--reset-admin-password'], { HOST: '192.0.2.1', TRUST_PROXY: '1' })
    expect(failed.code).toBe(1)
    expect(failed.printed).toContain('The start failed.')
    expect(await opens('admin@example.com', /One-time password: (\S+)/.exec(failed.printed)?.[1])).toBe(true)
  })

  // Broke: a start that failed half-way went on holding what it had opened for half a minute.
  test('a start that fails ends at once', async () => {
    expect((await run([])).code).toBe(0)
    await rm(join(dataDir, 'keys.d'), { recursive: true, force: true })
    const began = performance.now()
    expect((await run([])).code).toBe(1)
    expect(performance.now() - began).toBeLessThan(15_000)
  })

  test('is the one option: another is refused by name', async () => {
    const { code, printed } = await run(['--reset-password'])
    expect(code).toBe(1)
    expect(printed).toContain('--reset-password')
    expect(printed).toContain('--reset-admin-password')
  })
})
