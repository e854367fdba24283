import { randomBytes, randomUUID } from 'node:crypto'
import { chmod, copyFile, mkdtemp, readdir, rm, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { and, eq } from 'drizzle-orm'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase, type DatabaseConnection } from '@dashboard/server/db/database.ts'
import { kekVersion, secretVersion } from '@dashboard/server/db/schema.ts'
import { AppError } from '@dashboard/server/errors.ts'
import { Secret } from '@dashboard/server/secret.ts'
import { sealCheckValue } from '@dashboard/server/vault/envelope.ts'
import { keyDirectory } from '@dashboard/server/vault/key-directory.ts'
import { KeyMissing } from '@dashboard/server/vault/key-source.ts'
import { openLocalVault } from '@dashboard/server/vault/local.ts'
import type { SecretRef, Vault } from '@dashboard/server/vault/vault.ts'
import { createDatabase, type TestDatabase } from '../testing/database.ts'
import { watchBytes } from '../testing/watch-bytes.ts'

const tenant = '01977d3e-0000-7000-8000-000000000001'

let database: TestDatabase
let connection: DatabaseConnection
let directory: string

beforeAll(async () => {
  database = await createDatabase()
})

afterAll(async () => {
  await database?.drop()
})

beforeEach(async () => {
  connection = openDatabase(database.url, { max: 10, onError: () => undefined })
  directory = join(await mkdtemp(join(tmpdir(), 'dashboard-test-keys-')), 'keys.d')
  await connection.db.delete(secretVersion)
  await connection.db.delete(kekVersion)
})

afterEach(async () => {
  await connection.close()
  await rm(join(directory, '..'), { recursive: true, force: true })
})

const open = (keys = directory, ofTenant = tenant): Promise<Vault> =>
  openLocalVault({ db: connection.db, keys: keyDirectory(keys), tenant: ofTenant })

const accessKey = (owner: string, version = 1): SecretRef => ({ owner, kind: 'access-key', version })

const put = (vault: Vault, ref: SecretRef, text: string) =>
  connection.db.transaction((tx) => vault.put(tx, ref, new Secret(text)))

const rowOf = (ref: SecretRef) =>
  and(eq(secretVersion.ownerId, ref.owner), eq(secretVersion.kind, ref.kind), eq(secretVersion.version, ref.version))

const readRow = async (ref: SecretRef) => {
  const [row] = await connection.db.select().from(secretVersion).where(rowOf(ref))
  if (row === undefined) throw new Error('no such row')
  return row
}

/** The refusal of a read; a secret that opens after all fails the test. */
const refusedRead = async (vault: Vault, ref: SecretRef): Promise<AppError> => {
  const outcome = await vault.read(ref).catch((error: unknown) => error)
  expect(outcome).toBeInstanceOf(AppError)
  const error = outcome as AppError
  expect(error.code).toBe('VAULT_UNAVAILABLE')
  return error
}

const everything = async () => ({
  keys: await connection.db.select().from(kekVersion),
  secrets: await connection.db.select().from(secretVersion),
  files: await readdir(directory).catch(() => []),
})

/**
 * The start must fail with a KeyMissing, and leave database and directory as they were. Answers which of `words` its
 * message lacks.
 */
const lackingInRefusal = async (...words: string[]): Promise<string[]> => {
  const before = await everything()
  const outcome = await open().catch((error: unknown) => error)
  expect(outcome).toBeInstanceOf(KeyMissing)
  expect(await everything()).toEqual(before)
  return words.filter((word) => !(outcome as Error).message.includes(word))
}

const keyFile = (version = 1): string => join(directory, `${version}.key`)

const replaceKey = async (text: string, mode = 0o400): Promise<void> => {
  await rm(keyFile(), { force: true })
  await writeFile(keyFile(), text, { mode })
  await chmod(keyFile(), mode)
}

