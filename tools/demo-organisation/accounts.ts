/** The accounts of the demo organisation. harbor-legacy came with an acquisition: it has no role for us, only a user. */
export const demoAccounts = {
  management: '314159265012',
  security: '271828182845',
  paymentsProd: '602214076318',
  paymentsStaging: '602214076929',
  sandbox: '161803398874',
  harborLegacy: '299792458106',
} as const

/** A member account of the organization that nobody has connected. */
export const unconnectedMember = '137035999084'

export const demoRegions = ['us-east-1', 'eu-west-1', 'eu-central-1', 'ap-southeast-1'] as const
export type DemoRegion = (typeof demoRegions)[number]

/** The role the product assumes in every account but harbor-legacy. */
export const dashboardRoleName = 'AwsIntegrationDashboard'

/** The IAM user the product itself runs as, in the security account. */
export const productUserName = 'aws-integration-dashboard'
export const productPrincipalArn = `arn:aws:iam::${demoAccounts.security}:user/${productUserName}`

export interface DemoConnection {
  name: string
  accountId: string
  credentialType: 'iam_role' | 'access_key'
  roleName?: string
  regions: DemoRegion[]
  defaultRegion: DemoRegion
  tags: Record<string, string>
}

const byRole = (
  name: string,
  accountId: string,
  defaultRegion: DemoRegion,
  tags: Record<string, string>,
): DemoConnection => ({
  name,
  accountId,
  credentialType: 'iam_role',
  roleName: dashboardRoleName,
  regions: [...demoRegions],
  defaultRegion,
  tags,
})

/** How the demo connects each account to the product. */
export const demoConnections: DemoConnection[] = [
  byRole('management', demoAccounts.management, 'us-east-1', { env: 'shared', team: 'platform' }),
  byRole('security', demoAccounts.security, 'eu-central-1', { env: 'shared', team: 'security' }),
  byRole('payments-prod', demoAccounts.paymentsProd, 'eu-west-1', { env: 'prod', team: 'payments' }),
  // These say nothing of their environment: their organizational units do.
  byRole('payments-staging', demoAccounts.paymentsStaging, 'eu-west-1', { team: 'payments' }),
  byRole('sandbox', demoAccounts.sandbox, 'us-east-1', {}),
  {
    name: 'harbor-legacy',
    accountId: demoAccounts.harborLegacy,
    credentialType: 'access_key',
    regions: [...demoRegions],
    defaultRegion: 'eu-central-1',
    tags: { env: 'prod', team: 'harbor', acquired: '2026' },
  },
]
