import type { Transaction } from '../db/database.ts'
import type { Secret } from '../secret.ts'

/** One version of one secret. */
export interface SecretRef {
  /** Id of the row that owns it. */
  owner: string
  kind: 'access-key' | 'signing-key'
  version: number
}

/** Keeps secrets. What goes in comes out only here, inside a `Secret`. */
export interface Vault {
  /** Stores a new version within the caller's transaction: both land or neither does. */
  put(tx: Transaction, ref: SecretRef, value: Secret): Promise<void>
  /** @throws AppError VAULT_UNAVAILABLE when the secret is missing or does not open. */
  read(ref: SecretRef): Promise<Secret>
  /** Removes every version that `owner` has, within the caller's transaction. */
  destroy(tx: Transaction, owner: string): Promise<void>
  /** Throws unless secrets can be read now. */
  check(): Promise<void>
}