describe('the start', () => {
  test('of a new installation makes one key, for its owner alone, and keeps it', async () => {
    const vault = await open()
    await put(vault, accessKey('a'), 'first')
    expect(await readdir(directory)).toEqual(['1.key'])
    const again = await open()
    expect((await again.read(accessKey('a'))).reveal()).toBe('first')
    expect(await readdir(directory)).toEqual(['1.key'])
  })

  test('of eight processes of a new installation at once makes one key that all of them use', async () => {
    const others = Array.from({ length: 8 }, () => openDatabase(database.url, { max: 2, onError: () => undefined }))
    try {
      const vaults = await Promise.all(
        others.map(({ db }) => openLocalVault({ db, keys: keyDirectory(directory), tenant })),
      )
      expect(await readdir(directory)).toEqual(['1.key'])
      expect(await connection.db.select().from(kekVersion)).toHaveLength(1)
      for (const [index, vault] of vaults.entries()) await put(vault, accessKey(`p${index}`), `secret ${index}`)
      for (const [index] of vaults.entries()) {
        const reader = vaults[(index + 1) % vaults.length]
        expect((await reader?.read(accessKey(`p${index}`)))?.reveal()).toBe(`secret ${index}`)
      }
    } finally {
      for (const other of others) await other.close()
    }
  })

  test('is refused without the key, naming version and file, and no key is made in its place', async () => {
    await put(await open(), accessKey('a'), 'kept')
    await unlink(keyFile())
    expect(await lackingInRefusal('Key version 1', keyFile())).toEqual([])
    await rm(directory, { recursive: true })
    expect(await lackingInRefusal('Key version 1', keyFile())).toEqual([])
    expect(await readdir(join(directory, '..'))).toEqual([])
  })

  test('is refused with the key of another installation, or a newer key under the old name, naming the version', async () => {
    await put(await open(), accessKey('a'), 'kept')
    await replaceKey(randomBytes(32).toString('base64'))
    expect(await lackingInRefusal('Key version 1', directory, 'not the key')).toEqual([])
  })

  test('is refused with a key file that others can read, that is cut short, empty or in another form', async () => {
    await put(await open(), accessKey('a'), 'kept')
    const kept = join(directory, '..', 'kept')
    await copyFile(keyFile(), kept)
    for (const mode of [0o440, 0o404, 0o444, 0o460, 0o602, 0o410]) {
      await chmod(keyFile(), mode)
      expect(await lackingInRefusal(keyFile(), 'readable by others')).toEqual([])
    }
    const key = randomBytes(32)
    const forms = [
      '',
      ' ',
      key.subarray(1).toString('base64'),
      `${key.toString('base64')}AAAA`,
      key.toString('hex'),
      key.toString('base64').replace('=', ''),
      `${key.toString('base64')} ${key.toString('base64')}`,
      key.toString('latin1'),
      'x'.repeat(44),
    ]
    for (const form of forms) {
      await replaceKey(form)
      expect(await lackingInRefusal(keyFile(), '32 bytes')).toEqual([])
    }
    await rm(keyFile())
    await copyFile(kept, keyFile())
    await chmod(keyFile(), 0o400)
    expect((await (await open()).read(accessKey('a'))).reveal()).toBe('kept')
  })

  test('is refused when secrets exist but no key version is recorded: a new key could never open them', async () => {
    await put(await open(), accessKey('a'), 'kept')
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    await client.query("set session_replication_role = 'replica'")
    await client.query('delete from kek_version')
    await client.end()
    expect(await lackingInRefusal('no key version is recorded')).toEqual([])
    await rm(directory, { recursive: true })
    expect(await lackingInRefusal('no key version is recorded')).toEqual([])
  })

  test('needs every key version that is in use, and names the one that is missing', async () => {
    await put(await open(), accessKey('a'), 'kept')
    await connection.db
      .insert(kekVersion)
      .values({ version: 7, source: 'file', checkValue: sealCheckValue(randomBytes(32), 7), state: 'decrypt_only' })
    expect(await lackingInRefusal('Key version 7', keyFile(7))).toEqual([])
    await connection.db.update(kekVersion).set({ state: 'retired' }).where(eq(kekVersion.version, 7))
    await open()
  })

  test('that was broken off after it had made its key goes on with that key', async () => {
    await keyDirectory(directory).create(1)
    const key = await keyDirectory(directory).key(1)
    await put(await open(), accessKey('a'), 'kept')
    expect(await readdir(directory)).toEqual(['1.key'])
    expect(await keyDirectory(directory).key(1)).toEqual(key)
    expect((await (await open()).read(accessKey('a'))).reveal()).toBe('kept')
  })

  test('is refused when every key version is for reading only: nothing new could be sealed', async () => {
    await put(await open(), accessKey('a'), 'kept')
    await connection.db.update(kekVersion).set({ state: 'decrypt_only' })
    expect(await lackingInRefusal('No key version is active')).toEqual([])
  })

  test('after a change of keys seals with the active one, and opens what the earlier one sealed', async () => {
    await put(await open(), accessKey('a'), 'old')
    await keyDirectory(directory).create(2)
    const second = { version: 2, source: 'file', checkValue: sealCheckValue(await keyDirectory(directory).key(2), 2) }
    await connection.db.update(kekVersion).set({ state: 'decrypt_only' })
    await connection.db.insert(kekVersion).values({ ...second, state: 'active' })
    const vault = await open()
    await put(vault, accessKey('b'), 'new')
    expect([(await readRow(accessKey('a'))).kekVersion, (await readRow(accessKey('b'))).kekVersion]).toEqual([1, 2])
    expect((await vault.read(accessKey('a'))).reveal()).toBe('old')
    expect((await vault.read(accessKey('b'))).reveal()).toBe('new')
    await vault.check()
    // One of two that is not what it was is enough to be unwell.
    for (const version of [1, 2]) {
      const [row] = await connection.db.select().from(kekVersion).where(eq(kekVersion.version, version))
      await connection.db
        .update(kekVersion)
        .set({ checkValue: randomBytes(31) })
        .where(eq(kekVersion.version, version))
      await expect(vault.check()).rejects.toMatchObject({ code: 'VAULT_UNAVAILABLE' })
      await connection.db
        .update(kekVersion)
        .set(row ?? {})
        .where(eq(kekVersion.version, version))
    }
    await vault.check()
  })

  test('takes no check value sealed for another version, nor a key that only an attacker’s check value fits', async () => {
    await put(await open(), accessKey('a'), 'kept')
    const attacker = randomBytes(32)
    await replaceKey(attacker.toString('base64'))
    await connection.db.update(kekVersion).set({ checkValue: sealCheckValue(attacker, 2) })
    expect(await lackingInRefusal('Key version 1')).toEqual([])
    await connection.db.update(kekVersion).set({ checkValue: sealCheckValue(attacker, 1) })
    const vault = await open()
    await refusedRead(vault, accessKey('a'))
  })
})

