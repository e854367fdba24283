import type { AWSPermission } from '@dashboard/contract/accounts.ts'
import type { Fix } from '@dashboard/contract/vocabulary.ts'
import { resourceTypes } from '@dashboard/catalog/catalog.ts'
import { iamActionOf, type ResourceTypeDefinition } from '@dashboard/catalog/resource-type.ts'
import { awsFailure, type AwsFailure } from '../aws/failure.ts'
import { homeRegionOf } from '../aws/partition.ts'
import { probesOf } from '../aws/reads.ts'
import { type Call, probeOf } from '../discovery/collect.ts'
import { semaphore } from '../semaphore.ts'
import type { AccessInputs } from './check-access.ts'
import { failed, passed, type Report, type Verdict, warning } from './check.ts'

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

const probe = async (
  call: Call,
  type: ResourceTypeDefinition,
  region: string,
): Promise<{ action: string; failure: AwsFailure | null }> => {
  const request = probeOf(type)
  const action = iamActionOf(type, request.operation) ?? `${type.service}:${request.operation}`
  const failure = await call({ ...request, region }).then(
    () => null,
    (error: unknown) => awsFailure(error, action),
  )
  return { action, failure }
}

/** Tries the list call of every type in every region; what was allowed is pushed to `permissions`. */
export const checkServices = (
  report: Report,
  inputs: AccessInputs & { signal?: AbortSignal | undefined },
  permissions: AWSPermission[],
): Promise<Verdict[]> => {
  const { account, connection, send, broker, signal } = inputs
  const call = probesOf({ send, broker, connection, ...(signal === undefined ? {} : { signal }) })
  const inTurn = semaphore(probesAtOnce)
  const check = ({ service, region, types }: ServiceScope) =>
    report(`probe:${service}:${region}`, `Read ${service} in ${region}`, async () => {
      const failures: AwsFailure[] = []
      for (const type of types) {
        const { action, failure } = await probe(
          call,
          type,
          region === 'global' ? homeRegionOf(account.partition) : region,
        )
        permissions.push({ action, region, allowed: failure === null, probedAt: new Date().toISOString() })
        if (failure !== null) failures.push(failure)
      }
      return judge(failures)
    })
  return Promise.all(scopesOf(account.regions).map((scope) => inTurn(() => check(scope))))
}
