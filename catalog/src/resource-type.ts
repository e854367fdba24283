import type { RelationshipKind } from '@dashboard/contract/vocabulary.ts'

/** A resource as AWS describes it, in JSON values, with AWS's own keys. */
export type Properties = Record<string, unknown>

/** How an operation hands out its pages. */
export interface PageDefinition {
  request: string
  response: string
  size?: { name: string; min: number; max: number }
}

export interface DetailDefinition {
  operation: string
  iamAction: string
  input: (item: Properties) => Properties
  pick?: string
  as?: string
  page?: PageDefinition
  absent?: readonly string[]
  when?: (item: Properties) => boolean
}

export interface RelationshipDefinition {
  to: string
  kind: RelationshipKind
  at: (item: Properties) => unknown
  by?: 'id' | 'arn' | 'name'
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
    items: string | ((answer: Properties) => readonly Properties[] | undefined)
    input?: Properties
    page?: PageDefinition
    absentWhenEmpty?: true
  }
  iamActions: readonly string[]
  id: string
  arn: string
  name?: string
  tags?: string
  state?: string
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

/** Every IAM action a complete discovery of the type needs. */
export const iamActionsOf = (type: ResourceTypeDefinition): string[] => [
  ...new Set([...type.iamActions, ...(type.details ?? []).map((detail) => detail.iamAction)]),
]

/** The IAM action behind one of the type's calls, which AWS does not always name after the operation. */
export const iamActionOf = (type: ResourceTypeDefinition, operation: string): string | undefined =>
  operation === type.list.operation
    ? type.iamActions[0]
    : type.details?.find((detail) => detail.operation === operation)?.iamAction
