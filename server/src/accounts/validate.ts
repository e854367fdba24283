import type { AWSPermission, ValidationCheck } from '@dashboard/contract/accounts.ts'
import type { Fix } from '@dashboard/contract/vocabulary.ts'
import { AsyncQueue } from '../async-queue.ts'
import { type AccessInputs, checkAssumeRole, checkExternalId, checkIdentity, checkOwnIdentity } from './check-access.ts'
import { checkServices } from './check-services.ts'
import { type Report, reportTo, type Verdict } from './check.ts'
import type { OwnIdentity } from './own-identity.ts'

/** What validation found, to be stored with the account. */
export type Validation =
  /** AWS was not reached: nothing is known that was not known before. */
  | { access: 'unanswered'; lastError: string | null }
  | { access: 'refused'; lastError: string | null; fix: Fix | null }
  | {
      access: 'works'
      lastError: string | null
      fix: Fix | null
      /** Null: the tests could not be made, so what was known before still holds. */
      exposed: boolean | null
      permissions: AWSPermission[]
    }

type Inputs = AccessInputs & {
  ownIdentity: (region: string) => Promise<OwnIdentity>
  signal?: AbortSignal | undefined
}

const stopAt = ({ detail, fix, unanswered }: Verdict): Validation =>
  unanswered ? { access: 'unanswered', lastError: detail } : { access: 'refused', lastError: detail, fix }

/** Checks of the role alone: a validation to end with, or the verdicts of the ExternalId tests. */
const checkRole = async (report: Report, inputs: Inputs): Promise<Validation | Verdict[]> => {
  const { access } = inputs.connection
  if (access.kind !== 'iam_role') return []
  const own = await inputs.ownIdentity(inputs.account.defaultRegion)
  const identity = await checkOwnIdentity(report, own)
  if (identity.status === 'FAILED') return stopAt(identity)
  const assumed = await checkAssumeRole(report, inputs, access, own)
  if (assumed.status === 'FAILED') return stopAt(assumed)
  return checkExternalId(report, inputs, access, own)
}

const run = async (report: Report, inputs: Inputs): Promise<Validation> => {
  const role = await checkRole(report, inputs)
  if (!Array.isArray(role)) return role
  const match = await checkIdentity(report, inputs)
  if (match.status === 'FAILED') return stopAt(match)
  const permissions: AWSPermission[] = []
  const probes = await checkServices(report, inputs, permissions)
  const exposure = role.find((verdict) => verdict.status === 'FAILED')
  const untested = role.some((verdict) => verdict.status !== 'PASSED')
  const denied = probes.filter((verdict) => verdict.status === 'FAILED')
  return {
    access: 'works',
    exposed: exposure !== undefined ? true : untested ? null : false,
    fix: exposure?.fix ?? denied[0]?.fix ?? match.fix,
    lastError: denied.length === 0 ? null : `${denied.length} of ${probes.length} probes failed.`,
    permissions,
  }
}

/** Yields each check as it starts and ends; returns what to store. */
export async function* validate(inputs: Inputs): AsyncGenerator<ValidationCheck, Validation, void> {
  const queue = new AsyncQueue<ValidationCheck>()
  const running = run(reportTo(queue), inputs).finally(() => queue.end())
  // Handled where it is awaited; a rejection while a check is still being read must not end the process.
  running.catch(() => undefined)
  yield* queue
  return running
}
