import type { AWSPermission, ValidationCheck } from '@dashboard/contract/accounts.ts'
import type { Fix } from '@dashboard/contract/vocabulary.ts'
import { resourceTypes } from '@dashboard/catalog/catalog.ts'
import { iamActionOf } from '@dashboard/catalog/resource-type.ts'
import { AsyncQueue } from '../async-queue.ts'
import type { Broker, Connection } from '../aws/broker.ts'
import type { Send } from '../aws/client-pool.ts'
import { awsFailure, type AwsFailure } from '../aws/failure.ts'
import { homeRegionOf } from '../aws/partition.ts'
import { probesOf } from '../aws/reads.ts'
import { assumeRole, getCallerIdentity } from '../aws/sts.ts'
import { probeOf, type Call } from '../discovery/collect.ts'
import { AppError } from '../errors.ts'
import { semaphore } from '../semaphore.ts'
import { exposureFix, tryExternalId } from './external-id-test.ts'
import type { OwnIdentity } from './own-identity.ts'
import type { AccountRow } from './present.ts'

/** What validation found, to be stored with the account. */
export interface Validation {
  /** Credentials work and belong to the declared account. */
  reachable: boolean
  exposed: boolean
  fix: Fix | null
  lastError: string | null
  permissions: AWSPermission[]
}

interface Inputs {
  account: AccountRow
  connection: Connection
  send: Send
  broker: Broker
  ownIdentity: (region: string) => Promise<OwnIdentity>
  signal?: AbortSignal | undefined
}

type Verdict = Pick<ValidationCheck, 'status' | 'detail' | 'fix'>

const passed = (detail: string | null = null): Verdict => ({ status: 'PASSED', detail, fix: null })
const failed = (detail: string, fix: Fix | null = null): Verdict => ({ status: 'FAILED', detail, fix })
const warning = (detail: string, fix: Fix | null = null): Verdict => ({ status: 'WARNING', detail, fix })

/** Probes at once; the account's API quotas are shared with its own automation. */
const probesAtOnce = 8

/** Runs checks, reporting each as it starts and as it ends. */
const reporter =
  (queue: AsyncQueue<ValidationCheck>) =>
  async (id: string, label: string, run: () => Promise<Verdict>): Promise<Verdict> => {
    queue.push({ id, label, status: 'RUNNING', detail: null, latencyMs: null, fix: null })
    const started = performance.now()
    const verdict = await run().catch((error: unknown): Verdict =>
      error instanceof AppError
        ? failed(error.message, error.fix ?? null)
        : failed(awsFailure(error, 'sts:AssumeRole').reason),
    )
    queue.push({ id, label, ...verdict, latencyMs: Math.round(performance.now() - started) })
    return verdict
  }

type Report = ReturnType<typeof reporter>

const checkRole = async (report: Report, inputs: Inputs, own: OwnIdentity): Promise<Validation> => {
  const { account, connection, send, broker } = inputs
  const access = connection.access
  if (access.kind !== 'iam_role') throw new Error('not a role connection')
  const role = { roleArn: access.roleArn, region: account.defaultRegion }
  const assume = await report('assume-role', 'Assume the role with its ExternalId', async () => {
    try {
      const assumed = await assumeRole(send, broker.own, {
        ...role,
        externalId: access.externalId,
        sessionName: 'awsdash-validate',
      })
      return passed(assumed.assumedRoleArn)
    } catch (error) {
      const failure = awsFailure(error, 'sts:AssumeRole')
      return failed(failure.reason, assumeFix(failure, own, access, account))
    }
  })
  if (assume.status !== 'PASSED') return unreachable(assume)
  const outcomes = await Promise.all(
    (['missing', 'wrong'] as const).map((which) =>
      report(
        `external-id-${which}`,
        which === 'missing' ? 'Refused without an ExternalId' : 'Refused with a wrong ExternalId',
        async () => {
          const result = await tryExternalId(send, broker.own, role, which)
          if (result.outcome === 'refused') return passed('AWS refused it, as it must.')
          if (result.outcome === 'unknown') return warning(`Could not be tested: ${result.reason}`)
          return failed('AWS let us in: this account is exposed.', exposureFix(own.principalArn, access.externalId))
        },
      ),
    ),
  )
  const exposure = outcomes.find((verdict) => verdict.status === 'FAILED')
  return {
    reachable: true,
    exposed: exposure !== undefined,
    fix: exposure?.fix ?? null,
    lastError: null,
    permissions: [],
  }
}

const assumeFix = (
  failure: AwsFailure,
  own: OwnIdentity,
  access: { roleArn: string; externalId: string },
  account: AccountRow,
): Fix | null => {
  if (own.principalArn === null) return own.fix
  if (failure.status !== 'ACCESS_DENIED') return failure.fix
  return {
    ...exposureFix(own.principalArn, access.externalId),
    summary: `Create ${access.roleArn} in account ${account.accountId} with this trust policy (the templates of this connection do), and allow ${own.principalArn} to call sts:AssumeRole on it.`,
    missingActions: ['sts:AssumeRole'],
  }
}

const unreachable = (verdict: Verdict): Validation => ({
  reachable: false,
  exposed: false,
  fix: verdict.fix,
  lastError: verdict.detail,
  permissions: [],
})

