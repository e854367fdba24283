import { z } from 'zod'

/** The owner of an access key as the back end knows it. */
export const KeyOwner = z.object({
  kind: z.enum(['user', 'assumed-role', 'root']),
  accountId: z.string(),
  arn: z.string(),
  userId: z.string(),
  roleArn: z.string().optional(),
  secretAccessKey: z.string(),
  sessionToken: z.string().optional(),
  status: z.enum(['Active', 'Inactive']),
  expiration: z.string().optional(),
})
export type KeyOwner = z.infer<typeof KeyOwner>

export const Role = z.object({
  arn: z.string(),
  roleId: z.string(),
  roleName: z.string(),
  accountId: z.string(),
  trustPolicy: z.unknown(),
  maxSessionDuration: z.number(),
})
export type Role = z.infer<typeof Role>

/** What authentication needs to know about IAM. */
export interface IamState {
  findKeyOwner(accessKeyId: string): Promise<KeyOwner | undefined>
  findRole(arn: string): Promise<Role | undefined>
}

export interface CachedIamState extends IamState {
  /** Call after every change to IAM. */
  forget(): void
}

/** Every change to IAM comes through the gateway, so what was read stays true until the next one. */
export function cachedIamState(state: IamState): CachedIamState {
  let owners = new Map<string, Promise<KeyOwner | undefined>>()
  let roles = new Map<string, Promise<Role | undefined>>()
  return {
    findKeyOwner: (id) => remember(owners, id, () => state.findKeyOwner(id)),
    findRole: (arn) => remember(roles, arn, () => state.findRole(arn)),
    forget() {
      // New maps rather than clear(): a read still under way must not land in the fresh ones.
      owners = new Map()
      roles = new Map()
    },
  }
}

/** Strangers' ids must not fill the memory. */
const maxRemembered = 10_000

async function remember<T>(known: Map<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> {
  if (known.size > maxRemembered) known.clear()
  const promise = known.get(key) ?? read()
  known.set(key, promise)
  promise.catch(() => known.delete(key))
  return promise
}
