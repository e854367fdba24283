import type { Fix } from '@dashboard/contract/vocabulary.ts'
import { resourceTypes } from '@dashboard/catalog/catalog.ts'
import type { ResourceTypeDefinition } from '@dashboard/catalog/resource-type.ts'
import type { AwsFailure } from '../../aws/failure.ts'
import { homeRegionOf } from '../../aws/partition.ts'
import { probesOf } from '../../aws/reads.ts'
import type { Call } from '../../discovery/collect.ts'
import { semaphore } from '../../semaphore.ts'
import type { AccessInputs } from './check-access.ts'
import { failed, passed, type Report, type Verdict, warning } from './check.ts'
import { type Probe, probeType } from '../probe-type.ts'
import { isRegionDisabled, mayMeanRegionDisabled } from '../regions.ts'
import { mendOf } from './mend.ts'
import { addProbes, type Findings } from './permissions.ts'

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
  if (first === undefined) return null
  if (missingActions.length === 0) return mendOf(first)
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
  return absent ? warning(reasons, mergeFixes(failures)) : failed(reasons, mergeFixes(failures))
}

const regionIsOff: AwsFailure = {
  status: 'REGION_DISABLED',
  code: 'RegionDisabled',
  reason: 'The region is not enabled for this account.',
  missingAction: null,
  fix: null,
  retryable: false,
}

/** Tries what discovery will call, for every type in every region; what was found is added to `findings`. */
export const checkServices = (
  report: Report,
  inputs: AccessInputs & { signal?: AbortSignal | undefined; call?: Call | undefined },
  findings: Findings,
): Promise<Verdict[]> => {
  const { account, connection, send, broker, signal } = inputs
  const { accountId, partition } = account
  const call = inputs.call ?? probesOf({ send, broker, connection, ...(signal === undefined ? {} : { signal }) })
  const inTurn = semaphore(probesAtOnce)
  const truthOf = async (failure: AwsFailure, region: string): Promise<AwsFailure> =>
    mayMeanRegionDisabled(failure.code) && (await isRegionDisabled(call, account, region)) ? regionIsOff : failure
  const check = ({ service, region, types }: ServiceScope) =>
    report(`probe:${service}:${region}`, `Read ${service} in ${region}`, async () => {
      const probes: Probe[] = []
      const scope = { partition, accountId, region, homeRegion: homeRegionOf(partition) }
      for (const type of types) {
        signal?.throwIfAborted()
        probes.push(...(await probeType(call, type, scope)))
      }
      const told = await Promise.all(
        probes.map(async ({ action, failure }) => ({ action, failure: failure && (await truthOf(failure, region)) })),
      )
      addProbes(findings, told, region)
      return judge(told.flatMap(({ failure }) => failure ?? []))
    })
  return Promise.all(scopesOf(account.regions).map((scope) => inTurn(() => check(scope))))
}
