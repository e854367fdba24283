import { eq } from 'drizzle-orm'
import { createOwnIdentity } from '@dashboard/server/accounts/own-identity.ts'
import type { Core } from '@dashboard/server/core.ts'
import { awsAccount } from '@dashboard/server/db/schema.ts'
import type { Logger } from '@dashboard/server/log/log.ts'
import { createOrganizations } from '@dashboard/server/organizations/organizations.ts'
import { required } from '../aws-gateway/required.ts'
import { demoAccounts } from '../demo-organisation/accounts.ts'

/** Reads the organization through its management account, for the first time or anew. */
export const readDemoOrganization = async ({ core, log }: { core: Core; log: Logger }): Promise<void> => {
  const { broker, gates, pool } = core
  const { db } = core.database
  const { send } = pool
  const ownIdentity = createOwnIdentity({ send, own: broker.own })
  const organizations = createOrganizations({ db, send, gates, broker, log, ownIdentity })
  const [known] = (await organizations.list()).items
  if (known !== undefined) return void (await organizations.refresh(known.id))
  const [management] = await db
    .select({ id: awsAccount.id })
    .from(awsAccount)
    .where(eq(awsAccount.accountId, demoAccounts.management))
  await organizations.add({ connectionId: required(management, 'the management account').id })
}
