import type { AWSPermission } from '@dashboard/contract/accounts.ts'

/** One action, and what AWS answered to it in each region where it was tried. */
export interface PermissionRow {
  action: string
  allowed: string[]
  denied: string[]
  probedAt: string
}

/** A row for each action, those with denials first, each group by name. */
export const permissionRows = (permissions: readonly AWSPermission[]): PermissionRow[] =>
  [...Map.groupBy(permissions, ({ action }) => action)]
    .map(([action, probes]) => ({
      action,
      allowed: probes.filter(({ allowed }) => allowed).map(({ region }) => region),
      denied: probes.filter(({ allowed }) => !allowed).map(({ region }) => region),
      probedAt: probes.map((probe) => probe.probedAt).toSorted()[0] ?? '',
    }))
    .toSorted((a, b) => Number(b.denied.length > 0) - Number(a.denied.length > 0) || a.action.localeCompare(b.action))

/** Where a service was tried: every region of the account, or fewer, in the order of their names. */
export const probedRegions = (permissions: readonly AWSPermission[]): string[] =>
  [...new Set(permissions.map(({ region }) => region))].toSorted(
    (a, b) => Number(b === 'global') - Number(a === 'global') || a.localeCompare(b),
  )
