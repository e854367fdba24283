import type { CachedIamState, KeyOwner } from './backend-state.ts'
import type { Principal } from './call.ts'
import type { Session, Sessions } from './sessions.ts'

/** A key that exists only in the gateway's configuration: administrator of one account, used to build what is there. */
export interface OperatorKey {
  accessKeyId: string
  secretAccessKey: string
  accountId: string
}

/** What a call's key turned out to be. `secretAccessKey` verifies its signature. */
export type Credential =
  | { found: true; principal: Principal; secretAccessKey: string; expiresAt?: number }
  | { found: false; reason: 'unknown-key' | 'invalid-token' }

export type FindCredential = (accessKeyId: string, sessionToken: string | undefined) => Promise<Credential>

interface Sources {
  operatorKeys: OperatorKey[]
  sessions: Sessions
  iam: CachedIamState
}

/** Looks a key up where AWS would: configuration, sessions, IAM users. */
export function credentialFinder({ operatorKeys, sessions, iam }: Sources): FindCredential {
  const operators = new Map(operatorKeys.map((key) => [key.accessKeyId, key]))
  return async (accessKeyId, sessionToken) => {
    const operator = operators.get(accessKeyId)
    if (operator)
      return { found: true, principal: operatorPrincipal(operator), secretAccessKey: operator.secretAccessKey }
    if (sessionToken) return sessionCredential(accessKeyId, sessions.open(sessionToken), iam)
    return ownedCredential(await iam.findKeyOwner(accessKeyId))
  }
}

async function sessionCredential(
  accessKeyId: string,
  session: Session | undefined,
  iam: CachedIamState,
): Promise<Credential> {
  if (!session || session.accessKeyId !== accessKeyId) return { found: false, reason: 'invalid-token' }
  const role = await iam.findRole(session.roleArn)
  // A role deleted and made again has a new id: its old sessions stay dead.
  if (role?.roleId !== session.roleId) return { found: false, reason: 'unknown-key' }
  return {
    found: true,
    principal: sessionPrincipal(session),
    secretAccessKey: session.secretAccessKey,
    expiresAt: session.expiresAt,
  }
}

function ownedCredential(owner: KeyOwner | undefined): Credential {
  // An inactive key answers as one that does not exist, as AWS does. Sessions come with a token, so they are not here.
  if (owner?.kind !== 'user' || owner.status !== 'Active') return { found: false, reason: 'unknown-key' }
  const { accountId, arn, userId, secretAccessKey } = owner
  return { found: true, principal: { kind: 'user', accountId, arn, principalArn: arn, userId }, secretAccessKey }
}

function operatorPrincipal({ accountId }: OperatorKey): Principal {
  const arn = `arn:aws:iam::${accountId}:root`
  return { kind: 'operator', accountId, arn, principalArn: arn, userId: accountId }
}

/** The principal a session acts as: `arn:aws:sts::<account>:assumed-role/<role>/<session>`. */
export function sessionPrincipal({ accountId, roleArn, roleId, sessionName }: Session): Principal {
  const roleName = roleArn.split('/').at(-1)
  const arn = `arn:aws:sts::${accountId}:assumed-role/${roleName}/${sessionName}`
  return { kind: 'assumed-role', accountId, arn, principalArn: roleArn, userId: `${roleId}:${sessionName}` }
}
