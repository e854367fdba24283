import { and, eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { kekVersion, secretVersion } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import { Secret } from '../secret.ts'
import { openSecret, opensCheckValue, sealCheckValue, sealSecret } from './envelope.ts'
import { KeyMissing, type KeySource } from './key-source.ts'
import type { SecretRef, Vault } from './vault.ts'

interface Options {
  db: Database
  keys: KeySource
  /** This installation's id, bound into every ciphertext. */
  tenant: string
}

const unopenable = (version: number, source: string): KeyMissing =>
  new KeyMissing(
    `Key version ${version} from ${source} is not the key this database's secrets are sealed with. Point DATA_DIR at the right keys.d, or restore it.`,
  )

interface LoadedKey {
  key: Buffer
  state: (typeof kekVersion.$inferSelect)['state']
}

/** Loads every key version the ledger names; each must open its check value before anything is decrypted with it. */
const loadKeys = async ({ db, keys }: Options): Promise<Map<number, LoadedKey>> => {
  const loaded = new Map<number, LoadedKey>()
  for (const { version, state, checkValue } of await db.select().from(kekVersion).orderBy(kekVersion.version)) {
    if (state === 'retired') continue
    const key = await keys.key(version)
    if (!opensCheckValue(key, version, checkValue)) throw unopenable(version, keys.name)
    loaded.set(version, { key, state })
  }
  return loaded
}

/** The first key of a new installation. Refused when secrets exist: a new key could never open them. */
const createFirstKey = async ({ db, keys }: Options): Promise<void> => {
  await db.transaction(async (tx) => {
    // One process makes the key; the others wait here and then find it.
    await tx.execute('lock table kek_version in exclusive mode')
    if ((await tx.select().from(kekVersion).limit(1)).length > 0) return
    if ((await tx.select({ owner: secretVersion.ownerId }).from(secretVersion).limit(1)).length > 0) {
      throw new KeyMissing(
        'Secrets exist, but no key version is recorded: restore the database together with its key table.',
      )
    }
    const present = (await keys.versions())[0]
    const version = present ?? 1
    if (present === undefined) await keys.create(version)
    const checkValue = sealCheckValue(await keys.key(version), version)
    await tx.insert(kekVersion).values({ version, source: keys.name, checkValue, state: 'active' })
  })
}

const unreadable = (cause: unknown): AppError =>
  new AppError('VAULT_UNAVAILABLE', { message: 'A stored secret does not open; see the log for which one.', cause })

const encode = ({ owner, kind, version }: SecretRef): string => `${owner}/${kind}/${version}`

/**
 * Secrets in our own database, each version in an envelope of its own under the key directory's key.
 * @throws KeyMissing when a key version in use is missing or is another key; nothing is generated then.
 */
export const openLocalVault = async (options: Options): Promise<Vault> => {
  await createFirstKey(options)
  const { db, tenant } = options
  const loaded = await loadKeys(options)
  const active = [...loaded].findLast(([, { state }]) => state === 'active')
  if (active === undefined) throw new KeyMissing('No key version is active.')
  const [activeVersion, { key: activeKey }] = active

  return {
    put: async (tx, ref, value) => {
      const plaintext = Buffer.from(value.reveal(), 'utf8')
      try {
        const sealed = sealSecret(activeKey, activeVersion, { tenant, ...ref }, plaintext)
        await tx.insert(secretVersion).values({ ownerId: ref.owner, kind: ref.kind, version: ref.version, ...sealed })
      } finally {
        plaintext.fill(0)
      }
    },
    read: async (ref) => {
      const [row] = await db
        .select()
        .from(secretVersion)
        .where(
          and(
            eq(secretVersion.ownerId, ref.owner),
            eq(secretVersion.kind, ref.kind),
            eq(secretVersion.version, ref.version),
          ),
        )
      if (row === undefined) throw unreadable(new Error(`no secret ${encode(ref)}`))
      const kek = loaded.get(row.kekVersion)?.key
      if (kek === undefined)
        throw unreadable(new KeyMissing(`secret ${encode(ref)} needs key version ${row.kekVersion}`))
      const plaintext = openOrExplain(kek, { tenant, ...ref }, row)
      try {
        return new Secret(plaintext.toString('utf8'))
      } finally {
        plaintext.fill(0)
      }
    },
    destroy: async (tx, owner) => {
      await tx.delete(secretVersion).where(eq(secretVersion.ownerId, owner))
    },
    check: async () => {
      const rows = await db.select().from(kekVersion)
      const checkValues = new Map(rows.map((row) => [row.version, row.checkValue]))
      for (const [version, { key }] of loaded) {
        const checkValue = checkValues.get(version)
        if (checkValue === undefined || !opensCheckValue(key, version, checkValue))
          throw new AppError('VAULT_UNAVAILABLE')
      }
    },
  }
}

const openOrExplain = (
  kek: Buffer,
  place: { tenant: string } & SecretRef,
  row: typeof secretVersion.$inferSelect,
): Buffer => {
  try {
    return openSecret(kek, place, row)
  } catch (cause) {
    throw unreadable(new Error(`secret ${encode(place)} does not open`, { cause }))
  }
}
