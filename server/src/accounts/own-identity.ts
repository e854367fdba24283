import type { Fix } from '@dashboard/contract/vocabulary.ts'
import type { CredentialProvider, Send } from '../aws/client-pool.ts'
import { awsFailure } from '../aws/failure.ts'
import { getCallerIdentity } from '../aws/sts.ts'

export type OwnIdentity = { principalArn: string; fix: null } | { principalArn: null; fix: Fix }

/** `arn:aws:sts::1:assumed-role/Name/session` acts as `arn:aws:iam::1:role/Name`, which is what a trust policy names. */
const principalOf = (arn: string): string => {
  const session = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\/.+$/.exec(arn)
  return session === null ? arn : `arn:${session[1]}:iam::${session[2]}:role/${session[3]}`
}

const keepFor = 60_000

/** Who this installation is in AWS: the principal that customer roles must trust. */
export const createOwnIdentity = (options: {
  send: Send
  own: CredentialProvider
}): ((region: string) => Promise<OwnIdentity>) => {
  let known: { until: number; identity: OwnIdentity } | undefined
  return async (region) => {
    if (known !== undefined && known.until > Date.now()) return known.identity
    try {
      const { arn } = await getCallerIdentity(options.send, {
        connection: 'installation',
        credentials: options.own,
        region,
      })
      const identity = { principalArn: principalOf(arn), fix: null }
      known = { until: Date.now() + keepFor, identity }
      return identity
    } catch (error) {
      return { principalArn: null, fix: explain(error) }
    }
  }
}

const explain = (error: unknown): Fix => ({
  summary: `This installation has no AWS identity to assume roles with (${awsFailure(error, 'sts:GetCallerIdentity').code}). Start it with AWS_PROFILE, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or on an instance, task or pod that has a role.`,
})
