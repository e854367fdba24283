import { randomBytes } from 'node:crypto'
import type { Fix } from '@dashboard/contract/vocabulary.ts'
import type { CredentialProvider, Send } from '../aws/client-pool.ts'
import { awsFailure } from '../aws/failure.ts'
import { assumeRole } from '../aws/sts.ts'
import { trustPolicyOf } from './onboarding.ts'
import type { OwnIdentity } from './own-identity.ts'

export type ExternalIdOutcome =
  /** AWS refused, as it must. */
  | { outcome: 'refused' }
  /** AWS let us in: whoever knows the role's ARN and can get our identity to act gets in as well. */
  | { outcome: 'exposed' }
  | { outcome: 'unknown'; reason: string }

/** Tries the role with no ExternalId (`undefined`) or with a wrong one. */
export const tryExternalId = async (
  send: Send,
  own: CredentialProvider,
  role: { roleArn: string; region: string },
  which: 'missing' | 'wrong',
): Promise<ExternalIdOutcome> => {
  const externalId = which === 'missing' ? undefined : randomBytes(16).toString('hex')
  try {
    await assumeRole(send, own, { ...role, externalId, sessionName: 'awsdash-exposure-test' })
    return { outcome: 'exposed' }
  } catch (error) {
    const failure = awsFailure(error, 'sts:AssumeRole')
    return failure.status === 'ACCESS_DENIED' || failure.status === 'DENIED_BY_SCP'
      ? { outcome: 'refused' }
      : { outcome: 'unknown', reason: failure.reason }
  }
}

/** How to close the hole: the trust policy that asks for the ExternalId. */
export const exposureFix = (own: OwnIdentity, externalId: string): Fix => {
  const [statement] = own.principalArn === null ? [] : trustPolicyOf(own, externalId).Statement
  return {
    summary:
      'The role can be assumed without its ExternalId. Replace its trust policy by this statement, then validate again.',
    ...(statement === undefined ? {} : { statement }),
  }
}