const checkIdentity = (report: Report, { account, connection, send, broker }: Inputs): Promise<Verdict> =>
  report('account-match', `The credentials belong to account ${account.accountId}`, async () => {
    try {
      const identity = await getCallerIdentity(send, {
        connection: connection.id,
        credentials: broker.lease(connection),
        region: account.defaultRegion,
      })
      if (identity.accountId !== account.accountId) {
        return failed(`They belong to account ${identity.accountId}.`, {
          summary: `Use credentials of ${account.accountId}, or connect ${identity.accountId} instead.`,
        })
      }
      if (identity.arn.endsWith(':root'))
        return warning('This is a key of the root user.', {
          summary: 'Delete the root access key; use a role, or an IAM user with the read-only policy.',
        })
      return passed(identity.arn)
    } catch (error) {
      if (error instanceof AppError) throw error
      const failure = awsFailure(error, 'sts:GetCallerIdentity')
      return failed(
        failure.reason,
        failure.fix ?? {
          summary: 'Check the access key: it may be wrong, inactive or deleted. Replace the credential.',
        },
      )
    }
  })

const mergeFixes = (failures: readonly AwsFailure[]): Fix | null => {
  const missingActions = [...new Set(failures.flatMap((failure) => failure.missingAction ?? []))].toSorted()
  if (missingActions.length === 0) return failures[0]?.fix ?? null
  if (failures.every((failure) => failure.status === 'DENIED_BY_SCP'))
    return { ...failures[0]?.fix, summary: failures[0]?.fix?.summary ?? '', missingActions }
  return {
    summary: `Allow ${missingActions.join(', ')}.`,
    missingActions,
    statement: { Sid: 'AwsIntegrationDashboardMissing', Effect: 'Allow', Action: missingActions, Resource: '*' },
  }
}

const probeService = async (
  call: Call,
  service: string,
  region: string,
  signRegion: string,
  permissions: AWSPermission[],
): Promise<Verdict> => {
  const failures: AwsFailure[] = []
  for (const type of resourceTypes.filter(
    (entry) => entry.service === service && (entry.scope === 'global') === (region === 'global'),
  )) {
    const probe = probeOf(type)
    const action = iamActionOf(type, probe.operation) ?? `${type.service}:${probe.operation}`
    const failure = await call({ ...probe, region: signRegion }).then(
      () => null,
      (error: unknown) => awsFailure(error, action),
    )
    permissions.push({ action, region, allowed: failure === null, probedAt: new Date().toISOString() })
    if (failure !== null) failures.push(failure)
  }
  if (failures.length === 0) return passed()
  const reasons = [...new Set(failures.map((failure) => failure.reason))].join(' ')
  const open = failures.every((failure) => failure.status === 'NOT_SUPPORTED' || failure.status === 'REGION_DISABLED')
  return open ? warning(reasons) : failed(reasons, mergeFixes(failures))
}

const probeAll = async (
  report: Report,
  { account, connection, send, broker, signal }: Inputs,
  permissions: AWSPermission[],
): Promise<Verdict[]> => {
  const call = probesOf({ send, broker, connection, ...(signal === undefined ? {} : { signal }) })
  const home = homeRegionOf(account.partition)
  const scopes = new Map<string, { service: string; region: string }>()
  for (const type of resourceTypes) {
    for (const region of type.scope === 'global' ? ['global'] : account.regions)
      scopes.set(`${type.service}:${region}`, { service: type.service, region })
  }
  const inTurn = semaphore(probesAtOnce)
  return Promise.all(
    [...scopes.values()].map(({ service, region }) =>
      inTurn(() =>
        report(`probe:${service}:${region}`, `Read ${service} in ${region}`, () =>
          probeService(call, service, region, region === 'global' ? home : region, permissions),
        ),
      ),
    ),
  )
}

const run = async (inputs: Inputs, queue: AsyncQueue<ValidationCheck>): Promise<Validation> => {
  const report = reporter(queue)
  const own = await inputs.ownIdentity(inputs.account.defaultRegion)
  const isRole = inputs.connection.access.kind === 'iam_role'
  if (isRole) {
    const identity = await report('own-identity', 'This installation has an AWS identity', async () =>
      own.principalArn === null ? failed('No AWS credentials were found.', own.fix) : passed(own.principalArn),
    )
    if (identity.status === 'FAILED') return unreachable(identity)
  }
  const role = isRole ? await checkRole(report, inputs, own) : null
  if (role !== null && !role.reachable) return role
  const match = await checkIdentity(report, inputs)
  if (match.status === 'FAILED') return unreachable(match)
  const permissions: AWSPermission[] = []
  const probes = await probeAll(report, inputs, permissions)
  const denied = probes.filter((verdict) => verdict.status === 'FAILED')
  return {
    reachable: true,
    exposed: role?.exposed ?? false,
    fix: role?.fix ?? denied[0]?.fix ?? match.fix,
    lastError: denied.length === 0 ? null : `${denied.length} of ${probes.length} probes failed.`,
    permissions,
  }
}

/** Yields each check as it starts and ends; returns what to store. */
export async function* validate(inputs: Inputs): AsyncGenerator<ValidationCheck, Validation, void> {
  const queue = new AsyncQueue<ValidationCheck>()
  const running = run(inputs, queue).finally(() => queue.end())
  // Handled where it is awaited; a rejection while a check is still being read must not end the process.
  running.catch(() => {})
  yield* queue
  return running
}
