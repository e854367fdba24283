import type { Fix } from '@dashboard/contract/vocabulary.ts'
import type { CredentialProvider, Send } from '../aws/client-pool.ts'
import { noIdentityFix, renewIdentityFix } from '../aws/credentials-unavailable.ts'
import { awsFailure } from '../aws/failure.ts'
import { clientsOfOwn, getCallerIdentity } from '../aws/sts.ts'
import { mendOf } from './validation/mend.ts'

/** What a trust policy says to mean this installation alone. */
export interface TrustedPrincipal {
  /** Stands in `Principal`. */
  principalArn: string
  /** Patterns for `aws:PrincipalArn`, where the principal alone would mean more than us. */
  principalArnLike: readonly string[] | null
}

export type OwnIdentity =
  | (TrustedPrincipal & { fix: null })
  /** `missing`: the default chain gave nothing; `refused`: AWS does not take what it gave; `unanswered`: not reached. */
  | { principalArn: null; fix: Fix; reason: string; cause: 'missing' | 'refused' | 'unanswered' }

interface Options {
  send: Send
  own: CredentialProvider & { forget?(): void }
}

interface RoleSession {
  partition: string
  accountId: string
  roleName: string
}

/** `arn:aws:sts::1:assumed-role/Name/session`: STS leaves out the role's path, so this is not yet its ARN. */
const sessionOf = (arn: string): RoleSession | undefined => {
  const [, partition, accountId, roleName] = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\/.+$/.exec(arn) ?? []
  return partition === undefined || accountId === undefined || roleName === undefined
    ? undefined
    : { partition, accountId, roleName }
}

/** The role's ARN with its path; undefined when we may not ask, which a role seldom may about itself. */
const readRoleArn = async ({ send, own }: Options, roleName: string, region: string): Promise<string | undefined> => {
  try {
    const answer = await send({
      connection: await clientsOfOwn(own),
      credentials: own,
      client: 'iam',
      region,
      operation: 'GetRole',
      input: { RoleName: roleName },
    })
    return (answer['Role'] as { Arn?: string } | undefined)?.Arn
  } catch {
    return undefined
  }
}

/**
 * IAM refuses a trust policy that names a role which does not exist, as one with the wrong path; every role of IAM
 * Identity Center has a path. Where the path is unknown the account is the principal, and `aws:PrincipalArn`, which has
 * the path, must end in the role's name. Names are unique in an account whatever the path, so both patterns together
 * mean exactly this role: `role/Name` is the one without a path, and `role/*\/Name` cannot match a longer name.
 */
const anyPathOf = ({ partition, accountId, roleName }: RoleSession): TrustedPrincipal => ({
  principalArn: `arn:${partition}:iam::${accountId}:root`,
  principalArnLike: [`role/${roleName}`, `role/*/${roleName}`].map(
    (role) => `arn:${partition}:iam::${accountId}:${role}`,
  ),
})

const principalOf = async (options: Options, arn: string, region: string): Promise<TrustedPrincipal> => {
  const session = sessionOf(arn)
  if (session === undefined) return { principalArn: arn, principalArnLike: null }
  const roleArn = await readRoleArn(options, session.roleName, region)
  return roleArn === undefined ? anyPathOf(session) : { principalArn: roleArn, principalArnLike: null }
}

const keepFor = 60_000

/** Who this installation is in AWS: the principal that customer roles must trust. */
export const createOwnIdentity = (options: Options): ((region: string) => Promise<OwnIdentity>) => {
  let known: { until: number; clients: string; identity: OwnIdentity } | undefined
  return async (region) => {
    try {
      const clients = await clientsOfOwn(options.own)
      if (known?.clients === clients && known.until > Date.now()) return known.identity
      const { arn } = await getCallerIdentity(options.send, {
        connection: clients,
        credentials: options.own,
        region,
      })
      const identity = { ...(await principalOf(options, arn, region)), fix: null }
      known = { until: Date.now() + keepFor, clients, identity }
      return identity
    } catch (error) {
      const missing = explainOwn(error)
      // Its session has ended, or its key was switched off: a new one is to be found at the next try.
      if (missing.cause === 'refused') options.own.forget?.()
      return missing
    }
  }
}

/** Why there is no identity, or none that AWS accepts. */
export const explainOwn = (error: unknown): Extract<OwnIdentity, { principalArn: null }> => {
  const failure = awsFailure(error, 'sts:GetCallerIdentity')
  const { code } = failure
  if (code === 'CredentialsProviderError' || code === 'TokenProviderError') {
    const reason = 'This installation has no AWS identity of its own.'
    return { principalArn: null, reason, fix: noIdentityFix(code), cause: 'missing' }
  }
  if (failure.retryable || code === 'ENOTFOUND')
    return { principalArn: null, reason: failure.reason, fix: mendOf(failure), cause: 'unanswered' }
  const reason = `AWS does not accept this installation's own identity (${code}).`
  return { principalArn: null, reason, fix: failure.fix ?? renewIdentityFix, cause: 'refused' }
}
