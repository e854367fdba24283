import { and, eq, sql } from 'drizzle-orm'
import type { ValidationCheck } from '@dashboard/contract/accounts.ts'
import type { Broker } from '../../aws/broker.ts'
import type { Send } from '../../aws/client-pool.ts'
import type { Connection } from '../../aws/connection.ts'
import type { Database } from '../../db/database.ts'
import { awsAccount } from '../../db/schema.ts'
import type { Call } from '../../discovery/collect.ts'
import { publish } from '../../events/bus.ts'
import type { Meter } from '../../metrics/meter.ts'
import type { OwnIdentity } from '../own-identity.ts'
import type { AccountRow } from '../present.ts'
import { validate } from './validate.ts'
import { storeValidation } from './store-validation.ts'

export interface ValidationTools {
  db: Database
  send: Send
  broker: Broker
  /** Drops the sessions and the clients of a connection. */
  forget: (connectionId: string) => void
  ownIdentity: (region: string) => Promise<OwnIdentity>
  /** Told of each validation that came to an end. */
  validated?: Meter['validated'] | undefined
}

/** A validation that dies leaves its account to a worker after this. */
export const takenFor = sql`now() + interval '5 minutes'`

/** Shown while it runs, of an account that nothing is known of yet. */
const beginShowing = async (db: Database, id: string): Promise<void> => {
  const pending = and(eq(awsAccount.id, id), eq(awsAccount.phase, 'PENDING'))
  const shown = { phase: 'VALIDATING', nextValidation: takenFor } as const
  const begun = await db.update(awsAccount).set(shown).where(pending).returning({ id: awsAccount.id })
  if (begun.length > 0) await publish(db, { type: 'account', id })
}

/** It was broken off, by whoever asked for it: nothing was learnt. */
const endShowing = async (db: Database, id: string): Promise<void> => {
  const validating = and(eq(awsAccount.id, id), eq(awsAccount.phase, 'VALIDATING'))
  const ended = await db.update(awsAccount).set({ phase: 'PENDING' }).where(validating).returning({ id: awsAccount.id })
  if (ended.length > 0) await publish(db, { type: 'account', id })
}

/** Yields each check as it starts and ends, then stores what they found. `calls` makes the probes. */
export async function* runValidation(
  tools: ValidationTools,
  { account, connection }: { account: AccountRow; connection: Connection },
  by: { actor: string; signal?: AbortSignal | undefined; call?: Call },
): AsyncGenerator<ValidationCheck, void, void> {
  const { db, forget } = tools
  await beginShowing(db, account.id)
  try {
    // A session issued under an older trust policy or key would hide what is wrong now.
    forget(account.id)
    const startedAt = new Date()
    const validation = yield* validate({ ...tools, account, connection, signal: by.signal, call: by.call })
    by.signal?.throwIfAborted()
    await storeValidation(db, connection, validation, { startedAt, actor: by.actor })
    tools.validated?.({
      access: validation.access,
      by: by.actor === 'system' ? 'schedule' : 'person',
      seconds: (Date.now() - startedAt.getTime()) / 1000,
    })
  } finally {
    await endShowing(db, account.id)
  }
}
