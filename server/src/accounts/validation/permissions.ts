import type { AWSPermission } from '@dashboard/contract/accounts.ts'
import type { AwsFailure } from '../../aws/failure.ts'
import type { Probe } from '../probe-type.ts'

type Where = Pick<AWSPermission, 'action' | 'region'>

/** What the probes of a validation told. */
export interface Findings {
  permissions: AWSPermission[]
  /** Asked for, and neither allowed nor denied: throttled, failed, not reached. */
  unanswered: Where[]
}

export const noFindings = (): Findings => ({ permissions: [], unanswered: [] })

const isDenial = ({ status }: AwsFailure): boolean => status === 'ACCESS_DENIED' || status === 'DENIED_BY_SCP'
const isAbsence = ({ status }: AwsFailure): boolean => status === 'NOT_SUPPORTED' || status === 'REGION_DISABLED'

/** Types share some actions: denied once is denied. Of what is not there, nothing can be said. */
export const addProbes = (findings: Findings, probes: readonly Probe[], region: string): void => {
  const probedAt = new Date().toISOString()
  for (const [action, ofAction] of Map.groupBy(probes, (probe) => probe.action)) {
    const failures = ofAction.flatMap(({ failure }) => failure ?? [])
    if (failures.some(isDenial)) findings.permissions.push({ action, region, allowed: false, probedAt })
    else if (failures.length < ofAction.length) findings.permissions.push({ action, region, allowed: true, probedAt })
    else if (!failures.every(isAbsence)) findings.unanswered.push({ action, region })
  }
}

const keyOf = ({ action, region }: Where): string => `${action} in ${region}`

/** What is known after a validation: of what was not answered, what the last answer said. */
export const mergePermissions = (known: readonly AWSPermission[], findings: Findings): AWSPermission[] => {
  const answered = new Set(findings.permissions.map(keyOf))
  const open = new Set(findings.unanswered.map(keyOf))
  const kept = known.filter((permission) => open.has(keyOf(permission)) && !answered.has(keyOf(permission)))
  return [...findings.permissions, ...kept]
}

/** Permissions that turned, as `ec2:DescribeVolumes in eu-west-1`. What was never asked before, or not now, is no drift. */
export const permissionDrift = (
  before: readonly AWSPermission[],
  after: readonly AWSPermission[],
): { lost: string[]; gained: string[] } => {
  const was = new Map(before.map((permission) => [keyOf(permission), permission.allowed]))
  const turned = (allowed: boolean) =>
    after
      .filter((permission) => permission.allowed === allowed && was.get(keyOf(permission)) === !allowed)
      .map(keyOf)
      .toSorted()
  return { lost: turned(false), gained: turned(true) }
}
