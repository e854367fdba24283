import { uuidv7 } from 'uuidv7'
import type { AccountEvent } from '@dashboard/contract/accounts.ts'
import type { Transaction } from '../db/database.ts'
import { accountEvent } from '../db/schema.ts'

export interface NewAccountEvent {
  connectionId: string
  kind: AccountEvent['kind']
  /** An email, or `system`. */
  actor: string
  detail?: string | null
  permissions?: string[]
}

/** Writes down what happened to connections, in the transaction that made it happen. */
export const recordEvents = async (tx: Transaction, events: readonly NewAccountEvent[]): Promise<void> => {
  if (events.length === 0) return
  await tx.insert(accountEvent).values(events.map((event) => ({ id: uuidv7(), ...event })))
}

export const recordEvent = (tx: Transaction, event: NewAccountEvent): Promise<void> => recordEvents(tx, [event])
