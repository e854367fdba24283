import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { additionalData } from './additional-data.ts'
import { type Envelope, openSecret, opensCheckValue, sealCheckValue, sealSecret, type SecretPlace } from './envelope.ts'
import { seal, SealBroken, unseal } from './seal.ts'

const kek = randomBytes(32)
const place: SecretPlace = { tenant: 'tenant-1', owner: 'owner-1', kind: 'access-key', version: 3 }
const plaintext = Buffer.from('{"accessKeyId":"AKIAEXAMPLE","secretAccessKey":"s3cr3t"}')
const parts = ['wrappedDek', 'commitment', 'body'] as const

const opens = (envelope: Envelope, at = place, key = kek): boolean => {
  try {
    openSecret(key, at, envelope)
    return true
  } catch (error) {
    // Anything else would tell an attacker how far the decryption came.
    if (error instanceof SealBroken) return false
    throw error
  }
}

const withPart = (envelope: Envelope, part: (typeof parts)[number], bytes: Buffer): Envelope => ({
  ...envelope,
  [part]: bytes,
})

describe('an envelope', () => {
  const envelope = sealSecret(kek, 1, place, plaintext)

  test('gives back exactly what was put in', () => {
    expect(openSecret(kek, place, envelope)).toEqual(plaintext)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
        expect(openSecret(kek, place, sealSecret(kek, 1, place, Buffer.from(bytes)))).toEqual(Buffer.from(bytes))
      }),
      { numRuns: 100 },
    )
  })

  test('opens under no single changed bit of any part', () => {
    let refused = 0
    let tried = 0
    for (const part of parts) {
      for (let bit = 0; bit < envelope[part].length * 8; bit += 1) {
        const changed = Buffer.from(envelope[part])
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        tried += 1
        if (!opens(withPart(envelope, part, changed))) refused += 1
      }
    }
    expect(tried).toBe(8 * (12 + 32 + 16 + 32 + 12 + plaintext.length + 16))
    expect(refused).toBe(tried)
    expect(opens(envelope)).toBe(true)
  })

  test('opens at no other length: every truncation, from either end, and every extension up to 32 bytes is refused', () => {
    let refused = 0
    let tried = 0
    const attempt = (part: (typeof parts)[number], bytes: Buffer): void => {
      tried += 1
      if (!opens(withPart(envelope, part, bytes))) refused += 1
    }
    for (const part of parts) {
      const bytes = envelope[part]
      for (let length = 0; length < bytes.length; length += 1) {
        attempt(part, bytes.subarray(0, length))
        attempt(part, bytes.subarray(bytes.length - length))
      }
      for (let more = 1; more <= 32; more += 1) {
        attempt(part, Buffer.concat([bytes, Buffer.alloc(more)]))
        attempt(part, Buffer.concat([Buffer.alloc(more), bytes]))
        attempt(part, Buffer.concat([bytes, bytes.subarray(0, more)]))
      }
    }
    expect(tried).toBe(2 * (60 + 32 + 28 + plaintext.length) + 3 * 3 * 32)
    expect(refused).toBe(tried)
  })

  test('opens at no other place: another installation, owner, kind, version or key version is refused', () => {
    const others: SecretPlace[] = [
      { ...place, tenant: 'tenant-2' },
      { ...place, owner: 'owner-2' },
      { ...place, kind: 'signing-key' },
      { ...place, version: 2 },
      { ...place, version: 4 },
      { ...place, version: 33 },
      { ...place, tenant: 'tenant-', owner: '1owner-1' },
      { ...place, tenant: place.owner, owner: place.tenant },
      { ...place, owner: 'owner-1access-', kind: 'key' },
      { ...place, kind: 'access-key3', version: 3 },
    ]
    expect(others.filter((other) => opens(envelope, other))).toEqual([])
    expect(opens({ ...envelope, kekVersion: 2 })).toBe(false)
    expect(opens(envelope, place, randomBytes(32))).toBe(false)
  })

  test('takes no part from another envelope, not even one of the same place and the same text', () => {
    const twin = sealSecret(kek, 1, place, plaintext)
    const strangers = [
      twin,
      sealSecret(kek, 2, place, plaintext),
      sealSecret(kek, 1, { ...place, owner: 'owner-2' }, plaintext),
      sealSecret(kek, 1, { ...place, version: 4 }, plaintext),
      sealSecret(randomBytes(32), 1, place, plaintext),
    ]
    let tried = 0
    for (const stranger of strangers) {
      for (let chosen = 1; chosen < 7; chosen += 1) {
        const mixed = parts.reduce(
          (mix, part, index) => (chosen & (1 << index) ? withPart(mix, part, stranger[part]) : mix),
          envelope,
        )
        expect(opens(mixed), String(chosen)).toBe(false)
        tried += 1
      }
    }
    expect(tried).toBe(30)
    // All three parts together are simply the other envelope.
    expect(opens({ ...twin })).toBe(true)
  })

  test('opens with no shorter tag: each length from 4 to 15 bytes is refused in both of its layers', () => {
    const key = randomBytes(32)
    const aad = Buffer.from('aad')
    for (let tag = 4; tag < 16; tag += 1) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: 16 })
      cipher.setAAD(aad)
      const sealed = Buffer.concat([iv, cipher.update(plaintext), cipher.final(), cipher.getAuthTag().subarray(0, tag)])
      expect(() => unseal(key, sealed, aad), `${tag} bytes`).toThrow(SealBroken)
      for (const part of ['wrappedDek', 'body'] as const) {
        expect(opens(withPart(envelope, part, envelope[part].subarray(0, envelope[part].length - 16 + tag)))).toBe(
          false,
        )
      }
    }
  })

  test('is bound to one key: a ciphertext that opens under two keys, as AES-GCM allows, is refused by its commitment', () => {
    // A text under another data key than the committed one, wrapped and sealed all correctly by whoever has the key.
    const data = (version: number) =>
      additionalData('awsdash/v1', 'cred', place.tenant, place.owner, place.kind, version)
    const dekData = additionalData('awsdash/v1', 'dek', 1, place.tenant, place.owner, place.kind, place.version)
    const derive = (dek: Buffer) => Buffer.from(hkdfSync('sha512', dek, Buffer.alloc(0), data(place.version), 64))
    const [first, second] = [randomBytes(32), randomBytes(32)]
    const bytes = derive(second)
    const sealedFor = (commitment: Buffer): Envelope => ({
      kekVersion: 1,
      wrappedDek: seal(kek, second, dekData),
      commitment,
      body: seal(bytes.subarray(0, 32), plaintext, Buffer.concat([data(place.version), commitment])),
    })
    expect(opens(sealedFor(bytes.subarray(32)))).toBe(true)
    expect(opens(sealedFor(derive(first).subarray(32)))).toBe(false)
    expect(opens(sealedFor(Buffer.alloc(32)))).toBe(false)
    expect(opens(sealedFor(Buffer.alloc(0)))).toBe(false)
  })

  test('never repeats a nonce, a data key or a ciphertext, nor shows its text', () => {
    const seen = {
      wrappingNonce: new Set<string>(),
      nonce: new Set<string>(),
      commitment: new Set<string>(),
      body: new Set<string>(),
    }
    const count = 20_000
    for (let index = 0; index < count; index += 1) {
      const { wrappedDek, commitment, body } = sealSecret(kek, 1, place, plaintext)
      seen.wrappingNonce.add(wrappedDek.toString('latin1', 0, 12))
      seen.nonce.add(body.toString('latin1', 0, 12))
      // One commitment a data key: both come out of one derivation.
      seen.commitment.add(commitment.toString('latin1'))
      seen.body.add(body.toString('latin1'))
      if (body.includes('secretAccessKey') || wrappedDek.includes('secretAccessKey')) throw new Error('shows its text')
    }
    expect([seen.wrappingNonce.size, seen.nonce.size, seen.commitment.size, seen.body.size]).toEqual([
      count,
      count,
      count,
      count,
    ])
  })
})

