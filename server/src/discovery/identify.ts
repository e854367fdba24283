import type { RelationshipKind, Tags } from '@dashboard/contract/vocabulary.ts'
import { stringAt, valueAt, valuesAt } from '@dashboard/catalog/path.ts'
import type {
  AddressedBy,
  Properties,
  RelationshipDefinition,
  ResourceTypeDefinition,
} from '@dashboard/catalog/resource-type.ts'
import { redacted } from './recorded.ts'

/** Where an item was listed. */
export interface Place {
  partition: string
  accountId: string
  region: string
}

export interface CollectedRelationship {
  kind: RelationshipKind
  /** Resource type of the other end. */
  to: string
  /** Its id, ARN, name or endpoint, as `by` says. */
  target: string
  by: AddressedBy
  /** The other end is the one that acts. */
  reverse: boolean
}

export interface Identity {
  resourceId: string
  arn: string
  name: string
  state: string | null
  tags: Tags
  createdAt: string | null
  /** DNS name or public address where it answers; see {@link endpointOf}. */
  endpoint: string | null
  relationships: CollectedRelationship[]
}

/** Who and what an item is, read from its fields as the catalog entry says. Throws where AWS left out id or ARN. */
export function identify(type: ResourceTypeDefinition, item: Properties, place: Place): Identity {
  const resourceId = required(type, item, type.id)
  const tags = type.tags === undefined ? {} : tagsOf(valueAt(item, type.tags))
  return {
    resourceId,
    arn: arnOf(type, item, place),
    name: ownNameOf(type, item) || tags['Name'] || resourceId,
    state: (type.state === undefined ? undefined : stringAt(item, type.state)) ?? null,
    tags,
    createdAt: type.createdAt === undefined ? null : instantOf(valueAt(item, type.createdAt)),
    endpoint: endpointOf(type.endpoint === undefined ? undefined : stringAt(item, type.endpoint)),
    relationships: uniqueRelationships((type.relationships ?? []).flatMap((to) => relationshipsOf(to, item))),
  }
}

function ownNameOf({ name }: ResourceTypeDefinition, item: Properties): string | undefined {
  if (name === undefined) return undefined
  if (typeof name === 'function') return name(item)
  return valuesAt(item, name).find((value) => typeof value === 'string')
}

/** The field that holds the ARN, or the template with `{partition}`, `{region}`, `{account}` and fields filled in. */
export function arnOf(type: ResourceTypeDefinition, item: Properties, place: Place): string {
  if (!type.arn.startsWith('arn:')) return required(type, item, type.arn)
  const places: Record<string, string> = { ...place, account: place.accountId }
  return type.arn.replace(/\{([^}]+)\}/g, (_, name: string) => places[name] ?? required(type, item, name))
}

/** AWS's four spellings of tags as one map: `[{ Key, Value }]`, `[{ key, value }]`, `[{ TagKey, TagValue }]`, `{ k: v }`. */
export function tagsOf(value: unknown): Tags {
  if (Array.isArray(value)) return Object.fromEntries(value.flatMap(tagOf))
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text ?? '')]))
}

function tagOf(tag: unknown): [string, string][] {
  if (typeof tag !== 'object' || tag === null) return []
  const { Key, key, TagKey, Value, value, TagValue } = tag as Record<string, unknown>
  const name = Key ?? key ?? TagKey
  const text = Value ?? value ?? TagValue
  return typeof name === 'string' ? [[name, typeof text === 'string' ? text : '']] : []
}

/** Numbers below this are seconds since 1970 (SQS), above it milliseconds (CloudWatch Logs): it is 1973 in one, 5138 in the other. */
const firstMilliseconds = 1e11

/** ISO 8601 of an ISO string, or of a number (or digits) of seconds or milliseconds since 1970; null for anything else. */
export function instantOf(value: unknown): string | null {
  const number = typeof value === 'number' ? value : /^\d+$/.test(String(value)) ? Number(value) : undefined
  const date =
    number === undefined ? new Date(String(value)) : new Date(number < firstMilliseconds ? number * 1000 : number)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}

/**
 * A DNS name or address in the form in which both ends of a relationship write it: lower case, without the root's dot, and
 * without `dualstack.`, which Route 53's console puts before a load balancer's name.
 */
export const endpointOf = (text: string | undefined): string | null =>
  text
    ?.toLowerCase()
    .replace(/\.$/, '')
    .replace(/^dualstack\./, '') || null

/** The same end named by two fields counts once. */
export const uniqueRelationships = (relationships: readonly CollectedRelationship[]): CollectedRelationship[] => [
  ...new Map(
    relationships.map((one) => [[one.kind, one.to, one.by, one.reverse, one.target].join('\n'), one]),
  ).values(),
]

/** Longest name of another resource, in bytes: AWS's own limit for ARNs, and less than an index of PostgreSQL takes. */
const longestTarget = 2_048

const isTarget = (target: unknown): target is string =>
  typeof target === 'string' && target !== '' && target !== redacted && Buffer.byteLength(target) <= longestTarget

function relationshipsOf(definition: RelationshipDefinition, item: Properties): CollectedRelationship[] {
  const { kind, to, reverse = false } = definition
  return [definition.at(item)]
    .flat()
    .filter(isTarget)
    .map((target) => ({ kind, to, ...addressOf(target, definition.by ?? 'id'), reverse }))
}

/** A KMS key may be given by ARN, by id or by alias (its name here) in the same field, so the value decides. */
function addressOf(target: string, by: AddressedBy): { target: string; by: AddressedBy } {
  if (target.startsWith('arn:')) return { target, by: 'arn' }
  if (by === 'endpoint') return { target: endpointOf(target) ?? target, by }
  if (by !== 'arn') return { target, by }
  return { target, by: target.startsWith('alias/') ? 'name' : 'id' }
}

function required(type: ResourceTypeDefinition, item: Properties, path: string): string {
  const [value] = valuesAt(item, path)
  if (typeof value === 'string' && value !== '') return value
  throw new TypeError(`${type.list.operation} answered a ${type.resourceType} without ${path}`)
}
