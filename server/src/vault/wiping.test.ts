import { hkdfSync, randomBytes } from 'node:crypto'
import { watchBytes, type WatchedBytes } from '@dashboard/tools/testing/watch-bytes.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { additionalData } from './additional-data.ts'
import { type Envelope, openSecret, sealSecret } from './envelope.ts'
import { unseal } from './seal.ts'

const kek = randomBytes(32)
const place = { tenant: 'tenant', owner: 'owner', kind: 'access-key', version: 1 }
const fields = [place.tenant, place.owner, place.kind, place.version]
const plaintext = Buffer.from('secretAccessKey of somebody who trusts us')

let watched: WatchedBytes

beforeEach(() => {
  watched = watchBytes()
})

afterEach(() => watched.stop())

/** The keys an envelope was sealed with. */
const keysOf = (envelope: Envelope): Buffer[] => {
  const dek = unseal(kek, envelope.wrappedDek, additionalData('awsdash/v1', 'dek', 1, ...fields))
  const derived = Buffer.from(
    hkdfSync('sha512', dek, Buffer.alloc(0), additionalData('awsdash/v1', 'cred', ...fields), 64),
  )
  return [dek, derived.subarray(0, 32)]
}

/** Keys that were used and are still in some buffer, or were never seen in one. */
const notWiped = (keys: readonly Buffer[]): Buffer[] =>
  keys.filter((key) => watched.held(key) === 0 || watched.hold(key).length > 0)

test('sealing leaves no key in memory', () => {
  const envelope = sealSecret(kek, 1, place, plaintext)
  watched.stop()
  expect(notWiped(keysOf(envelope))).toEqual([])
})

test('opening leaves no key in memory, and the text only in what it answers', () => {
  const envelope = sealSecret(kek, 1, place, plaintext)
  watched.stop()
  watched = watchBytes()
  const opened = openSecret(kek, place, envelope)
  watched.stop()
  expect(notWiped(keysOf(envelope))).toEqual([])
  expect(watched.held(plaintext)).toBeGreaterThan(1)
  expect(watched.hold(plaintext)).toEqual([opened])
})

test('opening what does not open leaves no key in memory either', () => {
  const envelope = sealSecret(kek, 1, place, plaintext)
  watched.stop()
  watched = watchBytes()
  expect(() => openSecret(kek, place, { ...envelope, commitment: Buffer.alloc(32) })).toThrow('does not open')
  watched.stop()
  expect(notWiped(keysOf(envelope))).toEqual([])
})