/** Made once by the first version of this code: whoever changes the format loses what is stored. */
const stored = {
  kek: Buffer.alloc(32, 7),
  place: { tenant: 'tenant-1', owner: 'owner-1', kind: 'access-key', version: 2 },
  envelope: {
    kekVersion: 3,
    wrappedDek: Buffer.from(
      'b1cf48b68b58b6bee83383471272dd98f2c7a78f7eee931868e7f5dcd0d4fa4aa97c6f5d774b4bbbd92e9d591b7574a9e475ce6955971950f3618d04',
      'hex',
    ),
    commitment: Buffer.from('85c6138aff50ec7198b5cfac5db137c6fe10685338dd1b52108415852ecfd83b', 'hex'),
    body: Buffer.from(
      '999e76d63ebbf45a763ef0743c6d4882322af9ccde17c96f49c380bb39d49a3fae7e3f3e9066932d41c735e35fc50e990e7408dcba44a9b0',
      'hex',
    ),
  },
  checkValue: Buffer.from('8ee698ddff67a2318b3594198bc3e76d117ee3f31b5aab0d4f11c2e3180f2c', 'hex'),
}

describe('what an earlier version sealed', () => {
  test('opens still, and its key is recognised', () => {
    expect(openSecret(stored.kek, stored.place, stored.envelope).toString()).toBe('kept since the first version')
    expect(opensCheckValue(stored.kek, 3, stored.checkValue)).toBe(true)
  })
})

describe('the check value', () => {
  test('says nothing of what is no key at all', () => {
    expect(() => opensCheckValue(Buffer.alloc(31), 1, sealCheckValue(kek, 1))).toThrow('key length')
  })

  test('tells the right key of the right version from every other', () => {
    const value = sealCheckValue(kek, 1)
    expect(opensCheckValue(kek, 1, value)).toBe(true)
    expect(opensCheckValue(kek, 2, value)).toBe(false)
    expect(opensCheckValue(kek, 11, value)).toBe(false)
    expect(opensCheckValue(randomBytes(32), 1, value)).toBe(false)
    expect(opensCheckValue(kek, 1, seal(kek, Buffer.from('kcw'), additionalData('awsdash/v1', 'kcv', 1)))).toBe(false)
    for (let length = 0; length < value.length; length += 1)
      expect(opensCheckValue(kek, 1, value.subarray(0, length))).toBe(false)
  })
})

describe('additional data', () => {
  const field = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.constantFrom('', 'a', 'ab', '\u0000', '\u0000\u0000\u0000\u0001a', 'é', 'e\u0301'),
    fc.nat(9).map(String),
  )

  test('gives different bytes for different fields, however their texts run together', () => {
    const fields = fc.array(field, { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(fields, fields, (left, right) => {
        const same = left.length === right.length && left.every((text, index) => text === right[index])
        expect(additionalData(...left).equals(additionalData(...right))).toBe(same)
      }),
      { numRuns: 20_000 },
    )
    expect(additionalData('ab', 'c')).not.toEqual(additionalData('a', 'bc'))
    expect(additionalData('abc')).not.toEqual(additionalData('abc', ''))
    expect(additionalData('\u00e9')).not.toEqual(additionalData('e\u0301'))
    expect(additionalData(1)).toEqual(additionalData('1'))
  })

  test('is never made of text that has no bytes of its own', () => {
    expect(() => additionalData('a', '\ud800')).toThrow('well-formed')
    expect(() => additionalData('\udc00')).toThrow('well-formed')
  })
})