describe('a stored secret', () => {
  test('opens under its own name only: moved to another row, kind, version or installation it stays shut', async () => {
    const vault = await open()
    const other: SecretRef = { owner: 'b', kind: 'signing-key', version: 1 }
    const refs = [accessKey('a', 1), accessKey('a', 2), accessKey('b', 1), other]
    for (const ref of refs) await put(vault, ref, `secret of ${ref.owner} ${ref.kind} ${ref.version}`)
    const fields = [
      ['body'],
      ['wrappedDek'],
      ['commitment'],
      ['body', 'commitment'],
      ['body', 'wrappedDek'],
      ['commitment', 'wrappedDek'],
      ['body', 'commitment', 'wrappedDek'],
    ] as const
    let refused = 0
    let tried = 0
    for (const to of refs) {
      const own = await readRow(to)
      for (const from of refs.filter((ref) => ref !== to)) {
        const foreign = await readRow(from)
        for (const names of fields) {
          await connection.db
            .update(secretVersion)
            .set(Object.fromEntries(names.map((name) => [name, foreign[name]])))
            .where(rowOf(to))
          tried += 1
          await refusedRead(vault, to)
          refused += 1
          await connection.db
            .update(secretVersion)
            .set({ body: own.body, wrappedDek: own.wrappedDek, commitment: own.commitment })
            .where(rowOf(to))
        }
      }
      expect((await vault.read(to)).reveal()).toBe(`secret of ${to.owner} ${to.kind} ${to.version}`)
      await refusedRead(await open(directory, randomUUID()), to)
    }
    expect([refused, tried]).toEqual([84, 84])
  })

  test('that was replaced does not come back: an old row renamed to the newest version stays shut', async () => {
    const vault = await open()
    await put(vault, accessKey('a', 1), 'old')
    const old = await readRow(accessKey('a', 1))
    await put(vault, accessKey('a', 2), 'new')
    await connection.db.delete(secretVersion).where(rowOf(accessKey('a', 2)))
    await connection.db.insert(secretVersion).values({ ...old, version: 2 })
    expect((await refusedRead(vault, accessKey('a', 2))).status).toBe(503)
  })

  test('under a key version that is retired or relabelled does not open, and the log can name the version', async () => {
    const vault = await open()
    await put(vault, accessKey('a'), 'kept')
    await connection.db
      .insert(kekVersion)
      .values({ version: 2, source: 'file', checkValue: randomBytes(32), state: 'retired' })
    await connection.db.update(secretVersion).set({ kekVersion: 2 })
    const { cause } = await refusedRead(vault, accessKey('a'))
    expect(String(cause)).toContain('key version 2')
    expect(String(cause)).toContain('a/access-key/1')
  })

  test('is there with the transaction that wrote it, or not at all, and its whole line goes when its owner goes', async () => {
    const vault = await open()
    const failing = connection.db.transaction(async (tx) => {
      await vault.put(tx, accessKey('a'), new Secret('never'))
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    await refusedRead(vault, accessKey('a'))
    await put(vault, accessKey('a', 1), 'one')
    await put(vault, accessKey('a', 2), 'two')
    await put(vault, accessKey('ab'), 'of somebody else')
    await expect(put(vault, accessKey('a', 2), 'twice')).rejects.toThrow('Failed query')
    await connection.db.transaction((tx) => vault.destroy(tx, 'a'))
    expect((await connection.db.select().from(secretVersion)).map(({ ownerId }) => ownerId)).toEqual(['ab'])
  })

  test('comes back exactly as it went in, and is nowhere in its row', async () => {
    const vault = await open()
    const texts = ['', 'x', 'ü€🦄', 'line\nline\r\n', 'a'.repeat(100_000), '{"accessKeyId":"AKIA"}']
    for (const [index, text] of texts.entries()) {
      await put(vault, accessKey(`t${index}`), text)
      const read = await vault.read(accessKey(`t${index}`))
      expect(read.reveal()).toBe(text)
      expect(String(read)).toBe('[redacted]')
    }
    const { body } = await readRow(accessKey(`t${texts.length - 1}`))
    expect(body.includes('accessKeyId')).toBe(false)
  })

  test('that does not open, or is not there, is named in the log with its cause, and in the answer not at all', async () => {
    const vault = await open()
    const absent = await refusedRead(vault, accessKey('a', 9))
    expect(String(absent.cause)).toContain('no secret a/access-key/9')
    await put(vault, accessKey('a'), 'kept')
    await connection.db.update(secretVersion).set({ body: randomBytes(40) })
    const broken = await refusedRead(vault, accessKey('a'))
    expect(broken.cause).toMatchObject({
      message: 'secret a/access-key/1 does not open',
      cause: { name: 'SealBroken' },
    })
    expect(broken.message).toBe('A stored secret does not open; see the log for which one.')
  })

  test('stays in no buffer once it is stored, or read', async () => {
    const vault = await open()
    const text = `secret ${randomUUID()}`
    const watched = watchBytes()
    try {
      await put(vault, accessKey('a'), text)
      const read = await vault.read(accessKey('a'))
      watched.stop()
      expect(read.reveal()).toBe(text)
      expect(watched.held(Buffer.from(text))).toBeGreaterThan(1)
      expect(watched.hold(Buffer.from(text))).toEqual([])
    } finally {
      watched.stop()
    }
  })

  test('can be had at any time while the vault says that it is well, and the vault says so when it is not', async () => {
    const vault = await open()
    await vault.check()
    await connection.db.update(kekVersion).set({ checkValue: randomBytes(31) })
    await expect(vault.check()).rejects.toMatchObject({ code: 'VAULT_UNAVAILABLE' })
    await connection.db.delete(kekVersion)
    await expect(vault.check()).rejects.toMatchObject({ code: 'VAULT_UNAVAILABLE' })
  })
})
