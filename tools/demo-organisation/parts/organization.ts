import { demoAccounts, unconnectedMember } from '../accounts.ts'
import { createMember, createOrganization, createUnit, findRoot, findUnit } from '../aws/organization.ts'
import type { Site } from '../aws/site.ts'

/** Northgate before the merger. The management account stays at the root, as AWS puts it. */
export async function buildOrganization(management: Site): Promise<void> {
  const rootId = await createOrganization(management)
  const security = await createUnit(management, rootId, 'Security')
  const workloads = await createUnit(management, rootId, 'Workloads')
  const production = await createUnit(management, workloads, 'Production')
  const staging = await createUnit(management, workloads, 'Staging')
  const sandbox = await createUnit(management, rootId, 'Sandbox')
  const join = (accountId: string, name: string, unitId: string) =>
    createMember(management, { accountId, name, rootId, unitId })
  await join(demoAccounts.security, 'security', security)
  await join(demoAccounts.paymentsProd, 'payments-prod', production)
  await join(demoAccounts.paymentsStaging, 'payments-staging', staging)
  await join(demoAccounts.sandbox, 'sandbox', sandbox)
}

/** The acquisition: its account under a unit of its own. */
export async function acquireHarbor(management: Site): Promise<void> {
  const rootId = await findRoot(management)
  const unitId = await createUnit(management, rootId, 'Acquired')
  await createMember(management, { accountId: demoAccounts.harborLegacy, name: 'harbor-legacy', rootId, unitId })
}

/** An account somebody ordered without telling anybody: a member that is not connected. */
export async function orderDataLake(management: Site): Promise<void> {
  const rootId = await findRoot(management)
  const unitId = await findUnit(management, await findUnit(management, rootId, 'Workloads'), 'Production')
  await createMember(management, { accountId: unconnectedMember, name: 'data-lake', rootId, unitId })
}
