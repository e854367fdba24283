import { eq } from 'drizzle-orm'
import type { AWSAccount, Onboarding, ValidationEvent } from '@dashboard/contract/accounts.ts'
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
import { retireScopes } from '../discovery/ledger.ts'
import { AppError } from '../errors.ts'
import { publish } from '../events/bus.ts'
import { lockWithAccess } from './access-state.ts'
import { connectionOf, getAccountRow, roleName } from './accounts.ts'
import { exposureFix, type ExternalIdOutcome, tryExternalId } from './external-id-test.ts'
import { onboardingOf } from './onboarding.ts'
import type { OwnIdentity } from './own-identity.ts'
import { presentAccounts, type AccountRow } from './present.ts'
import { listRegions, type AccountRegions } from './regions.ts'
import { partsOfRoleArn } from './role-arn.ts'
import { validate, type Validation } from './validate.ts'

export interface AssumeRoleResult {
  assumedRoleArn: string
  expiration: string
  latencyMs: number
  exposed: boolean
  fix: Fix | null
}

export interface AccountChecks {
  validate(id: string, signal?: AbortSignal): AsyncGenerator<ValidationEvent, void, void>
  assumeRole(id: string): Promise<AssumeRoleResult>
  regions(id: string): Promise<AccountRegions>
  onboarding(id: string): Promise<Onboarding>
  /** Before there is an account: the policy, and who would assume the role. */
  requirements(): Promise<Onboarding>
}

/**
 * The columns a validation changes. One that got no answer leaves the account as it was, with the reason beside it; so
 * does an ExternalId test that could not be made leave what is known of the exposure.
 */
const columnsOf = (validation: Validation, account: AccountRow): Partial<AccountRow> => {
  const { lastError } = validation
  if (validation.access === 'unanswered') return { lastError }
  const lastValidated = new Date()
  if (validation.access === 'refused') {
    const { fix } = validation
    return { lastError, lastValidated, fix, status: 'error', phase: 'LOST_ACCESS', permissions: [] }
  }
  const { permissions } = validation
  const exposed = validation.exposed ?? account.exposed
  const fix = exposed && validation.exposed === null ? (account.fix ?? validation.fix) : validation.fix
  const whole = permissions.every((permission) => permission.allowed) && !exposed
  return {
    lastError,
    lastValidated,
    fix,
    exposed,
    permissions,
    status: 'active',
    phase: whole ? 'CONNECTED' : 'DEGRADED',
  }
}

const store = async (
  db: Database,
  { id, access }: { id: string; access: Access },
  validation: Validation,
  startedAt: Date,
): Promise<AWSAccount> => {
  await db.transaction(async (tx) => {
    const current = await lockWithAccess(tx, id, access)
    // The access was changed meanwhile, or another validation that began later has newer facts.
    if (current === undefined || (current.lastValidated !== null && current.lastValidated >= startedAt)) return
    await tx.update(awsAccount).set(columnsOf(validation, current)).where(eq(awsAccount.id, id))
    // Nobody would scan them, and the jobs that wait for them would never end.
    if (validation.access === 'refused') await retireScopes(tx, id)
    await publish(tx, { type: 'account', id })
    await publish(tx, { type: 'work' })
  })
  const [shown] = await presentAccounts(db, [await getAccountRow(db, id)])
  if (shown === undefined) throw new AppError('NOT_FOUND')
  return shown
}

/** Null: a test could not be made, and none of the others let us in. */
const exposureOf = (outcomes: readonly ExternalIdOutcome[]): boolean | null => {
  if (outcomes.some((result) => result.outcome === 'exposed')) return true
  return outcomes.some((result) => result.outcome === 'unknown') ? null : false
}

const storeExposure = async (
  db: Database,
  { id, access }: { id: string; access: Access },
  exposed: boolean,
  fix: Fix | null,
): Promise<void> => {
  await db.transaction(async (tx) => {
    const current = await lockWithAccess(tx, id, access)
    if (current === undefined || (!exposed && !current.exposed)) return
    const phase = exposed && current.phase === 'CONNECTED' ? 'DEGRADED' : current.phase
    await tx.update(awsAccount).set({ exposed, fix, phase }).where(eq(awsAccount.id, id))
    await publish(tx, { type: 'account', id })
  })
}

const ourRole = { path: '/', name: roleName }

/** Everything that asks AWS about an account on a person's behalf. */
export const createAccountChecks = (options: {
  db: Database
  send: Send
  broker: Broker
  ownIdentity: (region: string) => Promise<OwnIdentity>
}): AccountChecks => {
  const { db, send, broker, ownIdentity } = options

  return {
    validate: async function* (id, signal) {
      const account = await getAccountRow(db, id)
      const connection = await connectionOf(db, account)
      // A session issued under an older trust policy or key would hide what is wrong now.
      broker.forget(id)
      const startedAt = new Date()
      const checks = validate({ account, connection, send, broker, ownIdentity, signal })
      const counts = { passed: 0, failed: 0, warnings: 0 }
      for (;;) {
        const next = await checks.next()
        if (next.done === true) {
          yield { type: 'done', account: await store(db, connection, next.value, startedAt), ...counts }
          return
        }
        if (next.value.status === 'PASSED') counts.passed += 1
        if (next.value.status === 'FAILED') counts.failed += 1
        if (next.value.status === 'WARNING') counts.warnings += 1
        yield { type: 'check', check: next.value }
      }
    },

    assumeRole: async (id) => {
      const account = await getAccountRow(db, id)
      const { access } = await connectionOf(db, account)
      if (access.kind !== 'iam_role')
        throw new AppError('CREDENTIAL_TYPE_MISMATCH', {
          message: 'This account is connected with an access key; there is no role to assume.',
        })
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
      if (found !== null) await storeExposure(db, { id, access }, found, fix)
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
