import type { Fix } from '@dashboard/contract/vocabulary.ts'
import { type AwsFailure, isCredentialRefusal } from '../../aws/failure.ts'

const reach: Fix = {
  summary:
    'Check that this installation reaches AWS: its network, HTTPS_PROXY and AWS_CA_BUNDLE, and AWS’s health page. Nothing was changed; it is tried again by itself.',
}
const wait: Fix = {
  summary:
    'Nothing is wrong with the permissions: other callers use up the account’s request quota. It is tried again by itself; validate again in a minute. If it stays so, lower AWS_QUOTA_SHARE.',
}
const enable: Fix = {
  summary: 'Enable the region in the account (Account, AWS Regions), or take it out of the connection’s regions.',
}
const absent: Fix = {
  summary:
    'Nothing to mend: AWS does not offer this here. Take the region out of the connection if you do not use it at all.',
}

const renew: Fix = {
  summary:
    'Validate again, which begins a new session. If AWS still does not accept it, the role was made anew or its sessions were revoked, or the key was switched off: look in IAM of the account.',
}

/** What to do about a failed call, for every kind of failure; a denial has its own fix with the statement. */
export const mendOf = (failure: AwsFailure): Fix => {
  if (failure.fix !== null) return failure.fix
  if (failure.status === 'THROTTLED') return wait
  if (failure.status === 'REGION_DISABLED') return enable
  if (failure.status === 'NOT_SUPPORTED') return absent
  if (isCredentialRefusal(failure.code)) return renew
  if (failure.retryable || failure.code === 'ENOTFOUND' || failure.code === 'CircuitOpen') return reach
  return {
    summary: `Validate again. If it stays, look up ${failure.code} in AWS’s documentation of the call, and check that the credentials are the ones meant.`,
  }
}
