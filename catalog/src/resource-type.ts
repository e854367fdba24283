import type { RelationshipKind } from '@dashboard/contract/vocabulary.ts'

/** A resource as AWS describes it, in JSON values, with AWS's own keys. */
export type Properties = Record<string, unknown>

/** By what a resource names another: its id, its ARN, its name, or the DNS name or address where it answers. */
export type AddressedBy = 'id' | 'arn' | 'name' | 'endpoint'

/** How an operation hands out its pages. */
export interface PageDefinition {
  request: string
  response: string
  also?: Readonly<Record<string, string>>
  size?: { name: string; min: number; max: number }
}

export interface ParentDefinition {
  operation: string
  iamAction: string
  names: (answer: Properties) => readonly (string | undefined)[] | undefined
  input?: Properties
  page?: PageDefinition
  gone: readonly string[]
}

export interface DetailDefinition {
  operation: string
  iamAction: string
  input: (item: Properties) => Properties
  pick?: string | ((answer: Properties) => unknown)
  as?: string
  page?: PageDefinition
  absent?: readonly string[]
  when?: (item: Properties) => boolean
}

export interface RelationshipDefinition {
  to: string
  kind: RelationshipKind
  at: (item: Properties) => unknown
  by?: AddressedBy
  reverse?: true
}

/** A catalog entry as the engine reads it; `define.ts` says what each field means and types it from the SDK. */
export interface ResourceTypeDefinition {
  resourceType: string
  service: string
  client?: string
  scope: 'regional' | 'global'
  label: string
  list: {
    operation: string
    items: string | ((answer: Properties, parent: string) => readonly Properties[] | undefined)
    input?: Properties
    of?: (parent: string) => Properties
    page?: PageDefinition
    absentWhenEmpty?: true
  }
  parent?: ParentDefinition
  iamActions: readonly string[]
  id: string
  arn: string
  maxStaleness?: { minutes: number }
  name?: string | ((item: Properties) => string | undefined)
  tags?: string
  state?: string
  endpoint?: string
  createdAt?: string
  region?: (item: Properties) => string | undefined
  details?: readonly DetailDefinition[]
  relationships?: readonly RelationshipDefinition[]
  events?: Readonly<Record<string, string>>
  documents?: readonly string[]
  unordered?: readonly string[]
  volatile?: readonly string[]
  redact?: readonly string[]
}

/** Suffix of the SDK package that lists the type: `ec2` for `@aws-sdk/client-ec2`. */
export const clientOf = (type: ResourceTypeDefinition): string => type.client ?? type.service

/** Minutes that a complete answer about a type may age where its entry says nothing. */
const usualStaleness = 60

/** Minutes after which a complete answer about the type is asked for again. */
export const maxStalenessMinutes = (type: ResourceTypeDefinition): number =>
  type.maxStaleness?.minutes ?? usualStaleness

/** Every IAM action a complete discovery of the type needs. */
export const iamActionsOf = (type: ResourceTypeDefinition): string[] => [
  ...new Set([
    ...type.iamActions,
    ...(type.parent ? [type.parent.iamAction] : []),
    ...(type.details ?? []).map((detail) => detail.iamAction),
  ]),
]

/** The IAM action behind one of the type's calls, which AWS does not always name after the operation. */
export const iamActionOf = (type: ResourceTypeDefinition, operation: string): string | undefined =>
  operation === type.list.operation
    ? type.iamActions[0]
    : [type.parent, ...(type.details ?? [])].find((call) => call?.operation === operation)?.iamAction
