import { gt } from 'drizzle-orm'
import { exportJWK, exportPKCS8, generateKeyPair, importJWK, importPKCS8, type CryptoKey } from 'jose'
import { uuidv7 } from 'uuidv7'
import type { Database } from '../db/database.ts'
import { signingKey } from '../db/schema.ts'
import { Secret } from '../secret.ts'
import type { Vault } from '../vault/vault.ts'
import { spaced } from './spaced.ts'

const day = 24 * 60 * 60 * 1000
/** How long one key signs. */
const signsFor = 30 * day
/** How long it verifies after that; far longer than an access token lives. */
const verifiesFor = day

export interface SigningKeys {
  /** The key to sign with now. */
  current(): Promise<{ kid: string; key: CryptoKey }>
  /** The public key of `kid`, or undefined when it is unknown or too old. */
  find(kid: string): Promise<CryptoKey | undefined>
}

/** A key made by another process is found when this has passed; unknown ones cost no more than one look in it. */
const loadEveryMs = 500
const isKid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const generate = async (db: Database, vault: Vault): Promise<void> => {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  const kid = uuidv7()
  const pem = new Secret(await exportPKCS8(privateKey))
  const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA' }
  await db.transaction(async (tx) => {
    await vault.put(tx, { owner: kid, kind: 'signing-key', version: 1 }, pem)
    await tx.insert(signingKey).values({ kid, publicJwk, retiresAt: new Date(Date.now() + signsFor) })
  })
}

/** A ring of Ed25519 keys: one signs for 30 days, older ones verify a day longer. Private parts are sealed by the vault. */
export const openSigningKeys = (db: Database, vault: Vault): SigningKeys => {
  const privateKeys = new Map<string, CryptoKey>()
  const publicKeys = new Map<string, { key: CryptoKey; until: number }>()

  const newest = async () => {
    const rows = await db
      .select()
      .from(signingKey)
      .where(gt(signingKey.retiresAt, new Date()))
      .orderBy(signingKey.createdAt)
    return rows.at(-1)
  }

  const unlock = async (kid: string): Promise<CryptoKey> => {
    const known = privateKeys.get(kid)
    if (known !== undefined) return known
    const pem = await vault.read({ owner: kid, kind: 'signing-key', version: 1 })
    const key = await importPKCS8(pem.reveal(), 'EdDSA')
    privateKeys.set(kid, key)
    return key
  }

  const read = async (): Promise<void> => {
    const rows = await db
      .select()
      .from(signingKey)
      .where(gt(signingKey.retiresAt, new Date(Date.now() - verifiesFor)))
    for (const row of rows) {
      const key = await importJWK(row.publicJwk, 'EdDSA')
      if (!(key instanceof Uint8Array)) publicKeys.set(row.kid, { key, until: row.retiresAt.getTime() + verifiesFor })
    }
  }

  const load = spaced(read, loadEveryMs)

  return {
    current: async () => {
      let row = await newest()
      if (row === undefined) {
        await generate(db, vault)
        row = await newest()
      }
      if (row === undefined) throw new Error('no signing key after generating one')
      return { kid: row.kid, key: await unlock(row.kid) }
    },
    find: async (kid) => {
      if (!publicKeys.has(kid) && isKid.test(kid)) await load()
      const found = publicKeys.get(kid)
      return found !== undefined && found.until > Date.now() ? found.key : undefined
    },
  }
}
