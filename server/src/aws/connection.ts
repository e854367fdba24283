import { createHash } from 'node:crypto'

/** How a connection gets in. */
export type Access =
  | { kind: 'iam_role'; roleArn: string; externalId: string }
  | { kind: 'access_key'; credentialId: string; version: number }
  /** With the identity this installation has itself. */
  | { kind: 'instance_profile' }

/** What calling AWS as a connection takes. */
export interface Connection {
  id: string
  accountId: string
  defaultRegion: string
  access: Access
}

/**
 * Names the clients of a connection, by its id and its access. An SDK client keeps its provider for life: with the
 * access in the name, one that was made for an older access can never serve a newer one.
 */
export const clientsOf = ({ id, access }: Pick<Connection, 'id' | 'access'>): string =>
  `${id}|${createHash('sha256').update(JSON.stringify(access)).digest('hex').slice(0, 16)}`
