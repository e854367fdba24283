import type { AWSPermission } from '@dashboard/contract/accounts.ts'
import type { Fix } from '@dashboard/contract/vocabulary.ts'
import { resourceTypes } from '@dashboard/catalog/catalog.ts'
import type { ResourceTypeDefinition } from '@dashboard/catalog/resource-type.ts'
import type { AwsFailure } from '../aws/failure.ts'
import { homeRegionOf } from '../aws/partition.ts'
import { probesOf } from '../aws/reads.ts'
import type { Call } from '../discovery/collect.ts'
import { semaphore } from '../semaphore.ts'
import type { AccessInputs } from './check-access.ts'
import { failed, passed, type Report, type Verdict, warning } from './check.ts'
import { type Probe, probeType } from './probe-type.ts'
import { isRegionDisabled, mayMeanRegionDisabled } from './regions.ts'

/** Probes at once; the account's API quotas are shared with its own automation. */
const probesAtOnce = 8

interface ServiceScope {
  service: string
  region: string
  types: ResourceTypeDefinition[]
}

const scopesOf = (regions: readonly string[]): ServiceScope[] => {
  const all = resourceTypes.flatMap((type) =>
    (type.scope === 'global' ? ['global'] : regions).map((region) => ({
      key: `${type.service}:${region}`,
      region,
      type,
    })),
  )
  return [...Map.groupBy(all, ({ key }) => key).values()].flatMap((group) => {
    const [first] = group
    return first === undefined
      ? []
      : [{ service: first.type.service, region: first.region, types: group.map(({ type }) => type) }]
  })
}

/** One fix for all that was denied: the statement with every missing action. */
const mergeFixes = (failures: readonly AwsFailure[]): Fix | null => {
  const [first] = failures
  const missingActions = [...new Set(failures.flatMap((failure) => failure.missingAction ?? []))].toSorted()
  if (first === undefined || missingActions.length === 0) return first?.fix ?? null
  if (failures.every((failure) => failure.status === 'DENIED_BY_SCP'))
    return { summary: first.fix?.summary ?? first.reason, missingActions }
  const statement = {
    Sid: 'AwsIntegrationDashboardMissing',
    Effect: 'Allow' as const,
    Action: missingActions,
    Resource: '*',
  }
  return { summary: `Allow ${missingActions.join(', ')}.`, missingActions, statement }
}

const judge = (failures: readonly AwsFailure[]): Verdict => {
  if (failures.length === 0) return passed()
  const reasons = [...new Set(failures.map((failure) => failure.reason))].join(' ')
  // A service that is not there, or a region that is off, is no fault of the permissions.
  const absent = failures.every(({ status }) => status === 'NOT_SUPPORTED' || status === 'REGION_DISABLED')
  return absent ? warning(reasons) : failed(reasons, mergeFixes(failures))
}

const regionIsOff: AwsFailure = {
  status: 'REGION_DISABLED',
  code: 'RegionDisabled',
  reason: 'The region is not enabled for this account.',
  missingAction: null,
  fix: null,
  retryable: false,
}

/** One verdict for each action: types share some, and denied once is denied. */
const permissionsOf = (probes: readonly Probe[], region: string): AWSPermission[] => {
  const probedAt = new Date().toISOString()
  return [...Map.groupBy(probes, ({ action }) => action)].map(([action, ofAction]) => ({
    action,
    region,
    allowed: ofAction.every(({ failure }) => failure === null),
    probedAt,
  }))
}

/** Tries what discovery will call, for every type in every region; what was found is pushed to `permissions`. */
export const checkServices = (
  report: Report,
  inputs: AccessInputs & { signal?: AbortSignal | undefined },
  permissions: AWSPermission[],
): Promise<Verdict[]> => {
  const { account, connection, send, broker, signal } = inputs
  const { accountId, partition } = account
  const call: Call = probesOf({ send, broker, connection, ...(signal === undefined ? {} : { signal }) })
  const inTurn = semaphore(probesAtOnce)
  const truthOf = async (failure: AwsFailure, region: string): Promise<AwsFailure> =>
    mayMeanRegionDisabled(failure.code) && (await isRegionDisabled(call, account, region)) ? regionIsOff : failure
  const check = ({ service, region, types }: ServiceScope) =>
    report(`probe:${service}:${region}`, `Read ${service} in ${region}`, async () => {
      const probes: Probe[] = []
      const scope = { partition, accountId, region, homeRegion: homeRegionOf(partition) }
      for (const type of types) probes.push(...(await probeType(call, type, scope)))
      permissions.push(...permissionsOf(probes, region))
      const failures = probes.flatMap(({ failure }) => failure ?? [])
      return judge(await Promise.all(failures.map((failure) => truthOf(failure, region))))
    })
  return Promise.all(scopesOf(account.regions).map((scope) => inTurn(() => check(scope))))
}
