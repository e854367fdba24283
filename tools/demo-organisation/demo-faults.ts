import type { FaultsInput } from '../aws-gateway/faults.ts'
import { demoAccounts } from './accounts.ts'

/** What the organisation keeps from the product: denials it must show and not mistake for emptiness. */
export const demoFaults: FaultsInput = {
  denials: [
    // Harbor's former owners keep their keys to themselves.
    {
      accountId: demoAccounts.harborLegacy,
      region: 'eu-central-1',
      actions: ['kms:*'],
      reason: 'explicit-deny',
    },
    {
      accountId: demoAccounts.harborLegacy,
      region: 'eu-central-1',
      actions: ['logs:DescribeLogGroups'],
      reason: 'identity-policy',
    },
    {
      accountId: demoAccounts.sandbox,
      region: 'ap-southeast-1',
      actions: ['lambda:*'],
      reason: 'service-control-policy',
    },
  ],
}
