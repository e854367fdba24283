import { hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { additionalData } from './additional-data.ts'
import { seal, SealBroken, unseal } from './seal.ts'

/** Where a secret belongs. Every field is bound into the ciphertext: moved anywhere else, it does not open. */
export interface SecretPlace {
  /** This installation. */
  tenant: string
  /** The row that owns the secret, for example a credential's id. */
  owner: string
  kind: string
  version: number
}

export interface Envelope {
  kekVersion: number
  wrappedDek: Buffer
  /** Key commitment, 32 bytes: AES-GCM alone lets one ciphertext open under two keys. */
  commitment: Buffer
  body: Buffer
}

const placeData = (place: SecretPlace): Buffer =>
  additionalData('awsdash/v1', 'cred', place.tenant, place.owner, place.kind, place.version)

const dekData = (place: SecretPlace, kekVersion: number): Buffer =>
  additionalData('awsdash/v1', 'dek', kekVersion, place.tenant, place.owner, place.kind, place.version)

/** HKDF-SHA-512 of the data key, bound to the place: 32 bytes of cipher key, 32 bytes of commitment. */
const deriveKeys = (dek: Buffer, place: Buffer): { key: Buffer; commitment: Buffer } => {
  const bytes = Buffer.from(hkdfSync('sha512', dek, Buffer.alloc(0), place, 64))
  return { key: bytes.subarray(0, 32), commitment: bytes.subarray(32) }
}

/** Seals one version of one secret under a fresh data key, and that key under the key-encryption key (32 bytes). */
export const sealSecret = (kek: Buffer, kekVersion: number, place: SecretPlace, plaintext: Buffer): Envelope => {
  const dek = randomBytes(32)
  const aad = placeData(place)
  const { key, commitment } = deriveKeys(dek, aad)
  try {
    return {
      kekVersion,
      wrappedDek: seal(kek, dek, dekData(place, kekVersion)),
      commitment: Buffer.from(commitment),
      body: seal(key, plaintext, Buffer.concat([aad, commitment])),
    }
  } finally {
    dek.fill(0)
    key.fill(0)
  }
}

/** @throws SealBroken when any byte or the place differs from what was sealed. */
export const openSecret = (kek: Buffer, place: SecretPlace, envelope: Envelope): Buffer => {
  const dek = unseal(kek, envelope.wrappedDek, dekData(place, envelope.kekVersion))
  const aad = placeData(place)
  const { key, commitment } = deriveKeys(dek, aad)
  try {
    if (envelope.commitment.length !== commitment.length || !timingSafeEqual(envelope.commitment, commitment))
      throw new SealBroken()
    return unseal(key, envelope.body, Buffer.concat([aad, commitment]))
  } finally {
    dek.fill(0)
    key.fill(0)
  }
}

const checkText = Buffer.from('kcv')
const checkData = (version: number): Buffer => additionalData('awsdash/v1', 'kcv', version)

/** A known text sealed under a key-encryption key, stored to recognise that key later. */
export const sealCheckValue = (kek: Buffer, version: number): Buffer => seal(kek, checkText, checkData(version))

/** Whether `kek` is the key that `checkValue` was sealed with. */
export const opensCheckValue = (kek: Buffer, version: number, checkValue: Buffer): boolean => {
  try {
    return unseal(kek, checkValue, checkData(version)).equals(checkText)
  } catch (error) {
    if (error instanceof SealBroken) return false
    throw error
  }
}
