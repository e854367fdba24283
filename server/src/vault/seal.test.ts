import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { seal, SealBroken, unseal } from './seal.ts'

/** AES-256-GCM with 96-bit nonce and 128-bit tag: test cases 13 to 16 of McGrew and Viega, "The Galois/Counter Mode of Operation". */
const key = 'feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308'
const text =
  'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39'
const zero = '0'.repeat(64)
const published = [
  { key: zero, iv: '000000000000000000000000', aad: '', text: '', cipher: '', tag: '530f8afbc74536b9a963b4f1c4cb738b' },
  {
    key: zero,
    iv: '000000000000000000000000',
    aad: '',
    text: '00000000000000000000000000000000',
    cipher: 'cea7403d4d606b6e074ec5d3baf39d18',
    tag: 'd0d1c8a799996bf0265b98b5d48ab919',
  },
  {
    key,
    iv: 'cafebabefacedbaddecaf888',
    aad: '',
    text: `${text}1aafd255`,
    cipher:
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad',
    tag: 'b094dac5d93471bdec1a502270e3cc6c',
  },
  {
    key,
    iv: 'cafebabefacedbaddecaf888',
    aad: 'feedfacedeadbeeffeedfacedeadbeefabaddad2',
    text,
    cipher:
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662',
    tag: '76fc6ece0f4e1768cddf8853bb2d551b',
  },
]

const hex = (value: string): Buffer => Buffer.from(value, 'hex')

test('opens the published examples of AES-256-GCM, and none of them with a changed tag or other additional data', () => {
  for (const vector of published) {
    const sealed = Buffer.concat([hex(vector.iv), hex(vector.cipher), hex(vector.tag)])
    expect(unseal(hex(vector.key), sealed, hex(vector.aad)).toString('hex')).toBe(vector.text)
    expect(() => unseal(hex(vector.key), sealed, Buffer.concat([hex(vector.aad), Buffer.alloc(1)]))).toThrow(SealBroken)
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1
    expect(() => unseal(hex(vector.key), sealed, hex(vector.aad))).toThrow(SealBroken)
  }
})

test('writes nonce, ciphertext and a whole tag, and a fresh nonce each time', () => {
  const fresh = randomBytes(32)
  const first = seal(fresh, Buffer.from('text'), Buffer.alloc(0))
  expect(first).toHaveLength(12 + 4 + 16)
  expect(seal(fresh, Buffer.from('text'), Buffer.alloc(0)).subarray(0, 12)).not.toEqual(first.subarray(0, 12))
})

test('refuses what is too short to be anything, and says no more than that it does not open', () => {
  for (let length = 0; length < 28; length += 1)
    expect(() => unseal(randomBytes(32), Buffer.alloc(length), Buffer.alloc(0))).toThrow(SealBroken)
  expect(String(new SealBroken())).toBe('SealBroken: This ciphertext does not open.')
})
