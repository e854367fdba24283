import { eq } from 'drizzle-orm'
import type { InstallationIdentity, Onboarding, ValidationEvent } from '@dashboard/contract/accounts.ts'
import type { Fix } from '@dashboard/contract/vocabulary.ts'
import type { Broker } from '../aws/broker.ts'
import type { Send } from '../aws/client-pool.ts'
import type { Access } from '../aws/connection.ts'
import { awsFailure } from '../aws/failure.ts'
import { ownRegion } from '../aws/own-region.ts'
import { probesOf } from '../aws/reads.ts'
import { assumeRole } from '../aws/sts.ts'
import type { Database } from '../db/database.ts'
import { awsAccount } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import { publish } from '../events/bus.ts'
import type { Meter } from '../metrics/meter.ts'
import { recordEvent } from './account-events.ts'
import { lockWithAccess } from './access-state.ts'
import { connectionOf, getAccountRow } from './accounts.ts'
import { exposureFix, type ExternalIdOutcome, tryExternalId } from './external-id-test.ts'
import { requireCallable } from './held.ts'
import { readInstallationIdentity } from './installation-identity.ts'
import { roleName } from './new-access.ts'
import { onboardingOf } from './onboarding.ts'
import type { OwnIdentity } from './own-identity.ts'
import { presentAccount } from './present.ts'
import { listRegions, type AccountRegions } from './regions.ts'
import { partsOfRoleArn } from './role-arn.ts'
import { runValidation } from './validation/run-validation.ts'

export interface AssumeRoleResult {
  assumedRoleArn: string
  expiration: string
  latencyMs: number
  exposed: boolean
  fix: Fix | null
}

export interface AccountChecks {
  /** `actor` is an email, here and below. */
  validate(id: string, actor: string, signal?: AbortSignal): AsyncGenerator<ValidationEvent, void, void>
  assumeRole(id: string, actor: string): Promise<AssumeRoleResult>
  regions(id: string): Promise<AccountRegions>
  onboarding(id: string): Promise<Onboarding>
  /** Before there is an account: the policy, and who would assume the role. */
  requirements(): Promise<Onboarding>
  /** Who this installation is. */
  identity(): Promise<InstallationIdentity>
}

/** Null: a test could not be made, and none of the others let us in. */
const exposureOf = (outcomes: readonly ExternalIdOutcome[]): boolean | null => {
  if (outcomes.some((result) => result.outcome === 'exposed')) return true
  return outcomes.some((result) => result.outcome === 'unknown') ? null : false
}

const storeExposure = async (
  db: Database,
  { id, access }: { id: string; access: Access },
  { exposed, fix, actor }: { exposed: boolean; fix: Fix | null; actor: string },
): Promise<void> => {
  await db.transaction(async (tx) => {
    const current = await lockWithAccess(tx, id, access)
    if (current === undefined || (!exposed && !current.exposed)) return
    const phase = exposed && current.phase === 'CONNECTED' ? 'DEGRADED' : current.phase
    await tx.update(awsAccount).set({ exposed, fix, phase }).where(eq(awsAccount.id, id))
    if (exposed !== current.exposed)
      await recordEvent(tx, { connectionId: id, kind: exposed ? 'EXPOSED' : 'NO_LONGER_EXPOSED', actor })
    await publish(tx, { type: 'account', id })
  })
}

const ourRole = { path: '/', name: roleName }

/** Everything that asks AWS about an account on a person's behalf. */
export const createAccountChecks = (options: {
  db: Database
  send: Send
  broker: Broker
  forget: (connectionId: string) => void
  ownIdentity: (region: string) => Promise<OwnIdentity>
  validated?: Meter['validated']
}): AccountChecks => {
  const { db, send, broker, ownIdentity } = options

  return {
    validate: async function* (id, actor, signal) {
      const account = await getAccountRow(db, id)
      requireCallable(account)
      const connection = await connectionOf(db, account)
      const counts = { passed: 0, failed: 0, warnings: 0 }
      for await (const check of runValidation(options, { account, connection }, { actor, signal })) {
        if (check.status === 'PASSED') counts.passed += 1
        if (check.status === 'FAILED') counts.failed += 1
        if (check.status === 'WARNING') counts.warnings += 1
        yield { type: 'check', check }
      }
      yield { type: 'done', account: await presentAccount(db, await getAccountRow(db, id)), ...counts }
    },

    assumeRole: async (id, actor) => {
      const account = await getAccountRow(db, id)
      const { access } = await connectionOf(db, account)
      if (access.kind !== 'iam_role')
        throw new AppError('CREDENTIAL_TYPE_MISMATCH', {
          message:
            access.kind === 'access_key'
              ? 'This account is connected with an access key; there is no role to assume.'
              : 'This account is connected with the identity of this installation; there is no role to assume.',
        })
      requireCallable(account)
      const own = await ownIdentity(account.defaultRegion)
      if (own.principalArn === null) throw new AppError('AWS_IDENTITY_MISSING', { fix: own.fix })
      const role = { roleArn: access.roleArn, region: account.defaultRegion }
      const started = performance.now()
      const assumed = await assumeRole(send, broker.own, {
        ...role,
        externalId: access.externalId,
        sessionName: 'awsdash-test',
      }).catch((error: unknown) => {
        throw refusal(error, exposureFix(own, access.externalId))
      })
      const latencyMs = Math.round(performance.now() - started)
      const outcomes = await Promise.all(
        (['missing', 'wrong'] as const).map((which) => tryExternalId(send, broker.own, role, which)),
      )
      const found = exposureOf(outcomes)
      const exposed = found ?? account.exposed
      const fix = exposed ? exposureFix(own, access.externalId) : null
      if (found !== null) await storeExposure(db, { id, access }, { exposed: found, fix, actor })
      return {
        assumedRoleArn: assumed.assumedRoleArn,
        expiration: assumed.credentials.expiration.toISOString(),
        latencyMs,
        exposed,
        fix,
      }
    },

    regions: async (id) => {
      const account = await getAccountRow(db, id)
      return listRegions(probesOf({ send, broker, connection: await connectionOf(db, account) }), account)
    },

    onboarding: async (id) => {
      const account = await getAccountRow(db, id)
      const role = account.roleArn === null ? ourRole : partsOfRoleArn(account.roleArn)
      return onboardingOf(await ownIdentity(account.defaultRegion), role, account.externalId)
    },

    requirements: async () => onboardingOf(await ownIdentity(await ownRegion()), ourRole, null),

    identity: () => readInstallationIdentity(send, broker.own),
  }
}

const refusal = (error: unknown, trust: Fix): AppError => {
  const failure = awsFailure(error, 'sts:AssumeRole')
  if (failure.status === 'ACCESS_DENIED') {
    const summary =
      'AWS refused. Either the role does not exist, or its trust policy does not name this principal and ExternalId.'
    return new AppError('AWS_ACCESS_DENIED', {
      message: failure.reason,
      fix: { ...trust, summary, missingActions: ['sts:AssumeRole'] },
      cause: error,
    })
  }
  if (failure.status === 'DENIED_BY_SCP')
    return new AppError('AWS_ACCESS_DENIED', { message: failure.reason, fix: failure.fix, cause: error })
  if (failure.status === 'THROTTLED') return new AppError('AWS_THROTTLED', { cause: error })
  if (failure.retryable) return new AppError('AWS_UNAVAILABLE', { cause: error })
  return new AppError('AWS_CREDENTIALS_INVALID', { message: failure.reason, cause: error })
}
