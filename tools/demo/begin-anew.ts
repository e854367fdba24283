import { eq } from 'drizzle-orm'
import { createAccounts } from '@dashboard/server/accounts/accounts.ts'
import type { Core } from '@dashboard/server/core.ts'
import { awsAccount, job } from '@dashboard/server/db/schema.ts'
import { demoAccounts } from '../demo-organisation/accounts.ts'

/** The database holds accounts of somebody else, whose time the demo must not move. */
export class ForeignAccounts extends Error {
  override readonly name = 'ForeignAccounts'
}

const demoAccountIds: readonly string[] = Object.values(demoAccounts)

/**
 * Takes away what a first start that was interrupted has left: its accounts with all they hold, and its jobs.
 * @throws ForeignAccounts before anything is touched
 */
export const beginAnew = async (core: Core): Promise<void> => {
  const { db } = core.database
  const rows = await db.select({ id: awsAccount.id, accountId: awsAccount.accountId }).from(awsAccount)
  if (rows.some(({ accountId }) => !demoAccountIds.includes(accountId)))
    throw new ForeignAccounts(
      'This database holds accounts that are not the demo’s. Give the demo a database of its own: leave DATABASE_URL out, or name an empty one.',
    )
  const accounts = createAccounts({ db, vault: core.vault })
  for (const { id } of rows) await accounts.delete(id)
  await db.delete(job).where(eq(job.requestedBy, 'demo'))
}
