import { eq } from 'drizzle-orm'
import type { Access } from '../../aws/connection.ts'
import type { Database, Transaction } from '../../db/database.ts'
import { awsAccount } from '../../db/schema.ts'
import { retireScopes } from '../../discovery/ledger.ts'
import { publish } from '../../events/bus.ts'
import { recordEvents } from '../account-events.ts'
import { lockWithAccess } from '../access-state.ts'
import { isHeldPhase } from '../held.ts'
import type { AccountRow } from '../present.ts'
import type { Validation } from './validate.ts'
import { nextValidationAt } from './cadence.ts'
import { mergePermissions } from './permissions.ts'
import { transitionsOf } from './transitions.ts'

type Works = Extract<Validation, { access: 'works' }>

/**
 * An ExternalId test that could not be made leaves what is known of the exposure; so do unanswered probes what is known
 * of the permissions, and they degrade nothing that was whole.
 */
const columnsOfWorking = (validation: Works, account: AccountRow): Partial<AccountRow> => {
  const permissions = mergePermissions(account.permissions, validation.findings)
  const exposed = validation.exposed ?? account.exposed
  const fix = exposed && validation.exposed === null ? (account.fix ?? validation.fix) : validation.fix
  const open = validation.findings.unanswered.length > 0 && account.phase !== 'CONNECTED'
  const whole = !open && !exposed && permissions.every((permission) => permission.allowed)
  return { fix, exposed, permissions, status: 'active', phase: whole ? 'CONNECTED' : 'DEGRADED' }
}

/** The columns a validation changes. One that got no answer leaves the account as it was, with the reason beside it. */
const columnsOf = (validation: Validation, account: AccountRow, startedAt: Date): Partial<AccountRow> => {
  const { lastError } = validation
  if (validation.access === 'unanswered') {
    const phase = account.phase === 'VALIDATING' ? 'PENDING' : account.phase
    return { lastError, phase, fix: account.fix ?? validation.fix, nextValidation: nextValidationAt('unanswered') }
  }
  // As of the first question asked: what changed while it ran may not be in it.
  const tried = { lastError, lastValidated: startedAt }
  if (validation.access === 'refused') {
    const { fix } = validation
    const lost = { fix, status: 'error', phase: 'LOST_ACCESS', nextValidation: nextValidationAt('lost') } as const
    return { ...tried, ...lost, permissions: [] }
  }
  return { ...tried, ...columnsOfWorking(validation, account), nextValidation: nextValidationAt('works') }
}

/** Nothing to add: the access was changed, somebody paused it, or one that began later has newer facts. */
const isOvertaken = (current: AccountRow, startedAt: Date): boolean =>
  isHeldPhase(current.phase) || (current.lastValidated !== null && current.lastValidated >= startedAt)

const apply = async (
  tx: Transaction,
  current: AccountRow,
  validation: Validation,
  { startedAt, actor }: { startedAt: Date; actor: string },
): Promise<void> => {
  const columns = columnsOf(validation, current, startedAt)
  await tx.update(awsAccount).set(columns).where(eq(awsAccount.id, current.id))
  // Nobody would scan them, and the jobs that wait for them would never end.
  if (validation.access === 'refused') await retireScopes(tx, current.id)
  await recordEvents(tx, transitionsOf(current, { ...current, ...columns }, actor))
}

/** Writes what a validation found, and what that changed. `actor` is an email, or `system`. */
export const storeValidation = (
  db: Database,
  { id, access }: { id: string; access: Access },
  validation: Validation,
  { startedAt, actor }: { startedAt: Date; actor: string },
): Promise<void> =>
  db.transaction(async (tx) => {
    const current = await lockWithAccess(tx, id, access)
    if (current === undefined || isOvertaken(current, startedAt)) return
    await apply(tx, current, validation, { startedAt, actor })
    await publish(tx, { type: 'account', id })
    await publish(tx, { type: 'work' })
  })
