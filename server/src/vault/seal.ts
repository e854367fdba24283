import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const ivLength = 12
const tagLength = 16

/** A ciphertext that does not open: wrong key, wrong place, or changed bytes. It never says which. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken'
  constructor() {
    super('This ciphertext does not open.')
  }
}

/** AES-256-GCM: iv(12) ‖ ciphertext ‖ tag(16). `key` is 32 bytes. */
export const seal = (key: Buffer, plaintext: Buffer, aad: Buffer): Buffer => {
  const iv = randomBytes(ivLength)
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagLength })
  cipher.setAAD(aad)
  return Buffer.concat([iv, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
}

/**
 * The only decryption in the code base. `authTagLength` is set because Node otherwise accepts tags of 4 bytes; the
 * plaintext is returned only after `final()`, because `update()` hands out bytes nobody has verified yet.
 * @throws SealBroken
 */
export const unseal = (key: Buffer, sealed: Buffer, aad: Buffer): Buffer => {
  if (sealed.length < ivLength + tagLength) throw new SealBroken()
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivLength), { authTagLength: tagLength })
  decipher.setAAD(aad)
  decipher.setAuthTag(sealed.subarray(sealed.length - tagLength))
  const first = decipher.update(sealed.subarray(ivLength, sealed.length - tagLength))
  try {
    return Buffer.concat([first, decipher.final()])
  } catch {
    throw new SealBroken()
  } finally {
    first.fill(0)
  }
}
