import type { AWSAccountSummary } from '@dashboard/contract/accounts.ts'
import { coveragePercent } from '../../../lib/coverage.ts'
import { csv, type CsvValue } from '../../../lib/files/csv.ts'
import { deniedPermissions, probedPermissions } from './accounts-shown.ts'

const columns: Record<string, (account: AWSAccountSummary) => CsvValue> = {
  name: ({ name }) => name,
  accountId: ({ accountId }) => accountId,
  partition: ({ partition }) => partition,
  credentialType: ({ credentialType }) => credentialType,
  status: ({ status }) => status,
  phase: ({ phase }) => phase,
  exposed: ({ exposed }) => exposed,
  lastValidated: ({ lastValidated }) => lastValidated,
  lastError: ({ lastError }) => lastError,
  permissionsDenied: deniedPermissions,
  permissionsProbed: probedPermissions,
  regions: ({ regions }) => regions.join(' '),
  environment: ({ environment }) => environment,
  environmentSource: ({ environmentSource }) => environmentSource,
  organizationalUnit: ({ organization }) => organization?.ouPath ?? null,
  resources: ({ resourceCount }) => resourceCount,
  coveragePercent: ({ coverage }) => (coverage.scopes.total === 0 ? null : coveragePercent(coverage)),
  lastDiscovered: ({ lastDiscovered }) => lastDiscovered,
  roleArn: ({ roleArn }) => roleArn,
}

/** The accounts as a table for other programs, one line each, in the order given. */
export const accountsCsv = (accounts: readonly AWSAccountSummary[]): string =>
  csv(
    Object.keys(columns),
    accounts.map((account) => Object.values(columns).map((cell) => cell(account))),
  )
