import { buildHarbor, buildHarborPeople } from '../parts/harbor-legacy.ts'
import { buildOrganization } from '../parts/organization.ts'
import { buildPayments, buildPaymentsRoles, buildProductionLeftovers } from '../parts/payments.ts'
import {
  buildPaymentsServices,
  buildStagingServices,
  keepOldVolumes,
  leaveMigrationRole,
  nameAddresses,
  trustAllRepositories,
} from '../parts/payments-services.ts'
import { buildGuardrails, buildWatch } from '../parts/platform.ts'
import { abandonTrial, buildSandbox, buildTrial } from '../parts/sandbox.ts'
import { buildManagement, buildSecurity } from '../parts/shared-accounts.ts'
import { buildStorefront } from '../parts/storefront.ts'
import type { Chapter, SiteAt } from './chapter.ts'

/** The company as it was when it began to look. */
export const day90: Chapter = {
  daysAgo: 90,
  connects: ['management', 'security', 'paymentsProd', 'paymentsStaging', 'sandbox'],
  happen: async (at) => {
    await buildHarborPeople(at('harborLegacy', 'us-east-1', 210))
    await buildTrial(at('sandbox', 'ap-southeast-1', 150))
    await buildManagement(at('management', 'us-east-1', 120))
    await buildOrganization(at('management', 'us-east-1', 119))
    await buildGuardrails(at('management', 'us-east-1', 118))
    const productIdentity = await buildSecurity(at('security', 'eu-central-1', 120))
    await buildWatch(at('security', 'eu-central-1', 118))
    await buildProduction(at)
    await buildStaging(at)
    await buildHarbor(at('harborLegacy', 'eu-central-1', 120))
    await buildSandbox(at('sandbox', 'us-east-1', 120))
    await abandonTrial(at('sandbox', 'ap-southeast-1', 95))
    return { productIdentity }
  },
}

const prod = { env: 'prod', team: 'payments', costCenter: 'cc-4100' }
const staging = { env: 'staging', team: 'payments' }

async function buildProduction(at: SiteAt): Promise<void> {
  const main = at('paymentsProd', 'eu-west-1', 120)
  const second = at('paymentsProd', 'us-east-1', 120)
  const roles = await buildPaymentsRoles(main, 'payments-prod', prod)
  const shape = { prefix: 'payments-prod', databases: 'multi-az', owner: prod } as const
  await buildPayments(main, roles, { ...shape, octet: 20, instances: 3 })
  await buildPayments(second, roles, { ...shape, octet: 21, instances: 2 })
  await keepOldVolumes(second)
  await leaveMigrationRole(at('paymentsProd', 'us-east-1', 115))
  await buildPaymentsServices(at('paymentsProd', 'eu-west-1', 110))
  await trustAllRepositories(at('paymentsProd', 'us-east-1', 105))
  await buildStorefront(at('paymentsProd', 'eu-west-1', 100), at('paymentsProd', 'us-east-1', 100))
  await buildProductionLeftovers(at('paymentsProd', 'us-east-1', 93), prod)
  await nameAddresses(at('paymentsProd', 'us-east-1', 92), at('paymentsProd', 'us-east-1', 92))
}

async function buildStaging(at: SiteAt): Promise<void> {
  const site = at('paymentsStaging', 'eu-west-1', 120)
  const roles = await buildPaymentsRoles(site, 'payments-staging', staging)
  await buildPayments(site, roles, {
    prefix: 'payments-staging',
    octet: 30,
    instances: 1,
    databases: 'single-az',
    owner: staging,
  })
  await buildStagingServices(at('paymentsStaging', 'eu-west-1', 110))
}
