import type { OperatorKey } from '../aws-gateway/credentials.ts'
import type { GatewayLog } from '../aws-gateway/log.ts'
import { demoAccounts, type DemoRegion } from './accounts.ts'
import { createVolume } from './compute.ts'
import { createBucket } from './data-stores.ts'
import { type DemoSecrets, readDemoSecrets, writeDemoSecrets } from './demo-secrets.ts'
import { buildDashboardUser, buildHarbor, buildHarborPeople } from './harbor-legacy.ts'
import { allocateAddress } from './network.ts'
import { buildFraudScoring, buildPayments, buildPaymentsRoles, buildProductionLeftovers } from './payments.ts'
import { buildForgottenTrial, buildSandbox } from './sandbox.ts'
import { buildManagement, buildSecurity } from './shared-accounts.ts'
import { createFunction } from './serverless.ts'
import { type Site, siteOf } from './site.ts'
import { required } from '../aws-gateway/required.ts'

export interface BuildOptions {
  endpoint: string
  operatorKeys: OperatorKey[]
  /** The gateway's own directory, opened with `openDemoDataDir`. */
  dataDir: string
  log: GatewayLog
  now: Date
}

type SiteAt = (account: keyof typeof demoAccounts, region: DemoRegion, daysAgo: number) => Site

/** Builds the organisation through the gateway, oldest first, unless its journal has brought it back already. */
export async function buildDemoOrganisation(options: BuildOptions): Promise<DemoSecrets> {
  const { dataDir, log } = options
  const known = await readDemoSecrets(dataDir)
  if (known) return known
  const startedAt = performance.now()
  const secrets = await build(siteFinder(options))
  await writeDemoSecrets(dataDir, secrets)
  log.info({ seconds: Math.round((performance.now() - startedAt) / 100) / 10 }, 'the demo organisation is built')
  return secrets
}

function siteFinder({ endpoint, operatorKeys, now }: BuildOptions): SiteAt {
  return (account, region, daysAgo) => {
    const key = operatorKeys.find(({ accountId }) => accountId === demoAccounts[account])
    return siteOf({ endpoint, key: required(key, `an operator key of ${account}`), region, now, daysAgo })
  }
}

async function build(at: SiteAt): Promise<DemoSecrets> {
  await buildHarborPeople(at('harborLegacy', 'us-east-1', 210))
  await buildManagement(at('management', 'us-east-1', 120))
  const productIdentity = await buildSecurity(at('security', 'eu-central-1', 120))
  await buildPaymentsAccounts(at)
  await buildHarbor(at('harborLegacy', 'eu-central-1', 120))
  await buildSandbox(at('sandbox', 'us-east-1', 120))
  await buildForgottenTrial(at('sandbox', 'ap-southeast-1', 90))
  const harborLegacy = await buildDashboardUser(at('harborLegacy', 'us-east-1', 30))
  await buildLastWeek(at)
  return { productIdentity, harborLegacy }
}

async function buildPaymentsAccounts(at: SiteAt): Promise<void> {
  const prod = { env: 'prod', team: 'payments', costCenter: 'cc-4100' }
  const staging = { env: 'staging', team: 'payments' }
  const main = at('paymentsProd', 'eu-west-1', 120)
  const roles = await buildPaymentsRoles(main, 'payments-prod', prod)
  await buildPayments(main, roles, {
    prefix: 'payments-prod',
    octet: 20,
    instances: 3,
    databases: 'multi-az',
    owner: prod,
  })
  const second = at('paymentsProd', 'us-east-1', 120)
  await buildPayments(second, roles, {
    prefix: 'payments-prod',
    octet: 21,
    instances: 2,
    databases: 'multi-az',
    owner: prod,
  })
  await buildProductionLeftovers(at('paymentsProd', 'us-east-1', 90), prod)
  await buildFraudScoring(at('paymentsProd', 'eu-west-1', 30), roles.functionRoleArn)

  const stage = at('paymentsStaging', 'eu-west-1', 120)
  const stageRoles = await buildPaymentsRoles(stage, 'payments-staging', staging)
  await buildPayments(stage, stageRoles, {
    prefix: 'payments-staging',
    octet: 30,
    instances: 1,
    databases: 'single-az',
    owner: staging,
  })
}

/** Little things of the last days, so that every account has something new. */
async function buildLastWeek(at: SiteAt): Promise<void> {
  const singapore = at('paymentsProd', 'ap-southeast-1', 8)
  await createBucket(
    singapore,
    { name: 'payments-prod-ap-expansion', access: 'blocked' },
    { env: 'prod', team: 'payments' },
  )
  await allocateAddress(singapore, 'ap-expansion', { team: 'payments' })
  await createVolume(
    at('paymentsStaging', 'eu-west-1', 8),
    { name: 'load-test-data', size: 300, type: 'gp3', zone: 'eu-west-1a' },
    {},
  )
  const role = `arn:aws:iam::${demoAccounts.sandbox}:role/experiment-functions`
  await createFunction(
    at('sandbox', 'ap-southeast-1', 8),
    { name: 'hello-singapore', runtime: 'nodejs22.x', roleArn: role, memory: 128 },
    {},
  )
}
