/** Where key-encryption keys come from. Versions are positive integers. */
export interface KeySource {
  /** For messages and the ledger of versions, for example `file:/…/kek.d`. */
  readonly name: string
  /** The versions present. */
  versions(): Promise<number[]>
  /** 32 bytes. @throws KeyMissing */
  key(version: number): Promise<Buffer>
  /** Makes the first key of a new installation. Never called when secrets exist. */
  create(version: number): Promise<void>
}

/** A key-encryption key cannot be had; the message names the version and what to do. */
export class KeyMissing extends Error {
  override readonly name = 'KeyMissing'
}
