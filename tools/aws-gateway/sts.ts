import { awsError, AwsError } from './aws-error.ts'
import type { CachedIamState, Role } from './backend-state.ts'
import type { AuthenticatedCall, Handler } from './call.ts'
import { sessionPrincipal } from './credentials.ts'
import { parameters } from './operation.ts'
import { escapeXml } from './render-error.ts'
import type { Session, Sessions } from './sessions.ts'
import { evaluateTrustPolicy } from './trust-policy.ts'
import type { WireResponse } from './wire.ts'

/** Answers AssumeRole and GetCallerIdentity, which moto answers without looking at any policy. */
export function sts(sessions: Sessions, iam: CachedIamState, next: Handler): Handler {
  return async (call) => {
    if (call.service !== 'sts') return next(call)
    if (call.operation === 'AssumeRole') return assumeRole(call, sessions, iam)
    if (call.operation === 'GetCallerIdentity') return callerIdentity(call)
    return next(call)
  }
}

async function assumeRole(call: AuthenticatedCall, sessions: Sessions, iam: CachedIamState): Promise<WireResponse> {
  const request = parseAssumeRole(call)
  if (call.principal.kind === 'operator')
    throw new AwsError('AccessDenied', 403, 'Roles may not be assumed by root accounts.')
  const role = await iam.findRole(request.roleArn)
  // A role that is not there and one that does not trust the caller look the same, as at AWS.
  if (!role || !trusts(role, call, request)) throw denied(call, request.roleArn)
  checkDuration(call, request.durationSeconds, role)
  const session = sessions.issue({
    accountId: role.accountId,
    roleArn: role.arn,
    roleId: role.roleId,
    sessionName: request.sessionName,
    // Recorded in the session, not evaluated: identity policies are not evaluated either.
    ...(request.policy === undefined ? {} : { sessionPolicy: request.policy }),
    expiresAt: Math.floor(Date.now() / 1000 + request.durationSeconds) * 1000,
  })
  return assumed(call, session, request)
}

interface AssumeRoleRequest {
  roleArn: string
  sessionName: string
  externalId: string | undefined
  policy: string | undefined
  sourceIdentity: string | undefined
  durationSeconds: number
}

function parseAssumeRole({ request }: AuthenticatedCall): AssumeRoleRequest {
  const form = parameters(request)
  const text = (name: string) => form.get(name) ?? undefined
  const roleArn = text('RoleArn') ?? ''
  const sessionName = text('RoleSessionName') ?? ''
  const externalId = text('ExternalId')
  if (!/^arn:aws[\w-]*:iam::\d{12}:role\/.+/.test(roleArn)) throw invalid(`${roleArn} is invalid`)
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) throw constraint(sessionName, 'roleSessionName', '[\\w+=,.@-]*')
  if (externalId !== undefined && !/^[\w+=,.@:/-]{2,1224}$/.test(externalId))
    throw constraint(externalId, 'externalId', '[\\w+=,.@:\\/-]*')
  const durationSeconds = Number(text('DurationSeconds') ?? 3600)
  return {
    roleArn,
    sessionName,
    externalId,
    policy: text('Policy'),
    sourceIdentity: text('SourceIdentity'),
    durationSeconds,
  }
}

function trusts(role: Role, { principal }: AuthenticatedCall, request: AssumeRoleRequest): boolean {
  const context = {
    'aws:principalarn': principal.principalArn,
    'aws:principalaccount': principal.accountId,
    'aws:userid': principal.userId,
    'sts:externalid': request.externalId,
    'sts:rolesessionname': request.sessionName,
    'sts:sourceidentity': request.sourceIdentity,
  }
  return evaluateTrustPolicy(role.trustPolicy, principal, 'sts:AssumeRole', context) === 'allowed'
}

function checkDuration({ principal }: AuthenticatedCall, seconds: number, role: Role): void {
  if (!Number.isInteger(seconds) || seconds < 900) {
    throw invalid(
      `Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900`,
    )
  }
  if (principal.kind === 'assumed-role' && seconds > 3600) {
    throw invalid('The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining')
  }
  if (seconds > role.maxSessionDuration) {
    throw invalid('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.')
  }
}

function denied(call: AuthenticatedCall, roleArn: string): AwsError {
  return awsError(
    'denied',
    call.protocol,
    `User: ${call.principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
  )
}

function constraint(value: string, name: string, pattern: string): AwsError {
  return invalid(
    `1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern}`,
  )
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationError', 400, message)
}

function assumed(
  call: AuthenticatedCall,
  session: Session & { sessionToken: string },
  request: AssumeRoleRequest,
): WireResponse {
  const { arn, userId } = sessionPrincipal(session)
  return result(call, {
    Credentials: {
      AccessKeyId: session.accessKeyId,
      SecretAccessKey: session.secretAccessKey,
      SessionToken: session.sessionToken,
      Expiration: new Date(session.expiresAt).toISOString().replace('.000', ''),
    },
    AssumedRoleUser: { AssumedRoleId: userId, Arn: arn },
    ...(request.policy === undefined
      ? {}
      : { PackedPolicySize: String(Math.ceil((request.policy.length / 2048) * 100)) }),
    ...(request.sourceIdentity === undefined ? {} : { SourceIdentity: request.sourceIdentity }),
  })
}

function callerIdentity(call: AuthenticatedCall): WireResponse {
  const { arn, userId, accountId } = call.principal
  return result(call, { Arn: arn, UserId: userId, Account: accountId })
}

type XmlTree = { [name: string]: string | XmlTree }

function result({ operation, requestId }: AuthenticatedCall, tree: XmlTree): WireResponse {
  const body = `<${operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${operation}Result>${xml(tree)}</${operation}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`
  return {
    status: 200,
    headers: [
      ['content-type', 'text/xml'],
      ['x-amzn-requestid', requestId],
    ],
    body: Buffer.from(body),
  }
}

function xml(tree: XmlTree): string {
  return Object.entries(tree)
    .map(([name, value]) => `<${name}>${typeof value === 'string' ? escapeXml(value) : xml(value)}</${name}>`)
    .join('')
}
