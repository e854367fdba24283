import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { vi } from 'vitest'

export interface WatchedBytes {
  /** How many buffers have held these bytes when they were made. */
  held(bytes: Buffer): number
  /** Those of them that hold them still. */
  hold(bytes: Buffer): Uint8Array[]
  stop(): void
}

/** Notes every buffer that Node's random, key derivation, `Buffer.from` and `Buffer.concat` make or are given from now on. */
export const watchBytes = (): WatchedBytes => {
  const seen: { live: Uint8Array; copy: Buffer }[] = []
  const { from, concat } = Buffer
  const { randomBytes, hkdfSync } = crypto
  const note = (bytes: unknown): void => {
    const live = bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes
    if (live instanceof Uint8Array) seen.push({ live, copy: from.call(Buffer, live) })
  }
  const noting =
    <Args extends unknown[], Result>(original: (...args: Args) => Result) =>
    (...args: Args): Result => {
      const result = original.apply(Buffer, args)
      for (const bytes of [args, result].flat(2)) note(bytes)
      return result
    }
  const spies = [
    vi.spyOn(Buffer, 'from').mockImplementation(noting(from as (...args: unknown[]) => Buffer<ArrayBuffer>)),
    vi.spyOn(Buffer, 'concat').mockImplementation(noting(concat)),
    vi.spyOn(crypto, 'randomBytes').mockImplementation(noting(randomBytes)),
    vi.spyOn(crypto, 'hkdfSync').mockImplementation(noting(hkdfSync)),
  ]
  // Named imports of a built-in module follow only when told.
  syncBuiltinESMExports()
  return {
    held: (bytes) => seen.filter(({ copy }) => copy.includes(bytes)).length,
    hold: (bytes) => seen.map(({ live }) => live).filter((live) => from.call(Buffer, live).includes(bytes)),
    stop: () => {
      for (const spy of spies) spy.mockRestore()
      syncBuiltinESMExports()
    },
  }
}
