import type { Fix } from '@dashboard/contract/vocabulary.ts'
import type { Broker } from '../../aws/broker.ts'
import type { Send } from '../../aws/client-pool.ts'
import { clientsOf, type Connection } from '../../aws/connection.ts'
import { assumeRoleFailed, renewIdentityFix } from '../../aws/credentials-unavailable.ts'
import { awsFailure, type AwsFailure } from '../../aws/failure.ts'
import { assumeRole, getCallerIdentity } from '../../aws/sts.ts'
import { failed, passed, type Report, unanswered, type Verdict, warning } from './check.ts'
import { exposureFix, tryExternalId } from '../external-id-test.ts'
import type { OwnIdentity } from '../own-identity.ts'
import type { AccountRow } from '../present.ts'
import { mendOf } from './mend.ts'

export interface AccessInputs {
  account: AccountRow
  connection: Connection
  send: Send
  broker: Broker
}

type RoleAccess = Extract<Connection['access'], { kind: 'iam_role' }>

const testAgain: Fix = {
  summary: 'Validate again in a minute: what was known of the exposure holds until AWS answers.',
}
const titles = { missing: 'Refused without an ExternalId', wrong: 'Refused with a wrong ExternalId' } as const

const assumeFix = (failure: AwsFailure, own: OwnIdentity, access: RoleAccess, account: AccountRow): Fix | null => {
  if (own.principalArn === null) return own.fix
  if (failure.status !== 'ACCESS_DENIED') return mendOf(failure)
  return {
    ...exposureFix(own, access.externalId),
    summary: `Create ${access.roleArn} in account ${account.accountId} with this trust policy (the templates of this connection do), and allow this installation (${own.principalArn}) to call sts:AssumeRole on it.`,
    missingActions: ['sts:AssumeRole'],
  }
}

/** Credentials of one partition are unknown in every other one. */
const judgeOwn = (own: OwnIdentity, { partition, status, credentialType }: AccountRow): Verdict => {
  if (own.principalArn === null) {
    const { reason, fix, cause } = own
    // Where it is only away now, a connected account has lost nothing of its own.
    const isOurs = cause === 'missing' || credentialType !== 'instance_profile'
    return cause === 'unanswered' || (isOurs && status === 'active') ? unanswered(reason, fix) : failed(reason, fix)
  }
  const [, ours] = own.principalArn.split(':')
  if (ours === partition) return passed(own.principalArn)
  return failed(`This installation is in partition ${ours}, the account in ${partition}.`, {
    summary: `Nothing in ${partition} can be entered from ${ours}. Connect the account with an access key of its own, or start this installation with an identity of ${partition}.`,
  })
}

/** We must be somebody before we can assume anything. */
export const checkOwnIdentity = (report: Report, own: OwnIdentity, account: AccountRow): Promise<Verdict> =>
  report('own-identity', 'This installation has an AWS identity', () => Promise.resolve(judgeOwn(own, account)))

/** The role lets us in with our ExternalId. */
export const checkAssumeRole = (
  report: Report,
  inputs: AccessInputs,
  access: RoleAccess,
  own: OwnIdentity,
): Promise<Verdict> =>
  report('assume-role', 'Assume the role with its ExternalId', async () => {
    const { account, send, broker } = inputs
    try {
      const { roleArn, externalId } = access
      const input = { roleArn, externalId, region: account.defaultRegion, sessionName: 'awsdash-validate' }
      return passed((await assumeRole(send, broker.own, input)).assumedRoleArn)
    } catch (error) {
      const failure = awsFailure(error, 'sts:AssumeRole')
      const { kind, reason } = assumeRoleFailed(error, access)
      if (kind === 'refused') return failed(failure.reason, assumeFix(failure, own, access, account))
      // Our identity was good a moment ago: that it ended meanwhile says nothing of the account.
      return unanswered(reason, kind === 'ours' ? renewIdentityFix : mendOf(failure))
    }
  })

/** …and must not without it, nor with another. A FAILED verdict among the answers means the account is exposed. */
export const checkExternalId = (
  report: Report,
  inputs: AccessInputs,
  access: RoleAccess,
  own: OwnIdentity,
): Promise<Verdict[]> => {
  const { account, send, broker } = inputs
  const role = { roleArn: access.roleArn, region: account.defaultRegion }
  const tryWith = (which: 'missing' | 'wrong') =>
    report(`external-id-${which}`, titles[which], async () => {
      const result = await tryExternalId(send, broker.own, role, which)
      if (result.outcome === 'refused') return passed('AWS refused it, as it must.')
      if (result.outcome === 'unknown') return warning(`Could not be tested: ${result.reason}`, testAgain)
      return failed('AWS let us in: this account is exposed.', exposureFix(own, access.externalId))
    })
  return Promise.all([tryWith('missing'), tryWith('wrong')])
}

/** The credentials are of the account they are said to be of. */
export const checkIdentity = (report: Report, { account, connection, send, broker }: AccessInputs): Promise<Verdict> =>
  report('account-match', `The credentials belong to account ${account.accountId}`, async () => {
    // The lease is refused for credentials of another account; the report turns that into the verdict.
    const identity = await getCallerIdentity(send, {
      connection: clientsOf(connection),
      credentials: broker.lease(connection),
      region: account.defaultRegion,
    })
    return identity.arn.endsWith(':root')
      ? warning('These are credentials of the root user.', rootFix)
      : passed(identity.arn)
  })

const rootFix: Fix = { summary: 'Delete the root access key; use a role, or an IAM user with the read-only policy.' }
