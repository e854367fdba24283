import { eq } from 'drizzle-orm'
import type { CredentialsUnavailable } from '../aws/credentials-unavailable.ts'
import type { Database } from '../db/database.ts'
import { awsAccount } from '../db/schema.ts'
import { retireScopes } from '../discovery/ledger.ts'
import { publish } from '../events/bus.ts'
import { recordEvent } from './account-events.ts'
import { lockWithAccess } from './access-state.ts'
import { nextValidationAt } from './validation/cadence.ts'

/**
 * Puts an account whose credentials were refused into LOST_ACCESS: its scopes are not due any more, and jobs do not wait
 * for them. False when that is not known of it: it is not active, its access was changed since, or `failure` is no refusal.
 */
export const markAccessLost = async (
  db: Database,
  connectionId: string,
  failure: CredentialsUnavailable,
): Promise<boolean> => {
  if (failure.kind !== 'refused') return false
  return db.transaction(async (tx) => {
    const account = await lockWithAccess(tx, connectionId, failure.access)
    if (account?.status !== 'active') return false
    const { reason: lastError, fix } = failure
    await tx
      .update(awsAccount)
      .set({
        status: 'error',
        phase: 'LOST_ACCESS',
        lastError,
        fix,
        nextValidation: nextValidationAt('lost'),
        updatedAt: new Date(),
      })
      .where(eq(awsAccount.id, connectionId))
    await retireScopes(tx, connectionId)
    await recordEvent(tx, { connectionId, kind: 'ACCESS_LOST', actor: 'system', detail: lastError })
    await publish(tx, { type: 'account', id: connectionId })
    return true
  })
}
