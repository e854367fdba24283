import { and, eq, sql } from 'drizzle-orm'
import type { AccountPhase } from '@dashboard/contract/accounts.ts'
import type { Database } from '../db/database.ts'
import { awsAccount } from '../db/schema.ts'
import { AppError } from '../errors.ts'

/** Phases in which nothing is called in an account, whoever asks. */
const heldPhases = ['PAUSED', 'RETIRED'] as const satisfies readonly AccountPhase[]

/** The same in SQL, of a row of `aws_account`. */
export const isHeldRow = sql`${awsAccount.phase} in ${[...heldPhases]}`

export const isHeldPhase = (phase: AccountPhase): phase is (typeof heldPhases)[number] =>
  heldPhases.some((held) => held === phase)

/** Whether nothing may be called in the account for now. */
export const isHeld = async (db: Database, connectionId: string): Promise<boolean> => {
  const [row] = await db
    .select({ id: awsAccount.id })
    .from(awsAccount)
    .where(and(eq(awsAccount.id, connectionId), isHeldRow))
  return row !== undefined
}

/** @throws AppError ACCOUNT_PAUSED */
export const requireCallable = ({ phase }: { phase: AccountPhase }): void => {
  if (!isHeldPhase(phase)) return
  throw new AppError('ACCOUNT_PAUSED', {
    message:
      phase === 'PAUSED'
        ? 'The account is paused; resume it first.'
        : 'The account is retired: AWS has closed it, or it left the organization. Resume it to try it nevertheless.',
  })
}
