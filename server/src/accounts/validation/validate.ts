import type { ValidationCheck } from '@dashboard/contract/accounts.ts'
import type { Fix } from '@dashboard/contract/vocabulary.ts'
import { AsyncQueue } from '../../async-queue.ts'
import { type AccessInputs, checkAssumeRole, checkExternalId, checkIdentity, checkOwnIdentity } from './check-access.ts'
import { checkServices } from './check-services.ts'
import { type Report, reportTo, type Verdict } from './check.ts'
import type { OwnIdentity } from '../own-identity.ts'
import type { Call } from '../../discovery/collect.ts'
import { type Findings, noFindings } from './permissions.ts'

/** What validation found, to be stored with the account. */
export type Validation =
  /** AWS was not reached: nothing is known that was not known before. */
  | { access: 'unanswered'; lastError: string | null; fix: Fix | null }
  | { access: 'refused'; lastError: string | null; fix: Fix | null }
  | {
      access: 'works'
      lastError: string | null
      fix: Fix | null
      /** Null: the tests could not be made, so what was known before still holds. */
      exposed: boolean | null
      findings: Findings
    }

type Inputs = AccessInputs & {
  ownIdentity: (region: string) => Promise<OwnIdentity>
  signal?: AbortSignal | undefined
  /** Makes the probes; without it they are made at once, for a person who waits. */
  call?: Call | undefined
}

const stopAt = ({ detail, fix, unanswered }: Verdict): Validation =>
  unanswered ? { access: 'unanswered', lastError: detail, fix } : { access: 'refused', lastError: detail, fix }

/** Who we are, and the role: a validation to end with, or the verdicts of the ExternalId tests. */
const checkWayIn = async (report: Report, inputs: Inputs): Promise<Validation | Verdict[]> => {
  const { access } = inputs.connection
  if (access.kind === 'access_key') return []
  const own = await inputs.ownIdentity(inputs.account.defaultRegion)
  const identity = await checkOwnIdentity(report, own, inputs.account)
  if (identity.status === 'FAILED') return stopAt(identity)
  if (access.kind === 'instance_profile') return []
  const assumed = await checkAssumeRole(report, inputs, access, own)
  if (assumed.status === 'FAILED') return stopAt(assumed)
  return checkExternalId(report, inputs, access, own)
}

const run = async (report: Report, inputs: Inputs): Promise<Validation> => {
  const role = await checkWayIn(report, inputs)
  if (!Array.isArray(role)) return role
  const match = await checkIdentity(report, inputs)
  if (match.status === 'FAILED') return stopAt(match)
  const findings = noFindings()
  const probes = await checkServices(report, inputs, findings)
  const exposure = role.find((verdict) => verdict.status === 'FAILED')
  const untested = role.some((verdict) => verdict.status !== 'PASSED')
  const denied = probes.filter((verdict) => verdict.status === 'FAILED')
  return {
    access: 'works',
    exposed: exposure !== undefined ? true : untested ? null : false,
    fix: exposure?.fix ?? denied[0]?.fix ?? match.fix,
    lastError: denied.length === 0 ? null : `${denied.length} of ${probes.length} probes failed.`,
    findings,
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
