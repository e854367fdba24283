import { createAccountChecks } from '@dashboard/server/accounts/account-checks.ts'
import { createAccounts } from '@dashboard/server/accounts/accounts.ts'
import { createOwnIdentity } from '@dashboard/server/accounts/own-identity.ts'
import type { Core } from '@dashboard/server/core.ts'
import type { AWSAccount } from '@dashboard/contract/accounts.ts'
import type { OperatorKey } from '../aws-gateway/credentials.ts'
import { required } from '../aws-gateway/required.ts'
import {
  dashboardRoleName,
  demoAccounts,
  type DemoConnection,
  demoConnections,
  productPrincipalArn,
} from '../demo-organisation/accounts.ts'
import type { DemoAccount } from '../demo-organisation/chapters/chapter.ts'
import type { DemoSecrets } from '../demo-organisation/demo-secrets.ts'
import { setExternalId } from '../demo-organisation/set-external-id.ts'

interface Options {
  core: Core
  endpoint: string
  operatorKeys: OperatorKey[]
  accounts: readonly DemoAccount[]
  secrets: Partial<DemoSecrets>
  /** When their administrators create the roles. */
  asOf: Date
}

/** What a person would enter for the connection. */
const inputOf = (connection: DemoConnection, secrets: Partial<DemoSecrets>) => {
  const { name, accountId, regions, defaultRegion, tags } = connection
  const common = { name, accountId, regions, defaultRegion, tags }
  return connection.credentialType === 'access_key'
    ? ({
        credentialType: 'access_key',
        ...common,
        accessKey: required(secrets.harborLegacy, `the key of ${name}`),
      } as const)
    : ({ credentialType: 'iam_role', ...common } as const)
}

/** What the administrator of the account does with the ExternalId they are given. */
const createRole = async ({ endpoint, operatorKeys, asOf }: Options, account: AWSAccount): Promise<void> => {
  if (account.externalId === null) return
  const { accountId, externalId } = account
  await setExternalId({
    endpoint,
    operatorKeys,
    accountId,
    roleName: dashboardRoleName,
    externalId,
    principalArn: productPrincipalArn,
    at: asOf,
  })
}

/** Connects accounts as a person would: add, create the role, validate. @throws when one cannot be connected */
export const connectAccounts = async (options: Options): Promise<void> => {
  const { core, secrets } = options
  const { db } = core.database
  const { send } = core.pool
  const accounts = createAccounts({ db, vault: core.vault })
  const ownIdentity = createOwnIdentity({ send, own: core.broker.own })
  const checks = createAccountChecks({ db, send, broker: core.broker, forget: core.broker.forget, ownIdentity })
  for (const connection of connectionsOf(options.accounts)) {
    const account = await accounts.add(inputOf(connection, secrets), 'demo')
    await createRole(options, account)
    for await (const event of checks.validate(account.id, 'demo')) {
      if (event.type === 'done' && event.account.status !== 'active')
        throw new Error(`${connection.name} could not be connected: ${event.account.lastError}`)
    }
  }
}

const connectionsOf = (names: readonly DemoAccount[]): DemoConnection[] => {
  const ids = names.map((name): string => demoAccounts[name])
  return demoConnections.filter(({ accountId }) => ids.includes(accountId))
}
