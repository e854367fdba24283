import { createAccountChecks } from '@dashboard/server/accounts/account-checks.ts'
import { createAccounts } from '@dashboard/server/accounts/accounts.ts'
import { createOwnIdentity } from '@dashboard/server/accounts/own-identity.ts'
import type { Core } from '@dashboard/server/core.ts'
import { createJobs } from '@dashboard/server/jobs/jobs.ts'
import type { AWSAccount } from '@dashboard/contract/accounts.ts'
import type { OperatorKey } from '../aws-gateway/credentials.ts'
import {
  dashboardRoleName,
  type DemoConnection,
  demoConnections,
  productPrincipalArn,
} from '../demo-organisation/accounts.ts'
import type { DemoSecrets } from '../demo-organisation/demo-secrets.ts'
import { setExternalId } from '../demo-organisation/set-external-id.ts'

interface Options {
  core: Core
  endpoint: string
  operatorKeys: OperatorKey[]
  secrets: DemoSecrets
  log: (message: string) => void
}

/** What a person would enter for the connection. */
const inputOf = (connection: DemoConnection, secrets: DemoSecrets) => {
  const { name, accountId, regions, defaultRegion, tags } = connection
  const common = { name, accountId, regions, defaultRegion, tags }
  return connection.credentialType === 'access_key'
    ? ({ credentialType: 'access_key', ...common, accessKey: secrets.harborLegacy } as const)
    : ({ credentialType: 'iam_role', ...common } as const)
}

/** What the administrator of the account does with the ExternalId they are given. */
const createRole = async ({ endpoint, operatorKeys }: Options, account: AWSAccount): Promise<void> => {
  if (account.externalId === null) return
  const { accountId, externalId } = account
  await setExternalId({
    endpoint,
    operatorKeys,
    accountId,
    roleName: dashboardRoleName,
    externalId,
    principalArn: productPrincipalArn,
  })
}

/**
 * Connects the demo's accounts as a person would: add, create the role, validate; then discovers them. What an earlier,
 * interrupted start has done already is not done again.
 */
export const connectDemoAccounts = async (options: Options): Promise<void> => {
  const { core, secrets, log } = options
  const { db } = core.database
  const { send } = core.pool
  const accounts = createAccounts({ db, vault: core.vault })
  const checks = createAccountChecks({
    db,
    send,
    broker: core.broker,
    ownIdentity: createOwnIdentity({ send, own: core.broker.own }),
  })
  const known = new Map((await accounts.list({ maxResults: 200 })).items.map((account) => [account.accountId, account]))
  const fresh: string[] = []
  for (const connection of demoConnections) {
    const account = known.get(connection.accountId) ?? (await accounts.add(inputOf(connection, secrets)))
    if (account.lastValidated !== null) continue
    log(`Connecting ${connection.name} …`)
    await createRole(options, account)
    for await (const event of checks.validate(account.id)) {
      if (event.type === 'done' && event.account.status !== 'active')
        throw new Error(`${connection.name} could not be connected: ${event.account.lastError}`)
    }
    fresh.push(connection.accountId)
  }
  if (fresh.length > 0) await createJobs({ db }).discover({ accountIds: fresh }, 'demo')
}
