import { hash } from 'node:crypto'
import type { IamState, KeyOwner, Role } from '../backend-state.ts'

/** A role that sessions can be had of. */
export interface ConfiguredRole {
  arn: string
  /** Left out: anyone may assume it. */
  trustPolicy?: unknown
  /** Seconds; AWS's usual hour when left out. */
  maxSessionDuration?: number
}

/** A user with an access key. */
export interface ConfiguredUser {
  arn: string
  accessKeyId: string
  secretAccessKey: string
}

const anyone = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
}

/** Users and roles as they are named in the options; there are no others, and they never change. */
export function configuredIam(roles: readonly ConfiguredRole[], users: readonly ConfiguredUser[]): IamState {
  const rolesByArn = new Map(roles.map((role) => [role.arn, roleOf(role)]))
  const ownersByKey = new Map(users.map((user) => [user.accessKeyId, ownerOf(user)]))
  return {
    findKeyOwner: async (accessKeyId) => ownersByKey.get(accessKeyId),
    findRole: async (arn) => rolesByArn.get(arn),
  }
}

function roleOf({ arn, trustPolicy = anyone, maxSessionDuration = 3600 }: ConfiguredRole): Role {
  const roleName = arn.slice(arn.lastIndexOf('/') + 1)
  return { arn, roleName, roleId: uniqueId('AROA', arn), accountId: accountOf(arn), trustPolicy, maxSessionDuration }
}

const ownerOf = ({ arn, accessKeyId, secretAccessKey }: ConfiguredUser): KeyOwner & { accessKeyId: string } => ({
  kind: 'user',
  accountId: accountOf(arn),
  arn,
  userId: uniqueId('AIDA', arn),
  accessKeyId,
  secretAccessKey,
  status: 'Active',
})

const accountOf = (arn: string): string => arn.split(':')[4] ?? ''

const uniqueId = (prefix: string, arn: string): string =>
  `${prefix}${hash('sha1', arn, 'hex').slice(0, 17).toUpperCase()}`
