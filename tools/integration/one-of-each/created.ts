/** Makes an SDK client for the account and region under test: `clients(EC2Client)`. */
export type Clients = <Client>(constructor: new (config: { region: string }) => Client) => Client

export interface Place {
  partition: string
  accountId: string
  region: string
}

/** What one resource of a type must look like after discovery. */
export interface ExpectedResource {
  resourceType: string
  resourceId: string
  arn: string
  name: string
  state: string | null
  /** Where it lives; `global` for IAM. */
  region: string
  tags: Record<string, string>
  /** Path → value, as it was asked for when the resource was created. */
  properties: Record<string, unknown>
  /** All that the resource says of others; `in` where the other end is the one that acts. */
  relationships: ExpectedRelationship[]
}

/** Asks AWS for one resource by its id, past the catalog: what the inventory shows must agree with it. */
export type Ask = (clients: Clients, one: ExpectedResource) => Promise<object | undefined>

export interface ExpectedRelationship {
  kind: string
  direction: 'in' | 'out'
  targetType: string
  target: string
}

export const out = (kind: string, targetType: string, target: string): ExpectedRelationship => ({
  kind,
  direction: 'out',
  targetType,
  target,
})

export const into = (kind: string, targetType: string, target: string): ExpectedRelationship => ({
  ...out(kind, targetType, target),
  direction: 'in',
})

/** The field that a creating call must have answered. */
export function made(value: string | undefined, what: string): string {
  if (value === undefined) throw new Error(`AWS answered no ${what}`)
  return value
}

export const ownTags = (name: string) => ({ Name: name, team: 'orders' })

export const tagList = (tags: Record<string, string>) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))

/** A key that need not exist: AWS's answers repeat its ARN, and the inventory shows it as external. */
export const keyArn = ({ partition, region, accountId }: Place) =>
  `arn:${partition}:kms:${region}:${accountId}:key/1f9c0a52-7d1e-4c6b-9d0e-5b8f3a2c4d6e`
